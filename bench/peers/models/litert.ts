/** LiteRT.js runs a whole graph a call, with bias and relu in the operators before them. */
import { compile } from "../litert.ts";
import type { Value } from "../tflite.ts";
import { RELU, TfliteGraph, VALID } from "../tflite.ts";
import { transposed } from "../transposed.ts";
import type { Cnn, Conv, Dense, Mlp, ModelLibrary, Runner } from "./model.ts";
import { SIDE } from "./model.ts";

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

export const library: ModelLibrary = { name: "LiteRT.js", mlp, cnn };

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
