import type { ArrayData, ArrayLike } from "../../data/index.ts";
import { gluData, logSoftmaxData, softmaxData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `softmax` computes; the parameter has the axes. */
export const SOFTMAX: Operation<readonly number[], [x: ArrayData]> = { name: "softmax", forward: softmaxData };

/** e^x over the sum of e^x over `axes`, which are from 0 to the rank. */
export function softmax(x: ArrayLike, axes: readonly number[]): NDArray {
  return apply(SOFTMAX, axes, dataOf(x));
}

/** What `logSoftmax` computes; the parameter has the axes. */
export const LOG_SOFTMAX: Operation<readonly number[], [x: ArrayData]> = {
  name: "logSoftmax",
  forward: logSoftmaxData,
};

/** The logarithm of `softmax`. */
export function logSoftmax(x: ArrayLike, axes: readonly number[]): NDArray {
  return apply(LOG_SOFTMAX, axes, dataOf(x));
}

/** What `glu` computes; the parameter is the axis. */
export const GLU: Operation<number, [x: ArrayData]> = { name: "glu", forward: gluData };

/** The first half of `x` along `axis`, whose size is even, times the sigmoid of the second half. */
export function glu(x: ArrayLike, axis: number): NDArray {
  return apply(GLU, axis, dataOf(x));
}
