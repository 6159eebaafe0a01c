/**
 * Matrix products beside what JavaScript users pick today: JavaScript array in, JavaScript array out, weights prepared
 * once. Words choose sizes, as 1024 or 64x64.
 */
import { commandLine, failUsage } from "../../scripts/commandline.ts";
import { printTable } from "../table.ts";
import { flaxen, jax, ort, tf } from "./libraries.ts";
import { compile } from "./litert.ts";
import { OnnxGraph } from "./onnx.ts";
import { multiplyRow, multiplyRowExactly, multiplySmall } from "./plain.ts";
import type { Entrant } from "./race.ts";
import { bestRatio, cells, race } from "./race.ts";
import { TfliteGraph } from "./tflite.ts";
import { transposed } from "./transposed.ts";

/** x [n] @ W [n, m]. */
const VECTORS = [
  [3, 4],
  [64, 64],
  [256, 256],
  [784, 512],
  [1024, 1024],
  [4096, 4096],
] as const;

/** X [rows, n] @ W [n, n]. */
const BATCHES = [
  [8, 256],
  [32, 256],
  [128, 256],
  [8, 1024],
  [128, 1024],
] as const;

const HAND_WRITTEN_BELOW = 64;

/** X [rows, n] @ W [n, m]; a single row is a vector. */
interface Product {
  readonly rows: number;
  readonly n: number;
  readonly m: number;
  readonly x: Float32Array;
  readonly w: Float32Array;
}

const ENTRANTS = [ours, tensorflow, onnx, litert, jaxJs, plain];

/** A size of a table. */
interface Size {
  readonly label: string;
  readonly rows: number;
  readonly n: number;
  readonly m: number;
}

const { positionals: words } = commandLine(import.meta.url, {}, Infinity);
const vectors = VECTORS.map(([n, m]) => ({ label: `${n}x${m}`, rows: 1, n, m })).filter(isAsked);
const batches = BATCHES.map(([rows, n]) => ({ label: `${rows}, ${n}`, rows, n, m: n })).filter(isAsked);
if (vectors.length + batches.length === 0) failUsage(import.meta.url, `no product has the size ${words.join(" ")}`);
await print("x [n] @ W [n, m]", vectors);
await print("X [b, n] @ W [n, n]", batches);

function isAsked({ label }: Size): boolean {
  return words.length === 0 || words.some((size) => label.split(/\D+/).includes(size) || label === size);
}

async function print(title: string, asked: readonly Size[]): Promise<void> {
  const rows: string[][] = [];
  let names: string[] = [];
  for (const { label, ...size } of asked) {
    const product = draw(size);
    const { expected, tolerance } = reference(product);
    const entrants: Entrant[] = [];
    for (const make of ENTRANTS) entrants.push(await make(product));
    const timings = await race(label, entrants, expected, tolerance);
    names = timings.map(({ name }) => name);
    rows.push([label, ...cells(names, timings), bestRatio(timings)]);
  }
  if (rows.length > 0)
    printTable(
      `${title}: us a call, median (min..max), times flaxen's`,
      ["size", ...names, "best library / flaxen (by least)"],
      rows,
    );
}

function draw({ rows, n, m }: { rows: number; n: number; m: number }): Product {
  const { random } = flaxen;
  const x = random.normal(random.key(1), [rows, n]).data as Float32Array;
  const w = random.normal(random.key(2), [n, m]).data as Float32Array;
  return { rows, n, m, x, w };
}

/** The product in float64, and how far n float32 products and sums, in any order, may lie from it. */
function reference({ rows, n, m, x, w }: Product): { expected: Float64Array; tolerance: number } {
  const expected = new Float64Array(rows * m);
  const magnitudes = new Float64Array(rows * m);
  const [absX, absW] = [x.map(Math.abs), w.map(Math.abs)];
  for (let row = 0; row < rows; row++) {
    multiplyRowExactly(x, row * n, n, w, expected, row * m, m);
    multiplyRowExactly(absX, row * n, n, absW, magnitudes, row * m, m);
  }
  return { expected, tolerance: Math.sqrt(n) * 2 ** -22 * magnitudes.reduce((most, size) => Math.max(most, size)) };
}

function ours({ rows, n, m, x, w }: Product): Entrant {
  const { numpy } = flaxen;
  const matrix = numpy.array(w).reshape([n, m]);
  const vector = (): Float32Array => numpy.matmul(x, matrix).data as Float32Array;
  const batch = (): Float32Array => numpy.array(x).reshape([rows, n]).matmul(matrix).data as Float32Array;
  return { name: "flaxen", call: rows === 1 ? vector : batch };
}

function tensorflow({ rows, n, m, x, w }: Product): Entrant {
  const matrix = tf.tensor2d(w, [n, m]);
  const call = (): Float32Array => {
    const input = tf.tensor2d(x, [rows, n]);
    const product = tf.matMul(input, matrix);
    const y = product.dataSync<"float32">();
    input.dispose();
    product.dispose();
    return y;
  };
  return { name: "TensorFlow.js", call, dispose: () => matrix.dispose() };
}

async function onnx({ rows, n, m, x, w }: Product): Promise<Entrant> {
  const graph = new OnnxGraph();
  const input = graph.input("x", [rows, n]);
  graph.output("y", graph.node("MatMul", [input, graph.constant([n, m], w)]), [rows, m]);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const call = async (): Promise<Float32Array> => {
    const { y } = await session.run({ x: new ort.Tensor("float32", x, [rows, n]) });
    return y!.data as Float32Array;
  };
  return { name: "onnxruntime-web", call, dispose: () => session.release() };
}

async function litert({ rows, n, m, x, w }: Product): Promise<Entrant> {
  const graph = new TfliteGraph();
  const weights = graph.constant([m, n], transposed(w, [n, m], [1, 0]));
  const bias = graph.constant([m], new Float32Array(m));
  const session = await compile(
    graph,
    graph.node("FullyConnected", [graph.input([rows, n]), weights, bias], [rows, m]),
  );
  return { name: "LiteRT.js", call: () => session.run(x), dispose: session.dispose };
}

function jaxJs({ rows, n, m, x, w }: Product): Entrant {
  const matrix = jax.numpy.array(w).reshape([n, m]);
  const shape = rows === 1 ? [n] : [rows, n];
  const product = jax.jit((input: jax.Array) => jax.numpy.matmul(input.reshape(shape), matrix.ref));
  const call = (): Float32Array => product(jax.numpy.array(x)).dataSync() as Float32Array;
  return { name: "jax-js", call, dispose: () => matrix.dispose() };
}

function plain({ rows, n, m, x, w }: Product): Entrant {
  const call = (): Float32Array => {
    const y = new Float32Array(rows * m);
    for (let row = 0; row < rows; row++) multiplyRow(x, row * n, n, w, y, row * m, m);
    return y;
  };
  return { name: "plain JS", call: n * m < HAND_WRITTEN_BELOW ? () => multiplySmall(x, w, m) : call };
}
