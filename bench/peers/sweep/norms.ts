/** Normalisation layers: of an image, and of one row. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { Contest, Row } from "./contest.ts";
import { normals } from "./contest.ts";

const { nnx } = flaxen as typeof Flaxen;
const EPSILON = 1e-5;

export const ROWS: readonly Row[] = [
  { name: "batch norm, running averages [1, 56, 56, 144]", contest: batchNorm },
  { name: "batch norm of a batch [32, 14, 14, 64]", tolerance: 1e-4, contest: trainingNorm },
  { name: "group norm, 8 groups [1, 56, 56, 64]", tolerance: 1e-4, contest: groupNorm },
  { name: "layer norm [1, 256]", tolerance: 1e-4, contest: () => layerNorm(1, 256) },
  { name: "layer norm [128, 256]", tolerance: 1e-4, contest: () => layerNorm(128, 256) },
];

function batchNorm(): Contest {
  const features = 144;
  const layer = new nnx.BatchNorm(features, { epsilon: EPSILON, useRunningAverage: true, rngs: new nnx.Rngs(0) });
  const [zeros, ones] = [filled(features, 0), filled(features, 1)];
  const [zero, one] = [tf.tensor1d(zeros), tf.tensor1d(ones)];
  return {
    inputs: [normals(1, 56, 56, features)],
    images: true,
    flaxen: (x) => layer(x),
    tensorflow: (x: Tensor4D) => tf.batchNorm(x, zero, one, zero, one, EPSILON),
    onnx: (graph, x) =>
      graph.node("BatchNormalization", [x, ...[ones, zeros, zeros, ones].map((v) => graph.constant([features], v))], {
        epsilon: { float: EPSILON },
      }),
  };
}

function trainingNorm(): Contest {
  const layer = new nnx.BatchNorm(64, { epsilon: EPSILON, useRunningAverage: false, rngs: new nnx.Rngs(0) });
  return {
    inputs: [normals(32, 14, 14, 64)],
    flaxen: (x) => layer(x),
    tensorflow: (x) => standardized(x, [0, 1, 2]),
  };
}

function groupNorm(): Contest {
  const layer = new nnx.GroupNorm(64, { numGroups: 8, epsilon: EPSILON, rngs: new nnx.Rngs(0) });
  return {
    inputs: [normals(1, 56, 56, 64)],
    images: true,
    flaxen: (x) => layer(x),
    tensorflow: (x) => standardized(tf.reshape(x, [56 * 56, 8, 8]), [0, 2]),
    onnx: (graph, x) => {
      const groups = graph.node("Reshape", [x, graph.indices([1, 8, -1])]);
      const [scale, bias] = [graph.constant([8], filled(8, 1)), graph.constant([8], filled(8, 0))];
      const y = graph.node("InstanceNormalization", [groups, scale, bias], { epsilon: { float: EPSILON } });
      return graph.node("Reshape", [y, graph.indices([1, 64, 56, 56])]);
    },
  };
}

function layerNorm(rows: number, width: number): Contest {
  const layer = new nnx.LayerNorm(width, { epsilon: EPSILON, rngs: new nnx.Rngs(0) });
  return {
    inputs: [normals(rows, width)],
    flaxen: (x) => layer(x),
    tensorflow: (x) => standardized(x, [1]),
    onnx: (graph, x) =>
      graph.node(
        "LayerNormalization",
        [x, graph.constant([width], filled(width, 1)), graph.constant([width], filled(width, 0))],
        { axis: -1, epsilon: { float: EPSILON } },
      ),
  };
}

function standardized(x: Tensor, axes: number[]): Tensor {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), axes, true), EPSILON)));
}

function filled(size: number, value: number): Float32Array {
  return new Float32Array(size).fill(value);
}
