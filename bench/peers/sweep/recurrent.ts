/**
 * Recurrent layers of 256 features: a step, and a sequence of 100. LiteRT.js is left out: its LSTM goes on from the
 * state of the call before.
 */
import type * as Flaxen from "../../../src/index.ts";
import { gatesFirst, GRU_ORDERS } from "../cells.ts";
import { flaxen, tf } from "../libraries.ts";
import { loadedCell } from "../models/lstm/flaxen.ts";
import { sequence as onnxSequence } from "../models/lstm/onnx.ts";
import { sequence as tensorflowSequence } from "../models/lstm/tensorflow.ts";
import type { Chapter, Contest, Row } from "./contest.ts";
import { normals, weights } from "./contest.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
const WIDTH = 256;

export const ROWS: readonly Row[] = [1, 100].flatMap((steps) => [
  { name: `LSTM, ${count(steps)} of 256`, tolerance: 1e-4, contest: () => lstm(steps) },
  { name: `GRU, ${count(steps)} of 256`, tolerance: 1e-4, contest: () => gru(steps) },
]);

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "GRU, 100 steps of 256":
    "the others fuse multiply-adds; here each product is rounded, for the same bits on every engine",
  "LSTM, 100 steps of 256":
    "the others fuse multiply-adds; here each product is rounded, for the same bits on every engine",
};

function count(steps: number): string {
  return steps === 1 ? "1 step" : `${steps} steps`;
}

function lstm(steps: number): Contest {
  const cell = {
    width: WIDTH,
    gates: 4,
    input: weights([WIDTH, 4 * WIDTH], 0.05),
    hidden: weights([WIDTH, 4 * WIDTH], 0.05),
    bias: weights([4 * WIDTH], 0.05),
  };
  const layer = new nnx.RNN(loadedCell(cell));
  const tensorflow = tensorflowSequence(cell);
  return {
    inputs: [normals(1, steps, WIDTH)],
    flaxen: (x) => layer(x) as Flaxen.NDArray,
    tensorflow: (x) => {
      const outputs = tensorflow(tf.reshape(x, [steps, WIDTH]));
      return steps === 1 ? outputs[0]! : tf.concat(outputs);
    },
    onnx: (graph, x) => onnxSequence(graph, graph.node("Reshape", [x, graph.indices([steps, 1, WIDTH])]), cell),
  };
}

function gru(steps: number): Contest {
  const [input, hidden] = [weights([WIDTH, 3 * WIDTH], 0.05), weights([WIDTH, 3 * WIDTH], 0.05)];
  const cell = new nnx.GRUCell(WIDTH, WIDTH, { rngs: new nnx.Rngs(0) });
  cell.dense_i.kernel.set(numpy.array(input).reshape([WIDTH, 3 * WIDTH]));
  cell.dense_h.kernel.set(numpy.array(hidden).reshape([WIDTH, 3 * WIDTH]));
  const layer = new nnx.RNN(cell);
  return {
    inputs: [normals(1, steps, WIDTH)],
    flaxen: (x) => layer(x) as Flaxen.NDArray,
    onnx: (graph, x) => {
      const [w, r] = [input, hidden].map((matrix) =>
        graph.constant([1, 3 * WIDTH, WIDTH], gatesFirst(matrix, WIDTH, GRU_ORDERS.onnx)),
      );
      const sequence = graph.node("Reshape", [x, graph.indices([steps, 1, WIDTH])]);
      return graph.node("GRU", [sequence, w!, r!], { hidden_size: WIDTH, linear_before_reset: 1 });
    },
  };
}
