import { core, libraryFor } from "./dist.ts";
import type { Contender } from "./measure.ts";
import { compare, formatRatio, formatTiming } from "./measure.ts";
import { printTable } from "./table.ts";

const IN = 3;
const OUT = 4;
const X = [1, 2, 3] as const;
const { fround, sqrt } = Math;

const libraries = [
  { name: "default", library: await libraryFor("auto") },
  { name: "core", library: await libraryFor("core") },
  { name: "wasm", library: await libraryFor("wasm") },
];

print(`one call of model(x), ${IN}x${OUT}`, [...libraries.map(call), loopOverWeights()]);
print(`moduleBasicsForward(0, x, ${OUT}), x [${IN}]`, [...libraries.map(forward), bareKernels()]);

type Named = (typeof libraries)[number];

function call({ name, library }: Named): Contender {
  const model = new library.ModuleBasics(IN, OUT, new library.nnx.Rngs(0));
  const x = library.numpy.array(X);
  let y = model(x);
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) y = model(x);
  };
  return { name, run, output: () => y.data as Float32Array };
}

function forward({ name, library }: Named): Contender {
  const { moduleBasicsForward, numpy } = library;
  const x = numpy.array(X);
  let y = moduleBasicsForward(0, x, OUT);
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) y = moduleBasicsForward(0, x, OUT);
  };
  return { name, run, output: () => y.data as Float32Array };
}

/** The code of a program without a library: typed arrays and two loops, the result in a new array. */
function loopOverWeights(): Contender {
  const x = Float32Array.from(X);
  const w = drawWeights();
  let y = multiply(x, w);
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) y = multiply(x, w);
  };
  return { name: "hand-written", run, output: () => y };
}

/** Like it, from the seed on: the core's kernels, called one after another. */
function bareKernels(): Contender {
  const x = Float32Array.from(X);
  let y = multiply(x, drawWeights());
  const run = (repeats: number): void => {
    for (let i = 0; i < repeats; i++) y = multiply(x, drawWeights());
  };
  return { name: "hand-written", run, output: () => y };
}

function drawWeights(): Float32Array {
  const key = new Uint32Array(2);
  core.bits64(0, 0, 0, key);
  const weights = new Float32Array(IN * OUT);
  core.normalF32(key[0]!, key[1]!, 0, weights, true);
  const scale = fround(1 / fround(sqrt(IN)));
  for (let i = 0; i < weights.length; i++) weights[i] = weights[i]! * scale;
  return weights;
}

function multiply(x: Float32Array, w: Float32Array): Float32Array {
  const y = new Float32Array(OUT);
  for (let j = 0; j < OUT; j++) {
    let sum = 0;
    for (let k = 0; k < IN; k++) sum = fround(sum + fround(x[k]! * w[k * OUT + j]!));
    y[j] = sum;
  }
  return y;
}

function print(title: string, contenders: readonly Contender[]): void {
  const timings = compare(title, contenders);
  const rows = timings.map((timing) => [timing.name, formatTiming(timing), formatRatio(timing, timings.at(-1)!)]);
  printTable(`${title}: ns, median (min..max)`, ["backend", "ns a call", "times hand-written"], rows);
}
