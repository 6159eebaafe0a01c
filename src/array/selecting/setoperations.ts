/** Operations on arrays as sets: results have one axis and are ascending. */
import type { Given } from "../../base/index.ts";
import { inOrder, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";
import { resultType } from "../info.ts";
import { asNDArray } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { logicalAnd } from "../elementwise/comparison.ts";
import { flatnonzero } from "../indexing/nonzero.ts";
import { argsort } from "../indexing/selection.ts";
import { isin, unique } from "../indexing/sets.ts";

/** The option of operations on sets. */
export interface SetOptions {
  /** Whether each array has every value once, so that this need not be seen to. Default false. */
  readonly assumeUnique?: boolean;
}

/**
 * The values in `a`, in `b` or in both.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`union1d`).
 * @example
 * union1d([3, 1], [1, 2]).tolist() // => [1, 2, 3]
 */
export function union1d(a: ArrayLike, ...places: Given<[b: ArrayLike], "ar2">): NDArray;
export function union1d(): NDArray {
  return inOrder(union1dOf, arguments, 2, "union1d ar1 ar2");
}

function union1dOf(a: ArrayLike, b: ArrayLike): NDArray {
  return unique(concatenate([a, b], null));
}

/**
 * The values in `a` that are not in `b`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`setdiff1d`).
 * @example
 * setdiff1d([3, 1, 2], [2]).tolist() // => [1, 3]
 */
export function setdiff1d(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "ar2", [assumeUnique: boolean], SetOptions>
): NDArray;
export function setdiff1d(): NDArray {
  return inOrder(setdiff1dOf, arguments, 2, "setdiff1d ar1 ar2 | assumeUnique:b");
}

function setdiff1dOf(a: ArrayLike, b: ArrayLike, { assumeUnique = false }: SetOptions = {}): NDArray {
  const flat = asNDArray(a, 'setdiff1d: "a"').flatten();
  const values = assumeUnique ? flat : unique(flat);
  return values.slice(isin(values, b, { invert: true }));
}

/** Both flattened, in the dtype they promote to: numbers that differ may be one there. */
function flatPair(a: ArrayLike, b: ArrayLike, fn: string): NDArray[] {
  const [x, y] = weakly([a, b], (i) => `${fn}: "${i === 0 ? "a" : "b"}"`) as [NDArray, NDArray];
  return [x, y].map((part) => part.astype(resultType(x, y)).flatten());
}

/** The options of `intersect1d`. */
export interface IntersectOptions extends SetOptions {
  /** Whether to give also where each value is first, in the flattened arrays. Default false. */
  readonly returnIndices?: boolean;
}

/**
 * The values that are in both arrays.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`intersect1d`).
 * @returns the values; with `returnIndices` the values and their places in `a` and `b`, int32
 * @example
 * intersect1d([3, 1, 2], [2, 3, 5]).tolist() // => [2, 3]
 */
export function intersect1d(
  a: ArrayLike,
  b: ArrayLike,
  options?: IntersectOptions & { readonly returnIndices?: false },
): NDArray;
export function intersect1d(a: ArrayLike, b: ArrayLike, options: IntersectOptions): NDArray | NDArray[];
export function intersect1d(): NDArray | NDArray[] {
  return inOrder(intersect1dOf, arguments, 2, "intersect1d ar1 ar2 | assumeUnique:b returnIndices:b");
}

function intersect1dOf(
  a: ArrayLike,
  b: ArrayLike,
  { assumeUnique = false, returnIndices = false }: IntersectOptions = {},
): NDArray | NDArray[] {
  const [first, second] = flatPair(a, b, "intersect1d").map((part) =>
    assumeUnique ? [part, undefined] : unique(part, { returnIndex: true }),
  );
  const both = concatenate([first![0]!, second![0]!]);
  const order = argsort(both);
  const sorted = both.take(order);
  const twice = flatnonzero(sorted.slice("1:").eq(sorted.slice(":-1")));
  const values = sorted.take(twice);
  if (!returnIndices) return values;
  const placesA = order.take(twice);
  const placesB = order.take(twice.add(1)).sub(first![0]!.size);
  return [values, first![1]?.take(placesA) ?? placesA, second![1]?.take(placesB) ?? placesB];
}

/**
 * The values that are in one of the two arrays but not in both.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`setxor1d`).
 * @example
 * setxor1d([3, 1, 2], [2, 3, 5]).tolist() // => [1, 5]
 */
export function setxor1d(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "ar2", [assumeUnique: boolean], SetOptions>
): NDArray;
export function setxor1d(): NDArray {
  return inOrder(setxor1dOf, arguments, 2, "setxor1d ar1 ar2 | assumeUnique:b");
}

function setxor1dOf(a: ArrayLike, b: ArrayLike, { assumeUnique = false }: SetOptions = {}): NDArray {
  const [x, y] = flatPair(a, b, "setxor1d").map((part) => (assumeUnique ? part : unique(part)));
  const sorted = concatenate([x!, y!]).sort();
  if (sorted.size === 0) return sorted;
  const differs = sorted.slice("1:").ne(sorted.slice(":-1"));
  const [before, after] = [concatenate([[true], differs]), concatenate([differs, [true]])];
  return sorted.slice(logicalAnd(before, after));
}

/**
 * The distinct values of `x`, ascending, where each is first, which one each element is, and how often each occurs.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique_all`).
 * @example
 * uniqueAll([3, 1, 3]).counts.tolist() // => [1, 2]
 */
export function uniqueAll(x: ArrayLike): {
  readonly values: NDArray;
  readonly indices: NDArray;
  readonly inverseIndices: NDArray;
  readonly counts: NDArray;
} {
  if (arguments.length > 1) refuseSurplus("uniqueAll", "x", arguments);
  const [values, indices, inverseIndices, counts] = unique(x, {
    returnIndex: true,
    returnInverse: true,
    returnCounts: true,
  });
  return { values: values!, indices: indices!, inverseIndices: inverseIndices!, counts: counts! };
}

/**
 * The distinct values of `x`, ascending, and how often each occurs.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique_counts`).
 * @example
 * uniqueCounts([3, 1, 3]).values.tolist() // => [1, 3]
 */
export function uniqueCounts(x: ArrayLike): { readonly values: NDArray; readonly counts: NDArray } {
  if (arguments.length > 1) refuseSurplus("uniqueCounts", "x", arguments);
  const [values, counts] = unique(x, { returnCounts: true });
  return { values: values!, counts: counts! };
}

/**
 * The distinct values of `x`, ascending, and which one each element is.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique_inverse`).
 * @example
 * uniqueInverse([3, 1, 3]).inverseIndices.tolist() // => [1, 0, 1]
 */
export function uniqueInverse(x: ArrayLike): { readonly values: NDArray; readonly inverseIndices: NDArray } {
  if (arguments.length > 1) refuseSurplus("uniqueInverse", "x", arguments);
  const [values, inverseIndices] = unique(x, { returnInverse: true });
  return { values: values!, inverseIndices: inverseIndices! };
}

/**
 * The distinct values of `x`, ascending.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/setops.py` (`unique_values`).
 * @example
 * uniqueValues([3, 1, 3]).tolist() // => [1, 3]
 */
export function uniqueValues(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("uniqueValues", "x", arguments);
  return unique(x);
}
