/**
 * Functions and layers without a product beside the other libraries: JavaScript array in, JavaScript array out. Words
 * choose functions by their names.
 */
import type { Array as JaxArray } from "@jax-js/jax";
import { commandLine, failUsage, hasWord } from "../../scripts/commandline.ts";
import type * as Flaxen from "../../src/index.ts";
import { printTable } from "../table.ts";
import { FUNCTIONS, ROWS, WIDTHS } from "./functions/functions.ts";
import type { Inputs, PeerFunction } from "./functions/functions.ts";
import { flaxen, jax, ort, tf } from "./libraries.ts";
import { compile } from "./litert.ts";
import { OnnxGraph } from "./onnx.ts";
import type { Entrant } from "./race.ts";
import { bestRatio, cells, race } from "./race.ts";
import { valuesOf } from "./tensorflow.ts";
import { TfliteGraph } from "./tflite.ts";

const { numpy, random } = flaxen as typeof Flaxen;

const { positionals: words } = commandLine(import.meta.url, {}, Infinity);
const asked = FUNCTIONS.filter(({ name }) => hasWord(name, words));
if (asked.length === 0)
  failUsage(
    import.meta.url,
    `expected words of ${FUNCTIONS.map(({ name }) => name).join("; ")}, got ${words.join(" ")}`,
  );
for (const width of WIDTHS) {
  const inputs = draw(width);
  const rows: string[][] = [];
  let names: string[] = [];
  for (const fn of asked) {
    const expected = fn.exact(Float64Array.from(inputs.x), inputs);
    const entrants = [
      ours(fn, inputs),
      tensorflow(fn, inputs),
      await onnx(fn, inputs, expected.length),
      await litert(fn, inputs),
      jaxJs(fn, inputs),
    ].filter((entrant) => entrant !== undefined);
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const timings = await race(`${fn.name}, ${width}`, entrants, expected, 1e-5 * largest);
    names = ["flaxen", "TensorFlow.js", "onnxruntime-web", "LiteRT.js", "jax-js"];
    rows.push([fn.name, ...cells(names, timings), bestRatio(timings)]);
  }
  printTable(
    `functions of [${ROWS}, ${width}]: us a call, median (min..max), times flaxen's`,
    ["function", ...names, "best library / flaxen (by least)"],
    rows,
  );
}

function draw(width: number): Inputs {
  const vector = (key: number): Float32Array => normals(key, width).map((value) => 1 + 0.1 * value);
  const [x, y, column] = [normals(1, ROWS * width), normals(2, ROWS * width), normals(3, ROWS)];
  return { width, x, y, column, scale: vector(4), bias: vector(5), mean: vector(6), variance: vector(7).map(Math.abs) };
}

function normals(key: number, size: number): Float32Array {
  return random.normal(random.key(key), [size]).data as Float32Array;
}

function ours(fn: PeerFunction, inputs: Inputs): Entrant {
  const run = fn.flaxen(inputs);
  return {
    name: "flaxen",
    call: () => run(numpy.asarray(inputs.x, { copy: false }).reshape([ROWS, inputs.width])).data as Float32Array,
  };
}

function tensorflow(fn: PeerFunction, inputs: Inputs): Entrant | undefined {
  const run = fn.tensorflow?.(inputs);
  return run && { name: "TensorFlow.js", call: () => valuesOf(() => run(tf.tensor2d(inputs.x, [ROWS, inputs.width]))) };
}

async function onnx(fn: PeerFunction, inputs: Inputs, outputs: number): Promise<Entrant | undefined> {
  if (fn.onnx === undefined) return undefined;
  const shape = [ROWS, inputs.width];
  const graph = new OnnxGraph();
  const y = fn.onnx(graph, graph.input("x", shape), inputs);
  graph.output("y", graph.node("Reshape", [y, graph.indices([-1])]), [outputs]);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const call = async (): Promise<Float32Array> =>
    (await session.run({ x: new ort.Tensor("float32", inputs.x, shape) })).y!.data as Float32Array;
  return { name: "onnxruntime-web", call, dispose: () => session.release() };
}

async function litert(fn: PeerFunction, inputs: Inputs): Promise<Entrant | undefined> {
  if (fn.litert === undefined) return undefined;
  const graph = new TfliteGraph();
  const session = await compile(graph, fn.litert(graph, graph.input([ROWS, inputs.width]), inputs));
  return { name: "LiteRT.js", call: () => session.run(inputs.x), dispose: session.dispose };
}

function jaxJs(fn: PeerFunction, inputs: Inputs): Entrant | undefined {
  if (fn.jax === undefined) return undefined;
  const run = jax.jit(fn.jax(inputs)) as (x: JaxArray) => JaxArray;
  return {
    name: "jax-js",
    call: () => run(jax.numpy.array(inputs.x).reshape([ROWS, inputs.width])).dataSync() as Float32Array,
  };
}
