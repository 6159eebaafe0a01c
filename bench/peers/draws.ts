/** Random draws beside what JavaScript users pick today: JavaScript array out, one thread each, medians. */
import * as jax from "@jax-js/jax";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { libraryFor } from "../dist.ts";
import type { Contender, Output } from "../measure.ts";
import { formatRatio, formatTiming, race } from "../measure.ts";
import { DRAWS } from "../shapes.ts";
import { printTable } from "../table.ts";

const { random } = await libraryFor("auto");

await jax.init("wasm");
jax.defaultDevice("wasm");
await tf.setBackend("wasm");

/** A library's draw of `size` elements under key number `call`. */
type Draw = (call: number, size: number) => Output;

const NORMALS: Record<string, Draw> = {
  flaxen: (call, size) => random.normal(random.key(call), [size]).data as Float32Array,
  "jax-js": (call, size) => jax.random.normal(jax.random.key(call), [size]).dataSync() as Float32Array,
  "TensorFlow.js": (call, size) => {
    const drawn = tf.randomNormal([size], 0, 1, "float32", call);
    const values = drawn.dataSync<"float32">();
    drawn.dispose();
    return values;
  },
  "Math.random, Box-Muller": (_, size) => boxMuller(size),
};

const BITS: Record<string, Draw> = {
  flaxen: (call, size) => random.bits(random.key(call), [size]).data as Uint32Array,
  "jax-js": (call, size) => jax.random.bits(jax.random.key(call), [size]).dataSync() as Uint32Array,
};

const UNIFORMS: Record<string, Draw> = {
  flaxen: (call, size) => random.uniform(random.key(call), [size]).data as Float32Array,
  "jax-js": (call, size) => jax.random.uniform(jax.random.key(call), [size]).dataSync() as Float32Array,
  "TensorFlow.js": (call, size) => {
    const drawn = tf.randomUniform([size], 0, 1, "float32", call);
    const values = drawn.dataSync<"float32">();
    drawn.dispose();
    return values;
  },
  "Math.random": (_, size) => Float32Array.from({ length: size }, Math.random),
};

/** Two normals of two uniforms, by sine and cosine. */
function boxMuller(size: number): Float32Array {
  const out = new Float32Array(size);
  for (let i = 0; i < size; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    out[i] = radius * Math.cos(angle);
    if (i + 1 < size) out[i + 1] = radius * Math.sin(angle);
  }
  return out;
}

function contender(name: string, draw: Draw, size: number): Contender {
  let out: Output = new Float32Array(0);
  const run = (repeats: number): void => {
    for (let call = 0; call < repeats; call++) out = draw(call, size);
  };
  return { name, run, output: () => out };
}

function print(title: string, draws: Record<string, Draw>): void {
  const names = Object.keys(draws);
  const rows = DRAWS.map((size) => {
    const timings = race(names.map((name) => contender(name, draws[name]!, size)));
    return [`${size}`, ...timings.map((timing) => `${formatTiming(timing, size)} ${formatRatio(timing, timings[0]!)}`)];
  });
  printTable(`${title}: ns an element, median (min..max), times flaxen's`, ["elements", ...names], rows);
}

print("bits", BITS);
print("uniform", UNIFORMS);
print("normal", NORMALS);
