import type { TypedArray } from "../dtype.ts";
import type { Reduction } from "./axes.ts";

/**
 * Reduces the elements of `x` from index `at` on, `step` apart and before `end`, to one number. What it has after each
 * element goes to the same place of `steps`, if they are given.
 */
export type ReductionLoop = (x: TypedArray, at: number, step: number, end: number, steps?: TypedArray) => number;

const { imul, max, min } = Math;

/**
 * One loop for each, because calling a function of two elements takes 10 ns where a step of a loop takes 1 (Node 20,
 * 2026-11).
 */
export const REDUCTION_LOOPS = {
  integerSum(x, at, step, end, steps) {
    let sum = 0;
    for (; at < end; at += step) {
      sum = (sum + x[at]!) | 0;
      if (steps) steps[at] = sum;
    }
    return sum;
  },
  integerProduct(x, at, step, end, steps) {
    let product = 1;
    for (; at < end; at += step) {
      product = imul(product, x[at]!);
      if (steps) steps[at] = product;
    }
    return product;
  },
  count(x, at, step, end) {
    let count = 0;
    for (; at < end; at += step) count += Number(x[at] !== 0);
    return count;
  },
  max(x, at, step, end) {
    let top = -Infinity;
    for (; at < end; at += step) top = max(top, x[at]!);
    return top;
  },
  min(x, at, step, end) {
    let bottom = Infinity;
    for (; at < end; at += step) bottom = min(bottom, x[at]!);
    return bottom;
  },
} satisfies Record<string, ReductionLoop>;

/** out[o, j] = the middle axis of the view, reduced by `loop`, ascending. */
export function fold({ data, n, inner }: Reduction, out: TypedArray, loop: ReductionLoop): void {
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    const from = (i - column) * n + column;
    out[i] = loop(data, from, inner, from + n * inner);
  }
}
