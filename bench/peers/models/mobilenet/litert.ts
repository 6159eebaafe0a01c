/** MobileNetV2 of LiteRT.js. It has no batch normalisation: converters fold it, and so does this. */
import { compile } from "../../litert.ts";
import type { Value } from "../../tflite.ts";
import { RELU6, TfliteGraph } from "../../tflite.ts";
import { transposed } from "../../transposed.ts";
import type { Runner } from "../model.ts";
import type { MobileNet, Unit } from "./model.ts";
import { fold, IMAGE } from "./model.ts";

export async function mobilenet({ blocks, dense: { n, m, kernel, bias } }: MobileNet): Promise<Runner<Float32Array>> {
  const graph = new TfliteGraph();
  let x = graph.input([1, IMAGE, IMAGE, 3]);
  for (const { units, residual } of blocks) {
    const y = units.reduce((value, one) => unit(graph, value, one), x);
    x = residual ? graph.node("Add", [x, y], graph.shapeOf(x)) : y;
  }
  const means = graph.node("Mean", [x, graph.indices([1, 2])], [1, n]);
  const w = graph.constant([m, n], transposed(kernel, [n, m], [1, 0]));
  return compile(graph, graph.node("FullyConnected", [means, w, graph.constant([m], bias)], [1, m]));
}

function unit(graph: TfliteGraph, x: Value, one: Unit): Value {
  const { from, to, size, stride, depthwise, relu6 } = one;
  const { kernel, bias: biases } = fold(one);
  const bias = graph.constant([to], biases);
  const side = Math.ceil(graph.shapeOf(x)[1]! / stride);
  const shape = [1, side, side, to];
  const options = { strideW: stride, strideH: stride, activation: relu6 ? RELU6 : 0 };
  if (depthwise) {
    const filter = graph.constant([1, size, size, to], kernel);
    return graph.node("DepthwiseConv", [x, filter, bias], shape, { ...options, multiplier: 1 });
  }
  const filter = graph.constant([to, size, size, from], transposed(kernel, [size * size, from, to], [2, 0, 1]));
  return graph.node("Conv", [x, filter, bias], shape, options);
}
