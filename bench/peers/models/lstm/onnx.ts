/** The LSTM of onnxruntime-web, which has a node for the whole sequence. */
import type { Cell } from "../../cells.ts";
import { gatesFirst, LSTM_ORDERS, reordered } from "../../cells.ts";
import { ort } from "../../libraries.ts";
import { OnnxGraph } from "../../onnx.ts";
import type { Runner } from "../model.ts";
import type { Lstm } from "./model.ts";
import { FEATURES, STEPS } from "./model.ts";

export async function lstm({ cell, dense }: Lstm): Promise<Runner<Float32Array>> {
  const graph = new OnnxGraph();
  const outputs = sequence(graph, graph.input("x", [STEPS, 1, FEATURES]), cell);
  const last = graph.node("Slice", [outputs, graph.indices([STEPS - 1]), graph.indices([STEPS]), graph.indices([0])]);
  const row = graph.node("Reshape", [last, graph.indices([1, FEATURES])]);
  const w = graph.constant([dense.n, dense.m], dense.kernel);
  graph.output("y", graph.node("Gemm", [row, w, graph.constant([dense.m], dense.bias)]), [1, dense.m]);
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const run = async (input: Float32Array): Promise<Float32Array> => {
    const { y } = await session.run({ x: new ort.Tensor("float32", input, [STEPS, 1, FEATURES]) });
    return y!.data as Float32Array;
  };
  return { run, dispose: () => session.release() };
}

/** The outputs [steps, 1, 1, width] of a sequence [steps, 1, width]. */
export function sequence(graph: OnnxGraph, x: string, { width, gates, input, hidden, bias }: Cell): string {
  const rows = gates * width;
  const [w, r] = [input, hidden].map((matrix) =>
    graph.constant([1, rows, width], gatesFirst(matrix, width, LSTM_ORDERS.onnx)),
  );
  // A bias for the products of the input, then one for those of the state.
  const biases = new Float32Array(2 * rows);
  biases.set(reordered(bias, width, LSTM_ORDERS.onnx));
  return graph.node("LSTM", [x, w!, r!, graph.constant([1, 2 * rows], biases)], { hidden_size: width });
}
