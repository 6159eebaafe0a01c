/** Operations that reduce or accumulate elements along axes. */
import type { ArrayData, Operation, ReduceParameters } from "../../data/index.ts";
import {
  argExtremeData,
  countData,
  cumulativeData,
  extremeData,
  logsumexpData,
  meanData,
  prodData,
  sumData,
  sumSquaresData,
  truthData,
  varData,
} from "../../data/index.ts";

/** A reduction: `axes` are its axes from 0 to rank - 1. */
export type Reduction = Operation<ReduceParameters, [x: ArrayData]>;

function reduction(
  name: string,
  reduce: (x: ArrayData, axes: readonly number[], keepdims: boolean) => ArrayData,
): Reduction {
  return { name, forward: ({ axes, keepdims }, x) => reduce(x, axes, keepdims) };
}

export const SUM = /* @__PURE__ */ reduction("sum", sumData);

/** The sum of the squares, float32. */
export const SUM_SQUARES = /* @__PURE__ */ reduction("sumSquares", sumSquaresData);

export const MEAN = /* @__PURE__ */ reduction("mean", meanData);

export const VAR: Operation<ReduceParameters & { readonly ddof: number }, [x: ArrayData]> = {
  name: "var",
  forward: ({ axes, keepdims, ddof }, x) => varData(x, axes, keepdims, ddof),
};

export const PROD = /* @__PURE__ */ reduction("prod", prodData);

export const MAX = /* @__PURE__ */ reduction("max", (...args) => extremeData("max", ...args));

export const MIN = /* @__PURE__ */ reduction("min", (...args) => extremeData("min", ...args));

export const LOGSUMEXP = /* @__PURE__ */ reduction("logsumexp", logsumexpData);

export const ANY = /* @__PURE__ */ reduction("any", (...args) => truthData("any", ...args));

export const ALL = /* @__PURE__ */ reduction("all", (...args) => truthData("all", ...args));

export const COUNT_NONZERO = /* @__PURE__ */ reduction("countNonzero", countData);

export const ARGMAX = /* @__PURE__ */ reduction("argmax", (...args) => argExtremeData("argmax", ...args));

export const ARGMIN = /* @__PURE__ */ reduction("argmin", (...args) => argExtremeData("argmin", ...args));

/** Running sums along an axis. */
export const CUMSUM: Operation<number, [x: ArrayData]> = {
  name: "cumsum",
  forward: (axis, x) => cumulativeData("cumsum", x, axis),
};

/** Running products along an axis. */
export const CUMPROD: Operation<number, [x: ArrayData]> = {
  name: "cumprod",
  forward: (axis, x) => cumulativeData("cumprod", x, axis),
};
