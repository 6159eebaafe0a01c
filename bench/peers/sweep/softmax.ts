/** Softmax over the last axis and over others. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { Chapter, Row, Shape } from "./contest.ts";
import { normals } from "./contest.ts";

const { nnx } = flaxen as typeof Flaxen;

export const ROWS: readonly Row[] = [
  softmax([64, 64], 1),
  softmax([64, 1024], 1),
  softmax([8, 128, 128], 2),
  softmax([8, 64, 128], 1),
  softmax([1024, 64], 0),
  logSoftmax([64, 1024]),
];

const EXP = "JAX's exp, a polynomial of degree 7 and its bounds, takes two thirds of the time";

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "softmax [64, 1024], axis 1": EXP,
  "softmax [8, 128, 128], axis 2": EXP,
};

/** TensorFlow.js and LiteRT.js know the last axis only. */
function softmax(shape: Shape, axis: number): Row {
  const isLast = axis === shape.length - 1;
  return {
    name: `softmax [${shape.join(", ")}], axis ${axis}`,
    contest: () => ({
      inputs: [normals(...shape)],
      flaxen: (x) => nnx.softmax(x, axis),
      onnx: (graph, x) => graph.node("Softmax", [x], { axis }),
      ...(isLast && {
        tensorflow: (x: Tensor) => tf.softmax(x),
        litert: (graph, x) => graph.node("Softmax", [x], shape, { beta: 1 }),
      }),
    }),
  };
}

function logSoftmax(shape: Shape): Row {
  return {
    name: `logSoftmax [${shape.join(", ")}], last axis`,
    contest: () => ({
      inputs: [normals(...shape)],
      flaxen: (x) => nnx.logSoftmax(x),
      tensorflow: (x) => tf.logSoftmax(x),
      onnx: (graph, x) => graph.node("LogSoftmax", [x], { axis: -1 }),
      litert: (graph, x) => graph.node("LogSoftmax", [x], shape),
    }),
  };
}
