/** What arrays have to do with their values in order: the different ones, whether they are there, and where they would stand. */
import { describe, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import {
  ASCENDING,
  assertConcrete,
  arrayData,
  formatShape,
  isFloat,
  orderData,
  pickData,
  promotedPair,
  reshaped,
  sizeOf,
  sortable,
  toData,
  toOperand,
  UNORDERED,
  zerosData,
} from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/** What `unique` gives beside the values, int32, in this order. */
export interface UniqueOptions {
  /** Where each value stands first, in a row. */
  readonly returnIndex?: boolean;
  /** For each element of `x`, in its shape, the place of its value. */
  readonly returnInverse?: boolean;
  /** How often each value is there. */
  readonly returnCounts?: boolean;
}

/**
 * The different values of `x`, ascending; zeros of either sign are one, and so are all NaN, which come last. With
 * options an array: the values, then what was asked for.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique`).
 * @throws TypeError for an array that has no values
 * @example
 * unique([3, 1, 3]).tolist() // => [1, 3]
 * unique([3, 1, 3], { returnCounts: true }).map((part) => part.tolist()) // => [[1, 3], [1, 2]]
 */
export function unique(x: ArrayLike): NDArray;
export function unique(x: ArrayLike, options: UniqueOptions): NDArray[];
export function unique(x: ArrayLike, options?: UniqueOptions): NDArray | NDArray[] {
  const given = toData(x, 'unique: "x"');
  assertConcrete(given);
  const flat = reshaped(given, [sizeOf(given.shape)]);
  const keys = sortable(flat);
  const order = orderData(keys, flat.shape, 0, ASCENDING).storage.data;
  const starts: number[] = [];
  const inverse = new Int32Array(order.length);
  order.forEach((place, i) => {
    if (i === 0 || keys[order[i - 1]!] !== keys[place]) starts.push(i);
    inverse[place] = starts.length - 1;
  });
  const index = Int32Array.from(starts, (start) => order[start]!);
  const result = new NDArray(pickData(flat, index, 0));
  if (options === undefined) return result;
  const counts = Int32Array.from(starts, (start, i) => (starts[i + 1] ?? order.length) - start);
  const { returnIndex = false, returnInverse = false, returnCounts = false } = options;
  const parts = [
    returnIndex && arrayData([index.length], "int32", index),
    returnInverse && arrayData(given.shape, "int32", inverse),
    returnCounts && arrayData([index.length], "int32", counts),
  ];
  return [result, ...parts.filter((part) => part !== false).map((part) => new NDArray(part))];
}

/**
 * Where an element of `x` is among `values`, bool; where it is not with `invert`. NaN never is.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`isin`).
 * @example
 * isin([1, 2, 3], [3, 1]).tolist() // => [true, false, true]
 */
export function isin(x: ArrayLike, values: ArrayLike, { invert = false }: { readonly invert?: boolean } = {}): NDArray {
  const [from, list] = promotedPair(toOperand(x, 'isin: "x"'), toOperand(values, 'isin: "values"'), "isin");
  const known = new Set(sortable(list));
  if (isFloat(list.dtype)) known.delete(UNORDERED);
  const elements = sortable(from);
  const out = zerosData(from.shape, "bool");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = known.has(elements[i]!) === invert ? 0 : 1;
  return new NDArray(out);
}

/**
 * Where in the ascending `sorted` [n] each element of `x` would be put, int32: before equal ones, or behind them with
 * `side` `"right"`. NaN goes last.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`searchsorted`).
 * @throws ShapeError if `sorted` has not one axis; TypeError for another side
 * @example
 * searchsorted([1, 2, 2, 3], [2, 5]).tolist() // => [1, 4]
 * searchsorted([1, 2, 2, 3], 2, { side: "right" }).item() // => 3
 */
export function searchsorted(
  sorted: ArrayLike,
  x: ArrayLike,
  { side = "left" }: { readonly side?: "left" | "right" } = {},
): NDArray {
  if (side !== "left" && side !== "right")
    throw new TypeError(`searchsorted: "side" expected "left" or "right", got ${describe(side)}`);
  const [line, from] = promotedPair(
    toData(sorted, 'searchsorted: "sorted"'),
    toOperand(x, 'searchsorted: "x"'),
    "searchsorted",
  );
  if (line.shape.length !== 1)
    throw new ShapeError(`searchsorted: "sorted" expected one axis, got shape ${formatShape(line.shape)}`);
  const [steps, elements] = [sortable(line), sortable(from)];
  const out = zerosData(from.shape, "int32");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    const key = elements[i]!;
    let low = 0;
    let high = line.shape[0]!;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (steps[middle]! < key || (steps[middle] === key && side === "right")) low = middle + 1;
      else high = middle;
    }
    to[i] = low;
  }
  return new NDArray(out);
}
