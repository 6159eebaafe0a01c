/** Rules of operations that bring the elements along axes together. */
import type { NDArray } from "../../array/index.ts";
import {
  cumsum,
  CUMSUM,
  equal,
  exp,
  flip,
  isfinite,
  LOGSUMEXP,
  max,
  MAX,
  MEAN,
  mean,
  MIN,
  reshape,
  SUM,
  sum,
  SUM_SQUARES,
  VAR,
  where,
} from "../../array/index.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";
import { stopGradient } from "../stopgradient.ts";
import { expand } from "./broadcast.ts";

/** The rules of this file. */
export function reductionRules(): readonly RuleEntry[] {
  return [
    pullbacks(SUM, (ct, { inputs: [x], parameters: { axes } }) => expand(ct, axes, x.shape)),
    pullbacks(MEAN, (ct, { inputs: [x], parameters: { axes } }) => expand(ct.div(countOf(x, axes)), axes, x.shape)),
    pullbacks(SUM_SQUARES, (ct, { inputs: [x], parameters: { axes } }) => expand(ct, axes, x.shape).mul(x.mul(2))),
    pullbacks(VAR, (ct, { inputs: [x], parameters: { axes, ddof } }) => {
      const deviation = x.sub(mean(x, axes, { keepdims: true }));
      return deviation.mul(expand(ct.mul(2).div(countOf(x, axes) - ddof), axes, x.shape));
    }),
    pullbacks(MAX, (ct, { inputs: [x], out, parameters: { axes } }) => toExtremes(ct, x, out, axes)),
    pullbacks(MIN, (ct, { inputs: [x], out, parameters: { axes } }) => toExtremes(ct, x, out, axes)),
    pullbacks(LOGSUMEXP, (ct, { inputs: [x], parameters: { axes } }) => {
      const top = stopGradient(max(x, axes, { keepdims: true }));
      const terms = exp(x.sub(where(isfinite(top), top, 0)));
      return terms.mul(expand(ct, axes, x.shape).div(expand(sum(terms, axes), axes, x.shape)));
    }),
    pullbacks(CUMSUM, (ct, { parameters: axis }) => flip(cumsum(flip(ct, axis), axis), axis)),
  ];
}

/** The cotangent of a line's extreme, shared by the elements that are equal to it. */
function toExtremes(ct: NDArray, x: NDArray, out: NDArray, axes: readonly number[]): NDArray {
  const isExtreme = equal(x, expand(out, axes, x.shape));
  const count = sum(isExtreme.astype(ct.dtype), axes);
  return where(isExtreme, expand(ct.div(reshape(count, ct.shape)), axes, x.shape), 0);
}

/** How many elements `x` has along `axes`. */
function countOf(x: NDArray, axes: readonly number[]): number {
  return axes.reduce((n, axis) => n * x.shape[axis]!, 1);
}
