/** Functions of the values in order: the different ones, whether they are there, and where they would stand. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { assertConcrete, arrayData, DATA, formatShape, toData, toOperand } from "../../data/index.ts";
import { apply, asNDArray, NDArray } from "../ndarray.ts";
import { ARGSORT, ISIN, SEARCHSORTED, SORT_KEYS, TAKE } from "../operations/indexing.ts";

/** What `unique` gives besides the values, int32, in this order. */
export interface UniqueOptions {
  /** The index of the first element with each value, in the flattened array. */
  readonly returnIndex?: boolean;
  /** For each element of `x`, in its shape, the index of its value. */
  readonly returnInverse?: boolean;
  /** How often each value occurs. */
  readonly returnCounts?: boolean;
}

/**
 * The distinct values of `x`, ascending. Zeros of either sign are one value, and so are all NaN, which come last.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique`).
 * @returns the values; with options an array of the values and what was asked for
 * @throws TypeError for an array that has no values
 * @example
 * unique([3, 1, 3]).tolist() // => [1, 3]
 * unique([3, 1, 3], { returnCounts: true }).map((part) => part.tolist()) // => [[1, 3], [1, 2]]
 */
export function unique(x: ArrayLike): NDArray;
export function unique(x: ArrayLike, options: UniqueOptions): NDArray[];
export function unique(): NDArray | NDArray[] {
  return inOrder(uniqueOf, arguments, 1, "unique ar | returnIndex:b returnInverse:b returnCounts:b axis:0");
}

function uniqueOf(x: ArrayLike, options?: UniqueOptions): NDArray | NDArray[] {
  const given = asNDArray(x, 'unique: "x"');
  assertConcrete(given[DATA]);
  const flat = given.flatten()[DATA];
  const keys = apply(SORT_KEYS, undefined, flat)[DATA].storage.data;
  const order = apply(ARGSORT, { axis: 0, descending: false }, flat)[DATA].storage.data as Int32Array;
  const starts: number[] = [];
  const inverse = new Int32Array(order.length);
  order.forEach((place, i) => {
    if (i === 0 || keys[order[i - 1]!] !== keys[place]) starts.push(i);
    inverse[place] = starts.length - 1;
  });
  const index = arrayData(
    [starts.length],
    "int32",
    Int32Array.from(starts, (start) => order[start]!),
  );
  const result = apply(TAKE, 0, flat, index);
  if (options === undefined) return result;
  const counts = Int32Array.from(starts, (start, i) => (starts[i + 1] ?? order.length) - start);
  const parts = [
    options.returnIndex && index,
    options.returnInverse && arrayData(given.shape, "int32", inverse),
    options.returnCounts && arrayData(index.shape, "int32", counts),
  ];
  return [result, ...parts.flatMap((part) => (part ? [new NDArray(part)] : []))];
}

/** The options of `isin`. */
export interface IsinOptions {
  /** Whether to give the reverse. Default false. */
  readonly invert?: boolean;
  /** Changes nothing here. */
  readonly assumeUnique?: boolean;
}

/**
 * Whether each element of `x` is among `values`, bool. NaN never is.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`isin`).
 * @param invert whether it is not, instead. Default false
 * @example
 * isin([1, 2, 3], [3, 1]).tolist() // => [true, false, true]
 */
export function isin(
  x: ArrayLike,
  ...places: Given<[values: ArrayLike], "testElements", [assumeUnique: boolean, invert: boolean], IsinOptions>
): NDArray;
export function isin(): NDArray {
  return inOrder(isinOf, arguments, 2, "isin element testElements | assumeUnique:b invert:b");
}

function isinOf(x: ArrayLike, values: ArrayLike, { invert = false }: { readonly invert?: boolean } = {}): NDArray {
  return apply(ISIN, invert, toOperand(x, 'isin: "x"'), toOperand(values, 'isin: "values"'));
}

/**
 * The index at which each element of `x` would be inserted in the ascending `sorted` [n], int32. NaN goes last.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`searchsorted`).
 * @param side `"left"` (default) inserts before equal elements, `"right"` behind them
 * @throws ShapeError if `sorted` does not have one axis; TypeError for another side
 * @example
 * searchsorted([1, 2, 2, 3], [2, 5]).tolist() // => [1, 4]
 * searchsorted([1, 2, 2, 3], 2, { side: "right" }).item() // => 3
 */
export function searchsorted(
  sorted: ArrayLike,
  ...places: Given<[v: ArrayLike], "v", [side: "left" | "right", sorter: null], { readonly side?: "left" | "right" }>
): NDArray;
export function searchsorted(): NDArray {
  return inOrder(searchsortedOf, arguments, 2, "searchsorted a v | side sorter:0");
}

function searchsortedOf(
  sorted: ArrayLike,
  x: ArrayLike,
  { side = "left" }: { readonly side?: "left" | "right" } = {},
): NDArray {
  if (side !== "left" && side !== "right")
    throw new TypeError(`searchsorted: "side" expected "left" or "right", got ${describe(side)}`);
  const line = toData(sorted, 'searchsorted: "sorted"');
  const from = toOperand(x, 'searchsorted: "x"');
  if (line.shape.length !== 1)
    throw new ShapeError(`searchsorted: "sorted" expected one axis, got shape ${formatShape(line.shape)}`);
  return apply(SEARCHSORTED, side, line, from);
}
