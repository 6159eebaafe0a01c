/** Transposed convolutions, padding "SAME". */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import { transposed } from "../transposed.ts";
import type { Chapter, Contest, Row } from "./contest.ts";
import { normals, weights } from "./contest.ts";
import { turned } from "./images.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;

export const ROWS: readonly Row[] = [row(28, 64, 4, 32), row(32, 128, 2, 64), row(14, 128, 3, 64), row(64, 32, 4, 3)];

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "transposed conv 4x4 [1, 64, 64, 32] to 3, stride 2":
    "each of four phases pads the image anew and computes a fourth feature; all are interleaved in JavaScript",
};

/** An image [1, side, side, from] to twice its side and `to` features. */
function row(side: number, from: number, kernel: number, to: number): Row {
  return {
    name: `transposed conv ${kernel}x${kernel} [1, ${side}, ${side}, ${from}] to ${to}, stride 2`,
    contest: () => contest(side, from, kernel, to),
  };
}

function contest(side: number, from: number, size: number, to: number): Contest {
  const shape = [size, size, from, to];
  const kernel = weights(shape, 0.1);
  const layer = new nnx.ConvTranspose(from, to, [size, size], { strides: 2, useBias: false, rngs: new nnx.Rngs(0) });
  layer.kernel.set(numpy.array(kernel).reshape(shape));
  const gradient = turned(kernel, shape);
  const outputs = [1, 2 * side, 2 * side, to] as const;
  const filter = tf.tensor4d(transposed(gradient, shape, [0, 1, 3, 2]), [size, size, to, from]);
  const [low, high] = [(size - 2) >> 1, (size - 1) >> 1];
  return {
    inputs: [normals(1, side, side, from)],
    images: true,
    flaxen: (x) => layer(x),
    tensorflow: (x: Tensor4D) => tf.conv2dTranspose(x, filter, [...outputs], 2, "same"),
    onnx: (graph, x) => {
      const weight = graph.constant([from, to, size, size], transposed(gradient, shape, [2, 3, 0, 1]));
      return graph.node("ConvTranspose", [x, weight], { strides: [2, 2], pads: [low, low, high, high] });
    },
    litert: (graph, x) => {
      const weight = graph.constant([to, size, size, from], transposed(gradient, shape, [3, 0, 1, 2]));
      const options = { strideW: 2, strideH: 2 };
      return graph.node("TransposeConv", [graph.indices(outputs), weight, x], outputs, options);
    },
  };
}
