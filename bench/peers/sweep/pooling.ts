/** Pooling over windows of k x k. Averages count no padding, as all other libraries have it. */
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import { VALID } from "../tflite.ts";
import type { Contest, Row, Shape } from "./contest.ts";
import { normals } from "./contest.ts";
import { same } from "./images.ts";

const { nnx } = flaxen as typeof Flaxen;

interface Pool {
  readonly kind: "max" | "average";
  readonly image: Shape;
  readonly size: number;
  readonly stride: number;
  readonly padding: "SAME" | "VALID";
}

export const ROWS: readonly Row[] = [
  row({ kind: "max", image: [1, 112, 112, 64], size: 2, stride: 2, padding: "VALID" }),
  row({ kind: "max", image: [1, 112, 112, 64], size: 3, stride: 2, padding: "SAME" }),
  row({ kind: "max", image: [32, 28, 28, 32], size: 2, stride: 2, padding: "VALID" }),
  row({ kind: "max", image: [1, 28, 28, 192], size: 3, stride: 1, padding: "SAME" }),
  row({ kind: "average", image: [1, 112, 112, 64], size: 2, stride: 2, padding: "VALID" }),
  row({ kind: "average", image: [1, 28, 28, 192], size: 3, stride: 1, padding: "SAME" }),
  row({ kind: "average", image: [32, 28, 28, 32], size: 2, stride: 2, padding: "VALID" }),
];

function row(pool: Pool): Row {
  const { kind, image, size, stride, padding } = pool;
  return {
    name: `${kind} pool ${size}x${size} [${image.join(", ")}], stride ${stride}, ${padding}`,
    ...(kind === "max" && { tolerance: 0 }),
    contest: () => contest(pool),
  };
}

function contest({ kind, image, size, stride, padding }: Pool): Contest {
  const [n, side, , features] = image as [number, number, number, number];
  const [low, high, outputs] =
    padding === "SAME" ? same(side, size, stride) : [0, 0, Math.floor((side - size) / stride) + 1];
  const [window, steps] = [[size, size], { strides: [stride, stride], padding }];
  const lower = padding === "SAME" ? "same" : "valid";
  const attributes = { kernel_shape: window, strides: steps.strides, pads: [low, low, high, high] };
  const options = { strideW: stride, strideH: stride, width: size, height: size };
  return {
    inputs: [normals(...image)],
    images: true,
    flaxen: (x) =>
      kind === "max" ? nnx.maxPool(x, window, steps) : nnx.avgPool(x, window, { ...steps, countIncludePad: false }),
    tensorflow: (x: Tensor4D) =>
      kind === "max" ? tf.maxPool(x, size, stride, lower) : tf.avgPool(x, size, stride, lower),
    onnx: (graph, x) => graph.node(kind === "max" ? "MaxPool" : "AveragePool", [x], attributes),
    litert: (graph, x) =>
      graph.node(kind === "max" ? "MaxPool" : "AveragePool", [x], [n, outputs, outputs, features], {
        ...options,
        padding: padding === "SAME" ? 0 : VALID,
      }),
  };
}
