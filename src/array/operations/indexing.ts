/** Operations that read and write elements at indices. Indices are constants to gradients. */
import type { ArrayData, IndexPlan, Operand, Operation, Order } from "../../data/index.ts";
import {
  ADD,
  argsortData,
  gatherData,
  isinData,
  MAXIMUM,
  MINIMUM,
  MULTIPLY,
  scatterData,
  searchsortedData,
  sortKeysData,
  takeAlongData,
  takeData,
  topKData,
} from "../../data/index.ts";

/** The elements that a plan names; 0 for indices out of bounds. */
export const GATHER: Operation<IndexPlan, [x: ArrayData]> = {
  name: "gather",
  forward: gatherData,
};

/** A copy of `x` in which the elements that a plan names are changed, in order. Indices out of bounds are left out. */
export type Scatter = Operation<IndexPlan, [x: ArrayData, values: Operand]>;

export const SCATTER_SET: Scatter = {
  name: "at().set",
  forward: (plan, x, values) => scatterData(x, values, plan),
};

export const SCATTER_ADD: Scatter = {
  name: "at().add",
  forward: (plan, x, values) =>
    scatterData(x, values, plan, { ufunc: ADD, float: (a, b) => a + b, refusesBools: true }),
};

export const SCATTER_MULTIPLY: Scatter = {
  name: "at().multiply",
  forward: (plan, x, values) =>
    scatterData(x, values, plan, { ufunc: MULTIPLY, float: (a, b) => a * b, refusesBools: true }),
};

export const SCATTER_MIN: Scatter = {
  name: "at().min",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: MINIMUM, float: Math.min }),
};

export const SCATTER_MAX: Scatter = {
  name: "at().max",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: MAXIMUM, float: Math.max }),
};

/** The slices `index` [n] along an axis; -1 gives the fill value. */
export const TAKE: Operation<number, [x: ArrayData, index: ArrayData]> = {
  name: "take",
  forward: takeData,
};

/** The elements of every line along an axis at the positions in `index`; -1 gives the fill value. */
export const TAKE_ALONG_AXIS: Operation<number, [x: ArrayData, index: ArrayData]> = {
  name: "takeAlongAxis",
  forward: takeAlongData,
};

/** The indices of the elements in order along an axis. */
export const ARGSORT: Operation<Order, [x: ArrayData]> = {
  name: "argsort",
  forward: argsortData,
};

/** The indices of the largest elements along the last axis. */
export const TOP_K: Operation<number, [x: ArrayData]> = {
  name: "topK",
  forward: topKData,
};

/** Integer keys, int32, that are ordered as the elements are: zeros are equal, NaN is the largest. */
export const SORT_KEYS: Operation<undefined, [x: ArrayData]> = {
  name: "sortKeys",
  forward: (_, x) => sortKeysData(x),
};

/** Whether each element of `x` is among `values`, bool; whether it is not if the parameter is true. */
export const ISIN: Operation<boolean, [x: Operand, values: Operand]> = {
  name: "isin",
  forward: isinData,
};

/** The index at which each element of `x` would be inserted in the ascending `sorted` [n]. */
export const SEARCHSORTED: Operation<"left" | "right", [sorted: ArrayData, x: Operand]> = {
  name: "searchsorted",
  forward: searchsortedData,
};
