/** Rules of products of the elements along axes. None divides, so that zeros among the factors do no harm. */
import type { NDArray } from "../../array/index.ts";
import {
  concatenate,
  cumprod,
  CUMPROD,
  flip,
  ones,
  PROD,
  reshape,
  sizeOf,
  transpose,
  zeros,
} from "../../array/index.ts";
import { PRODUCT_OF_OTHERS, productOfOthers } from "../operations/productofothers.ts";
import { recurrence, RECURRENCE } from "../operations/recurrence.ts";
import type { RuleEntry } from "../rule.ts";
import { expression, pullbacks } from "../rule.ts";
import { expand } from "./broadcast.ts";

/** The rules of this file. */
export function productRules(): readonly RuleEntry[] {
  return [
    pullbacks(PROD, (ct, { inputs: [x], parameters: { axes } }) => expand(ct, axes, x.shape).mul(othersAlong(x, axes))),
    pullbacks(CUMPROD, (ct, { inputs: [x], parameters: axis }) => {
      // sum over i >= j of ct[i] * x[j + 1] * ... * x[i], times the product of all before j.
      const later = flip(recurrence(shifted(flip(x, axis), axis, ones), flip(ct, axis), axis), axis);
      return shifted(cumprod(x, axis), axis, ones).mul(later);
    }),
    expression(PRODUCT_OF_OTHERS, ({ parameters: axis }, x) => productsAround(x, axis)),
    pullbacks(
      RECURRENCE,
      (ct, { inputs: [a], out, parameters: axis }) => backwards(a, ct, axis).mul(shifted(out, axis, zeros)),
      (ct, { inputs: [a], parameters: axis }) => backwards(a, ct, axis),
    ),
  ];
}

/** The cotangents of the terms of a recurrence, which runs backwards. */
function backwards(a: NDArray, ct: NDArray, axis: number): NDArray {
  return flip(recurrence(shifted(flip(a, axis), axis, zeros), flip(ct, axis), axis), axis);
}

/** `x` one place later along an axis: it starts with `first` and loses its last element. */
function shifted(x: NDArray, axis: number, first: typeof zeros): NDArray {
  const shape = x.shape.map((n, i) => (i === axis ? Math.min(n, 1) : n));
  const all = x.shape.slice(0, axis).map(() => ":" as const);
  return concatenate([first(shape, x.dtype), x.slice(...all, ":-1")], axis);
}

/** For each element of `x` the product of all others along `axes`. */
function othersAlong(x: NDArray, axes: readonly number[]): NDArray {
  if (axes.length === 1) return productOfOthers(x, axes[0]!);
  const kept = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
  const order = [...axes, ...kept];
  const sizes = [axes, kept].map((some) => sizeOf(some.map((axis) => x.shape[axis]!)));
  const lines = reshape(transpose(x, order), sizes);
  const others = reshape(
    productOfOthers(lines, 0),
    order.map((axis) => x.shape[axis]!),
  );
  return transpose(
    others,
    order.map((_, axis) => order.indexOf(axis)),
  );
}

/** What `productOfOthers` gives, by operations that can be differentiated. */
function productsAround(x: NDArray, axis: number): NDArray {
  const before = shifted(cumprod(x, axis), axis, ones);
  return before.mul(flip(shifted(cumprod(flip(x, axis), axis), axis, ones), axis));
}
