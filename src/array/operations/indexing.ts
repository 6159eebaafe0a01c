/** The operations that read and write elements at places. Places are no inputs that gradients flow to. */
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

/** The elements that a plan names; 0 for those that are none of the array's. */
export const GATHER: Operation<IndexPlan, [x: ArrayData]> = {
  name: "gather",
  forward: gatherData,
};

/** A copy of `x` with values at the elements that a plan names, in order; those that are none of its own are left out. */
export type Scatter = Operation<IndexPlan, [x: ArrayData, values: Operand]>;

export const SCATTER_SET: Scatter = {
  name: "at().set",
  forward: (plan, x, values) => scatterData(x, values, plan),
};

export const SCATTER_ADD: Scatter = {
  name: "at().add",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: ADD, float: (a, b) => a + b }),
};

export const SCATTER_MULTIPLY: Scatter = {
  name: "at().multiply",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: MULTIPLY, float: (a, b) => a * b }),
};

export const SCATTER_MIN: Scatter = {
  name: "at().min",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: MINIMUM, float: Math.min }),
};

export const SCATTER_MAX: Scatter = {
  name: "at().max",
  forward: (plan, x, values) => scatterData(x, values, plan, { ufunc: MAXIMUM, float: Math.max }),
};

/** The entries `index` [n] along an axis; -1 is one that is missing. */
export const TAKE: Operation<number, [x: ArrayData, index: ArrayData]> = {
  name: "take",
  forward: takeData,
};

/** The elements of every line along an axis at the places that `index` has for it; -1 is one that is missing. */
export const TAKE_ALONG_AXIS: Operation<number, [x: ArrayData, index: ArrayData]> = {
  name: "takeAlongAxis",
  forward: takeAlongData,
};

/** The places of the elements in order along an axis. */
export const ARGSORT: Operation<Order, [x: ArrayData]> = {
  name: "argsort",
  forward: argsortData,
};

/** The places of the greatest elements along the last axis. */
export const TOP_K: Operation<number, [x: ArrayData]> = {
  name: "topK",
  forward: topKData,
};

/** Whole numbers, int32, that are in order where the elements are: zeros are equal, NaN is the greatest. */
export const SORT_KEYS: Operation<undefined, [x: ArrayData]> = {
  name: "sortKeys",
  forward: (_, x) => sortKeysData(x),
};

/** Where an element of `x` is among `values`, bool; where it is not if the parameter is true. */
export const ISIN: Operation<boolean, [x: Operand, values: Operand]> = {
  name: "isin",
  forward: isinData,
};

/** Where in the ascending `sorted` [n] each element of `x` would be put. */
export const SEARCHSORTED: Operation<"left" | "right", [sorted: ArrayData, x: Operand]> = {
  name: "searchsorted",
  forward: searchsortedData,
};
