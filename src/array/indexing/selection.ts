import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, SortOptions, TakeMode, TakeOptions } from "../../data/index.ts";
import {
  broadcastShapes,
  checkMode,
  DATA,
  formatShape,
  fromStart,
  indicesIn,
  indicesOf,
  isFloat,
  scalarData,
  toAxis,
  withSize,
} from "../../data/index.ts";
import { zeros } from "../creation/arrays.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { apply, asNDArray, NDArray, rawOf } from "../ndarray.ts";
import { WHERE } from "../operations/elementwise.ts";
import { TAKE_ALONG_AXIS, TOP_K } from "../operations/indexing.ts";

/**
 * The slices of `x` at `indices` along an axis. A negative index counts from the end.
 *
 * Source: JAX 0.10.2 `jnp.take`.
 * @param indices whole numbers, of any shape, which replaces `axis` in the result
 * @param options `axis`: the flattened array if left out. `mode`: what an index out of bounds gives. `"fill"` (default)
 * gives NaN, the minimum of a signed integer dtype, the maximum of an unsigned one, or true; `"clip"` the nearest
 * slice, of a negative index the first; `"wrap"` counts cyclically. `fillValue`: what `"fill"` gives instead
 * @throws TypeError if `indices` holds fractions; RangeError if there is no such axis
 * @example
 * take([5, 6, 7], [0, -1, 3]).tolist() // => [5, 7, NaN]
 * take([[1, 2], [3, 4]], [1, 0], { axis: 1 }).tolist() // => [[2, 1], [4, 3]]
 */
export function take(
  x: ArrayLike,
  ...places: Given<
    [indices: ArrayLike],
    "indices",
    [
      axis: number | null,
      out: null,
      mode: TakeMode | null,
      uniqueIndices: boolean,
      indicesAreSorted: boolean,
      fillValue: number | null,
    ],
    FillOptions
  >
): NDArray;
export function take(): NDArray {
  return inOrder(takeOf, arguments, 2, "take a indices | axis out:0 mode uniqueIndices:b indicesAreSorted:b fillValue");
}

function takeOf(x: ArrayLike, indices: ArrayLike, given: FillOptions = {}): NDArray {
  const from = asNDArray(x, 'take: "x"');
  if (!("fillValue" in given)) return from.take(indices, given);
  const { fillValue, ...options } = given;
  const taken = from.take(indices, options);
  if (fillValue === undefined || fillValue === null || (options.mode ?? "fill") !== "fill") return taken;
  const isWhole = options.axis === undefined || options.axis === null;
  const along = isWhole ? 0 : toAxis(options.axis, from.ndim, 'take: "axis"');
  const n = isWhole ? from.size : from.shape[along]!;
  const places = new NDArray(indicesIn(indicesOf(indices, 'take: "indices"'), n, "fill"));
  const after = isWhole ? [] : from.shape.slice(along + 1).map(() => 1);
  return filled(taken, places.reshape([...places.shape, ...after]), fillValue, "take");
}

/** `taken` with a number where places are -1. */
function filled(taken: NDArray, places: NDArray, fillValue: number | boolean, fn: string): NDArray {
  if (typeof fillValue !== "number" && typeof fillValue !== "boolean")
    throw new TypeError(`${fn}: "fillValue" expected a number, got ${describe(fillValue)}`);
  const { dtype } = taken;
  const fill = isFloat(dtype) || dtype === "bool" ? Number(fillValue) : Math.trunc(Number(fillValue));
  return apply(WHERE, undefined, places.lt(0)[DATA], scalarData(dtype, fill), taken[DATA]);
}

/** How `take` takes, and what is put where an index is out of bounds. */
export interface FillOptions extends TakeOptions {
  /** What `"fill"` gives, in the dtype of `x`. Default: see `mode`. */
  readonly fillValue?: number | boolean | null;
}

/** What `takeAlongAxis` takes besides the indices. */
export interface TakeAlongAxisOptions {
  /** Default the last; `null` takes from the flattened array. */
  readonly axis?: number | null;
  /** What an index out of bounds gives: see `TakeOptions`. */
  readonly mode?: TakeMode | null;
  /** What mode `"fill"` gives, in the dtype of `x`. Default: see `TakeOptions`. */
  readonly fillValue?: number | boolean | null;
}

/**
 * For every line of `x` along `axis`, the elements at the indices in that line of `indices`. The other axes broadcast.
 * A negative index counts from the end, in every mode. From an axis of size 0 every index gives 0.
 *
 * Source: JAX 0.10.2 `jnp.take_along_axis`.
 * @param mode what an index out of bounds gives, as in `take`
 * @throws TypeError if `indices` holds fractions; ShapeError if the shapes do not fit; RangeError if there is no such
 * axis
 * @example
 * takeAlongAxis([[3, 1], [5, 9]], [[1], [0]], 1).tolist() // => [[1], [5]]
 */
export function takeAlongAxis(
  x: ArrayLike,
  ...places: Given<
    [indices: ArrayLike],
    "indices",
    [axis: number | null, mode: TakeMode | null, fillValue: number | null],
    TakeAlongAxisOptions
  >
): NDArray;
export function takeAlongAxis(): NDArray {
  return inOrder(takeAlongAxisOf, arguments, 3, "takeAlongAxis arr indices axis | mode fillValue");
}

