/** LiteRT.js runs a whole graph a call, with bias and relu in the operators before them. */
import { compile } from "../litert.ts";
import type { Value } from "../tflite.ts";
import { RELU, TfliteGraph, VALID } from "../tflite.ts";
import { transposed } from "../transposed.ts";
import { mobilenet } from "./mobilenet/litert.ts";
import type { Block, Cnn, Conv, Dense, Gpt, Mlp, ModelLibrary, Norm, Runner } from "./model.ts";
import { CACHED, CONTEXT, EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "./model.ts";
import { fuse, headsFirst } from "./weights.ts";

const ROW = [1, WIDTH];
const ONE = [1, 1];

async function mlp({ batch, layers }: Mlp): Promise<Runner<Float32Array>> {
  const graph = new TfliteGraph();
  const last = layers.at(-1)!;
  const input = graph.input([batch, layers[0]!.n]);
  return compile(
    graph,
    layers.reduce((x, layer) => dense(graph, x, layer, layer === last ? 0 : RELU), input),
  );
}

async function cnn({ convs, dense: last }: Cnn): Promise<Runner<Float32Array>> {
  const graph = new TfliteGraph();
  const features = convs.reduce((x, layer) => halved(graph, conv(graph, x, layer)), graph.input([1, SIDE, SIDE, 1]));
  const row = graph.node("Reshape", [features, graph.indices([1, last.n])], [1, last.n]);
  return compile(graph, dense(graph, row, last));
}

async function gpt({ tokens, positions, blocks, norm, head }: Gpt): Promise<Runner<number>> {
  const graph = new TfliteGraph();
  const token = graph.input([1], "int32");
  const embedded = graph.node("Gather", [graph.constant([VOCABULARY, WIDTH], tokens), token], ROW);
  const position = graph.constant(ROW, positions.subarray(CACHED * WIDTH));
  const start = graph.node("Add", [embedded, position], ROW);
  const end = blocks.reduce((x, weights) => block(graph, x, weights), start);
  const session = await compile(graph, dense(graph, normalise(graph, end, norm), head));
  return { run: (input) => session.run(Int32Array.of(input)), dispose: session.dispose };
}

export const library: ModelLibrary = { name: "LiteRT.js", mlp, cnn, gpt, mobilenet };

function dense(graph: TfliteGraph, x: Value, { n, m, kernel, bias }: Dense, activation = 0): Value {
  const weights = graph.constant([m, n], transposed(kernel, [n, m], [1, 0]));
  const [rows] = graph.shapeOf(x);
  return graph.node("FullyConnected", [x, weights, graph.constant([m], bias)], [rows!, m], { activation });
}

function conv(graph: TfliteGraph, x: Value, { from, to, kernel, bias }: Conv): Value {
  const filter = graph.constant([to, 3, 3, from], transposed(kernel, [9, from, to], [2, 0, 1]));
  const [batch, height, width] = graph.shapeOf(x);
  const options = { strideW: 1, strideH: 1, activation: RELU };
  return graph.node("Conv", [x, filter, graph.constant([to], bias)], [batch!, height!, width!, to], options);
}

function halved(graph: TfliteGraph, x: Value): Value {
  const [batch, height, width, features] = graph.shapeOf(x);
  const options = { padding: VALID, strideW: 2, strideH: 2, width: 2, height: 2 };
  return graph.node("MaxPool", [x], [batch!, height! / 2, width! / 2, features!], options);
}

function normalise(graph: TfliteGraph, x: Value, { scale, bias }: Norm): Value {
  const mean = (value: Value): Value => graph.node("Mean", [value, graph.indices([1])], ONE, { keepDims: 1 });
  const centred = graph.node("Sub", [x, mean(x)], ROW);
  const variance = graph.node("Add", [mean(graph.node("Square", [centred], ROW)), graph.scalar(EPSILON)], ONE);
  const normed = graph.node("Mul", [centred, graph.node("Rsqrt", [variance], ONE)], ROW);
  return graph.node(
    "Add",
    [graph.node("Mul", [normed, graph.constant([WIDTH], scale)], ROW), graph.constant([WIDTH], bias)],
    ROW,
  );
}

function block(graph: TfliteGraph, x: Value, weights: Block): Value {
  const reshape = (value: Value, shape: readonly number[]): Value =>
    graph.node("Reshape", [value, graph.indices(shape)], shape);
  const fused = dense(graph, normalise(graph, x, weights.attentionNorm), fuse(weights));
  const [query, key, value] = [0, 1, 2].map((i) => {
    const part = graph.node("Slice", [fused, graph.indices([0, i * WIDTH]), graph.indices(ROW)], ROW);
    return reshape(part, [HEADS, 1, HEAD]);
  }) as [Value, Value, Value];
  const appended = (cached: Float32Array, last: Value): Value => {
    const before = graph.constant([HEADS, CACHED, HEAD], headsFirst(cached));
    return graph.node("Concatenation", [before, last], [HEADS, CONTEXT, HEAD], { axis: 1 });
  };
  const scaled = graph.node("Mul", [query, graph.scalar(1 / Math.sqrt(HEAD))], [HEADS, 1, HEAD]);
  const [keys, values] = [appended(weights.keys, key), appended(weights.values, value)];
  const scores = graph.node("BatchMatMul", [scaled, keys], [HEADS, 1, CONTEXT], { transposeY: 1 });
  const shares = graph.node("Softmax", [scores], [HEADS, 1, CONTEXT], { beta: 1 });
  const attended = reshape(graph.node("BatchMatMul", [shares, values], [HEADS, 1, HEAD]), ROW);
  const sum = graph.node("Add", [x, dense(graph, attended, weights.out)], ROW);
  const up = dense(graph, normalise(graph, sum, weights.mlpNorm), weights.up);
  const hidden = graph.node("Gelu", [up], graph.shapeOf(up), { approximate: 1 });
  return graph.node("Add", [sum, dense(graph, hidden, weights.down)], ROW);
}
