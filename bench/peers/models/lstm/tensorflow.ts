/** The LSTM of TensorFlow.js: its cell, a step at a time, as its layers run it. */
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { Cell } from "../../cells.ts";
import { LSTM_ORDERS, reordered } from "../../cells.ts";
import { tf } from "../../libraries.ts";
import { valuesOf } from "../../tensorflow.ts";
import type { Runner } from "../model.ts";
import type { Lstm } from "./model.ts";
import { FEATURES, STEPS } from "./model.ts";

export function lstm({ cell, dense }: Lstm): Runner<Float32Array> {
  const steps = sequence(cell);
  const [w, bias] = [tf.tensor2d(dense.kernel, [dense.n, dense.m]), tf.tensor1d(dense.bias)];
  const forward = (input: Float32Array): Tensor =>
    tf.fused.matMul({ a: steps(tf.tensor2d(input, [STEPS, FEATURES])).at(-1)!, b: w, bias });
  return { run: (input) => valuesOf(() => forward(input)) };
}

/** The outputs [1, width] of each step of a sequence [steps, width]. */
export function sequence({ width, gates, input, hidden, bias: biases }: Cell): (x: Tensor2D) => Tensor2D[] {
  const matrices = [input, hidden].map((matrix) =>
    tf.tensor2d(reordered(matrix, width, LSTM_ORDERS.tensorflow), [width, gates * width]),
  );
  const kernel = tf.concat(matrices) as Tensor2D;
  const bias = tf.tensor1d(reordered(biases, width, LSTM_ORDERS.tensorflow));
  const forgetBias = tf.scalar(0);
  return (x) => {
    let [c, h]: [Tensor2D, Tensor2D] = [tf.zeros([1, width]), tf.zeros([1, width])];
    return (tf.split(x, x.shape[0]) as Tensor2D[]).map((step) => {
      [c, h] = tf.basicLSTMCell(forgetBias, kernel, bias, step, c, h);
      return h;
    });
  };
}
