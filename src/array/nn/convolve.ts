import type { ArrayData, ArrayLike, ConvolveParameters } from "../../data/index.ts";
import { convolveData, convolveLater, flippedKernel, wrapped } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply, interpreter } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

/** What `convolve` computes. */
export const CONVOLVE: Operation<ConvolveParameters, [x: ArrayData, kernel: ArrayData, bias: ArrayData | undefined]> = {
  name: "convolve",
  forward: convolveData,
};

/** The same, of results that no interpreter keeps. */
const CONVOLVE_LATER: typeof CONVOLVE = { name: "convolve", forward: convolveLater };

/**
 * Slides a kernel over the spatial axes. Each output is one sum over the kernel's positions row-major, and at each over
 * the inputs of its group, ascending; padding takes part as zeros; the bias is added after it.
 *
 * @param x [batch, ...spatial, inputs]
 * @param kernel [...sizes, inputs / groups, outputs]
 * @param bias broadcasts to the result
 * @returns [batch, ...places, outputs], in the dtype of `x`
 */
export function convolve(
  x: ArrayLike,
  kernel: ArrayLike,
  bias: ArrayLike | undefined,
  parameters: ConvolveParameters,
): NDArray {
  // A tape and its like keep what operations give.
  const operation = interpreter.current === undefined ? CONVOLVE_LATER : CONVOLVE;
  return apply(operation, parameters, dataOf(x), dataOf(kernel), optionalDataOf(bias));
}

/** What `flipKernel` computes. */
export const FLIP_KERNEL: Operation<undefined, [kernel: ArrayData]> = {
  name: "flipKernel",
  forward: (_, kernel) => flippedKernel(kernel),
};

/** `kernel` [...sizes, outputs, inputs] with every axis of the sizes reversed: [...sizes, inputs, outputs]. */
export function flipKernel(kernel: ArrayLike): NDArray {
  return apply(FLIP_KERNEL, undefined, dataOf(kernel));
}

/** How an axis is wrapped. */
export interface WrapParameters {
  readonly axis: number;
  /** The distance between elements that are added. */
  readonly period: number;
  /** How many elements of the period come before the axis. */
  readonly before: number;
}

/** What `wrap` computes. */
export const WRAP: Operation<WrapParameters, [x: ArrayData]> = {
  name: "wrap",
  forward: ({ axis, period, before }, x) => wrapped(x, axis, period, before),
};

/** Wraps an axis of float32 `x` cyclically: elements `period` apart are added, first to last, each sum rounded. */
export function wrap(x: ArrayLike, parameters: WrapParameters): NDArray {
  return apply(WRAP, parameters, dataOf(x));
}
