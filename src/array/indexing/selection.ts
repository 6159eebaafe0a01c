import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, SortOptions, TakeMode, TakeOptions } from "../../data/index.ts";
import {
  broadcastShapes,
  checkMode,
  formatShape,
  missing,
  pickAlong,
  placeIn,
  placesOf,
  rankable,
  selector,
  stretch,
  toAxis,
  toData,
  withSize,
  zerosData,
} from "../../data/index.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

/**
 * The entries of `x` at `indices` [...], whole numbers, along `axis`, which `indices`' axes replace; of all elements in
 * a row without `axis`. A negative index counts from the end. One outside gives, by `mode`: `"fill"` (default) NaN, the
 * least signed or greatest unsigned integer, or true; `"clip"` the nearest entry (a negative one the first); `"wrap"` the entry counted
 * round and round.
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
  const from = toData(x, 'takeAlongAxis: "x"');
  const places = placesOf(indices, 'takeAlongAxis: "indices"');
  checkMode(mode, "takeAlongAxis");
  const at = toAxis(axis, from.shape.length, 'takeAlongAxis: "axis"');
  if (places.shape.length !== from.shape.length)
    throw new ShapeError(
      `takeAlongAxis: "indices" expected ${from.shape.length} axes for shape ${formatShape(from.shape)}, got shape ${formatShape(places.shape)}`,
    );
  const n = from.shape[at]!;
  const m = places.shape[at]!;
  const others = broadcastShapes(withSize(from.shape, at, 1), withSize(places.shape, at, 1), "takeAlongAxis");
  const wide = stretch(from, withSize(others, at, n));
  const chosen = stretch(places, withSize(others, at, m));
  const inside = zerosData(chosen.shape, "int32");
  const to = inside.storage.data;
  if (n === 0 && to.length > 0)
    throw new ShapeError(`takeAlongAxis: "x" expected elements along axis ${at}, got shape ${formatShape(from.shape)}`);
  for (let i = 0; i < to.length; i++) to[i] = placeIn(chosen.storage.data[i]!, n, mode);
  const out = pickAlong(wide, inside, at);
  for (let i = 0; i < to.length; i++) if (to[i]! < 0) out.storage.data[i] = missing(from.dtype);
  return new NDArray(out);
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
  const from = toData(x, 'topK: "x"');
  if (from.shape.length === 0) throw new ShapeError('topK: "x" expected at least one axis, got a scalar');
  const axis = from.shape.length - 1;
  const count = int(k, 'topK: "k"');
  if (count < 0 || count > from.shape[axis]!)
    throw new RangeError(
      `topK: "k" expected 0 to ${from.shape[axis]} for shape ${formatShape(from.shape)}, got ${describe(k)}`,
    );
  const n = from.shape[axis]!;
  const keys = rankable(from);
  const values = zerosData(withSize(from.shape, axis, count), from.dtype);
  const indices = zerosData(values.shape, "int32");
  const select = selector(keys.length === 0 ? 0 : n, count);
  for (let start = 0, at = 0; at < indices.storage.data.length; start += n) {
    const places = select(keys, start);
    for (let i = 0; i < count; i++, at++) {
      indices.storage.data[at] = places[i]!;
      values.storage.data[at] = from.storage.data[start + places[i]!]!;
    }
  }
  return [new NDArray(values), new NDArray(indices)];
}
