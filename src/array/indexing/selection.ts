import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, SortOptions, TakeMode, TakeOptions } from "../../data/index.ts";
import {
  broadcastShapes,
  checkMode,
  DATA,
  formatShape,
  placesIn,
  placesOf,
  toAxis,
  withSize,
} from "../../data/index.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { apply, asNDArray, NDArray } from "../ndarray.ts";
import { TAKE_ALONG_AXIS, TOP_K } from "../operations/indexing.ts";

/**
 * The entries of `x` at `indices` [...], whole numbers, along `axis`, which `indices`' axes replace; of all elements in
 * a row without `axis`. A negative index counts from the end. One outside gives, by `mode`: `"fill"` (default) NaN, the
 * least signed or greatest unsigned integer, or true; `"clip"` the nearest entry (a negative one the first); `"wrap"` the entry counted
 * cyclically.
 *
 * Source: JAX 0.10.2 `jnp.take`.
 * @throws TypeError if `indices` holds fractions; RangeError if there is no such axis
 * @example
 * take([5, 6, 7], [0, -1, 3]).tolist() // => [5, 7, NaN]
 * take([[1, 2], [3, 4]], [1, 0], { axis: 1 }).tolist() // => [[2, 1], [4, 3]]
 */
export function take(x: ArrayLike, indices: ArrayLike, options: TakeOptions = {}): NDArray {
  return asNDArray(x, 'take: "x"').take(indices, options);
}

/**
 * For every line of `x` along `axis` the entries that the line of `indices` names; the other axes broadcast. Indices
 * outside as in `take`.
 *
 * Source: JAX 0.10.2 `jnp.take_along_axis`.
 * @throws TypeError if `indices` holds fractions; ShapeError if the shapes do not fit; RangeError if there is no such axis
 * @example
 * takeAlongAxis([[3, 1], [5, 9]], [[1], [0]], 1).tolist() // => [[1], [5]]
 */
export function takeAlongAxis(
  x: ArrayLike,
  indices: ArrayLike,
  axis: number,
  { mode = "fill" }: { readonly mode?: TakeMode } = {},
): NDArray {
  const from = asNDArray(x, 'takeAlongAxis: "x"');
  const places = placesOf(indices, 'takeAlongAxis: "indices"');
  checkMode(mode, "takeAlongAxis");
  const at = toAxis(axis, from.ndim, 'takeAlongAxis: "axis"');
  if (places.shape.length !== from.ndim) throw rankError(from, places.shape);
  const n = from.shape[at]!;
  const m = places.shape[at]!;
  const others = broadcastShapes(withSize(from.shape, at, 1), withSize(places.shape, at, 1), "takeAlongAxis");
  const wide = broadcastTo(from, withSize(others, at, n));
  const chosen = broadcastTo(new NDArray(placesIn(places, n, mode)), withSize(others, at, m));
  if (n === 0 && chosen.size > 0) throw emptyAxisError(from, at);
  return apply(TAKE_ALONG_AXIS, at, wide[DATA], chosen[DATA]);
}

function rankError(x: NDArray, shape: readonly number[]): ShapeError {
  const expected = `expected ${x.ndim} axes for shape ${formatShape(x.shape)}`;
  return new ShapeError(`takeAlongAxis: "indices" ${expected}, got shape ${formatShape(shape)}`);
}

function emptyAxisError(x: NDArray, axis: number): ShapeError {
  const got = `got shape ${formatShape(x.shape)}`;
  return new ShapeError(`takeAlongAxis: "x" expected elements along axis ${axis}, ${got}`);
}

/**
 * The elements along an axis in ascending order, equal ones in the order they had, NaN last; the reverse of that with
 * `descending`.
 *
 * Source: JAX 0.10.2 `jnp.sort`.
 * @throws RangeError if there is no such axis
 * @example
 * sort([3, NaN, 1]).tolist() // => [1, 3, NaN]
 * sort([3, 1, 2], { descending: true }).tolist() // => [3, 2, 1]
 */
export function sort(x: ArrayLike, options: SortOptions = {}): NDArray {
  return asNDArray(x, 'sort: "x"').sort(options);
}

/**
 * The places, int32, from which `sort` takes the elements.
 *
 * @throws RangeError if there is no such axis
 * @example
 * argsort([3, 1, 2]).tolist() // => [1, 2, 0]
 */
export function argsort(x: ArrayLike, options: SortOptions = {}): NDArray {
  return asNDArray(x, 'argsort: "x"').argsort(options);
}

/**
 * The `k` greatest elements along the last axis, greatest first, and their places, int32: `[values, indices]`. Of equal
 * elements the first comes first; 0 is greater than -0, and NaN the greatest. (In JAX it is the least if its sign bit is
 * set, which depends on the engine and the processor.)
 *
 * Source: JAX 0.10.2 `lax.top_k`.
 * @throws RangeError if `k` is negative or more than there are; ShapeError for a scalar
 * @example
 * topK([3, 9, 5], 2).map((part) => part.tolist()) // => [[9, 5], [1, 2]]
 */
export function topK(x: ArrayLike, k: number): [values: NDArray, indices: NDArray] {
  const from = asNDArray(x, 'topK: "x"');
  if (from.ndim === 0) throw new ShapeError('topK: "x" expected at least one axis, got a scalar');
  const axis = from.ndim - 1;
  const count = int(k, 'topK: "k"');
  if (count < 0 || count > from.shape[axis]!) throw countError(from, k);
  const indices = apply(TOP_K, count, from[DATA]);
  return [apply(TAKE_ALONG_AXIS, axis, from[DATA], indices[DATA]), indices];
}

function countError(x: NDArray, k: number): RangeError {
  const expected = `expected 0 to ${x.shape.at(-1)} for shape ${formatShape(x.shape)}`;
  return new RangeError(`topK: "k" ${expected}, got ${describe(k)}`);
}
