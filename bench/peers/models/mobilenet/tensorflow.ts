/**
 * MobileNetV2 of TensorFlow.js: folded with its fused operations, as its converter writes a model; else operation by
 * operation, as its layers run.
 */
import type { Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../../libraries.ts";
import { valuesOf } from "../../tensorflow.ts";
import type { Runner } from "../model.ts";
import type { Block, MobileNet, Unit } from "./model.ts";
import { EPSILON, fold, IMAGE } from "./model.ts";

type Layer = (x: Tensor4D) => Tensor4D;

export function mobilenet({ blocks, dense, folded }: MobileNet): Runner<Float32Array> {
  const layers = blocks.map((one) => block(one, folded));
  const [w, bias] = [tf.tensor2d(dense.kernel, [dense.n, dense.m]), tf.tensor1d(dense.bias)];
  const forward = (input: Float32Array): Tensor => {
    const image = tf.tensor4d(input, [1, IMAGE, IMAGE, 3]);
    const features = layers.reduce((x, layer) => layer(x), image);
    return tf.fused.matMul({ a: tf.mean(features, [1, 2]) as Tensor2D, b: w, bias });
  };
  return { run: (input) => valuesOf(() => forward(input)) };
}

function block({ units, residual }: Block, folded: boolean): Layer {
  const layers = units.map((unit) => (folded ? fused(unit) : separate(unit)));
  return (x) => {
    const y = layers.reduce((value, layer) => layer(value), x);
    return residual ? tf.add(x, y) : y;
  };
}

function fused(unit: Unit): Layer {
  const { kernel, bias: biases } = fold(unit);
  const [filter, bias] = [tf.tensor4d(kernel, shapeOf(unit)), tf.tensor1d(biases)];
  const convolve = unit.depthwise ? tf.fused.depthwiseConv2d : tf.fused.conv2d;
  const activation = unit.relu6 ? "relu6" : "linear";
  return (x) => convolve({ x, filter, strides: unit.stride, pad: "same", bias, activation });
}

function separate(unit: Unit): Layer {
  const filter = tf.tensor4d(unit.kernel, shapeOf(unit));
  const convolve = unit.depthwise ? tf.depthwiseConv2d : tf.conv2d;
  const { scale, bias, mean, variance } = unit.norm;
  const [s, b, m, v] = [tf.tensor1d(scale), tf.tensor1d(bias), tf.tensor1d(mean), tf.tensor1d(variance)];
  return (x) => {
    const y = tf.batchNorm(convolve(x, filter, unit.stride, "same"), m, v, b, s, EPSILON);
    return unit.relu6 ? tf.relu6(y) : y;
  };
}

function shapeOf({ size, from, to, depthwise }: Unit): [number, number, number, number] {
  return depthwise ? [size, size, to, 1] : [size, size, from, to];
}