function takeAlongAxisOf(
  x: ArrayLike,
  indices: ArrayLike,
  axis: number | null = -1,
  { mode, fillValue = null }: Omit<TakeAlongAxisOptions, "axis"> = {},
): NDArray {
  const given = asNDArray(x, 'takeAlongAxis: "x"');
  const from = axis === null ? given.flatten() : given;
  const places = indicesOf(indices, 'takeAlongAxis: "indices"');
  const how = checkMode(mode ?? "fill", "takeAlongAxis");
  const at = toAxis(axis ?? 0, from.ndim, 'takeAlongAxis: "axis"');
  if (places.shape.length !== from.ndim) throw rankError(from, places.shape);
  const n = from.shape[at]!;
  const m = places.shape[at]!;
  const others = broadcastShapes(withSize(from.shape, at, 1), withSize(places.shape, at, 1), "takeAlongAxis");
  if (n === 0) return zeros(withSize(others, at, m), from.dtype);
  const wide = broadcastTo(from, withSize(others, at, n));
  const chosen = broadcastTo(
    new NDArray(indicesIn(how === "clip" ? fromStart(places, n) : places, n, how)),
    withSize(others, at, m),
  );
  const taken = apply(TAKE_ALONG_AXIS, at, rawOf(wide), chosen[DATA]);
  return fillValue === null || how !== "fill" ? taken : filled(taken, chosen, fillValue, "takeAlongAxis");
}

function rankError(x: NDArray, shape: readonly number[]): ShapeError {
  const expected = `expected ${x.ndim} axes for shape ${formatShape(x.shape)}`;
  return new ShapeError(`takeAlongAxis: "indices" ${expected}, got shape ${formatShape(shape)}`);
}

/**
 * The elements sorted along an axis, ascending. Equal elements keep their order, NaN is last.
 *
 * Source: JAX 0.10.2 `jnp.sort`.
 * @param options `axis`: default the last, `null` sorts the flattened array. `descending`: the reverse of the ascending
 * order, default false
 * @throws RangeError if there is no such axis
 * @example
 * sort([3, NaN, 1]).tolist() // => [1, 3, NaN]
 * sort([3, 1, 2], { descending: true }).tolist() // => [3, 2, 1]
 */
export function sort(x: ArrayLike, ...places: Places<[axis: number], SortOptions>): NDArray;
export function sort(): NDArray {
  return inOrder(sortOf, arguments, 1, "sort a | axis * kind:0 order:0 stable:b descending:b");
}

function sortOf(x: ArrayLike, { axis = -1, descending = false }: SortOptions = {}): NDArray {
  return asNDArray(x, 'sort: "x"').sort({ axis, descending });
}

/**
 * The indices from which `sort` takes the elements, int32. Equal elements keep their order in both directions.
 *
 * @param options as in `sort`
 * @throws RangeError if there is no such axis
 * @example
 * argsort([3, 1, 2]).tolist() // => [1, 2, 0]
 */
export function argsort(x: ArrayLike, ...places: Places<[axis: number], SortOptions>): NDArray;
export function argsort(): NDArray {
  return inOrder(argsortOf, arguments, 1, "argsort a | axis * kind:0 order:0 stable:b descending:b");
}

function argsortOf(x: ArrayLike, { axis = -1, descending = false }: SortOptions = {}): NDArray {
  return asNDArray(x, 'argsort: "x"').argsort({ axis, descending });
}

/**
 * The `k` largest elements along the last axis, largest first, and their indices. Equal elements keep their order. 0 is
 * above -0, and NaN is the largest. (In JAX a NaN with a set sign bit is the smallest, but the sign of a NaN depends on
 * the engine and the processor.)
 *
 * Source: JAX 0.10.2 `lax.top_k`.
 * @returns `[values, indices]`, the indices int32
 * @throws RangeError if `k` is negative or more than there are; ShapeError for a scalar
 * @example
 * topK([3, 9, 5], 2).map((part) => part.tolist()) // => [[9, 5], [1, 2]]
 */
export function topK(x: ArrayLike, ...places: Given<[k: number], "k">): [values: NDArray, indices: NDArray];
export function topK(): [values: NDArray, indices: NDArray] {
  return inOrder(topKOf, arguments, 2, "topK operand k");
}

function topKOf(x: ArrayLike, k: number): [values: NDArray, indices: NDArray] {
  const from = asNDArray(x, 'topK: "x"');
  if (from.ndim === 0) throw new ShapeError('topK: "x" expected at least one axis, got a scalar');
  const axis = from.ndim - 1;
  const count = int(k, 'topK: "k"');
  if (count < 0 || count > from.shape[axis]!) throw countError(from, k);
  const indices = apply(TOP_K, count, rawOf(from));
  return [apply(TAKE_ALONG_AXIS, axis, from[DATA], indices[DATA]), indices];
}

function countError(x: NDArray, k: number): RangeError {
  const expected = `expected 0 to ${x.shape.at(-1)} for shape ${formatShape(x.shape)}`;
  return new RangeError(`topK: "k" ${expected}, got ${describe(k)}`);
}
