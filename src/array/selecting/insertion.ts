/** Arrays with entries put in or taken out. */
import type { Given } from "../../base/index.ts";
import { inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, SliceText } from "../../data/index.ts";
import { assertConcrete, broadcastShapes, formatShape, indicesOf, toAxis, withSize } from "../../data/index.ts";
import { arange } from "../creation/ranges.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { castTo } from "../scalar.ts";
import { concatenate } from "../manipulation/joining.ts";
import { broadcastTo, moveaxis } from "../manipulation/shapes.ts";

/** Entries along an axis: a whole number, several, or a slice as text. */
export type AxisIndices = ArrayLike | SliceText;

/** The entries along an axis of size `n`, from 0; `isOne` if a lone number names them. */
function entriesOf(obj: AxisIndices, n: number, name: string): { at: number[]; isOne: boolean } {
  if (typeof obj === "string") return { at: arange(n).slice(obj).tolist() as number[], isOne: false };
  if (typeof obj === "number") return { at: [int(obj, name)], isOne: true };
  const given = indicesOf(obj, name);
  assertConcrete(given);
  const { shape, storage } = given;
  if (shape.length > 1) throw new ShapeError(`${name} expected at most one axis, got shape ${formatShape(shape)}`);
  return { at: Array.from(storage.data, Number), isOne: shape.length === 0 };
}

/** `x` along an axis, flattened for none, and that axis. */
function along(x: ArrayLike, axis: number | null, fn: string): [x: NDArray, axis: number] {
  const given = asNDArray(x, `${fn}: "x"`);
  return axis === null ? [given.flatten(), 0] : [given, toAxis(axis, given.ndim, `${fn}: "axis"`)];
}

/**
 * `x` with `values` put in before the entries at `obj` of `x` along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`insert`).
 * @param obj a whole number, several, or a slice as text; clipped to the axis
 * @param values of the dtype of `x`; broadcast
 * @param axis `null` (default) flattens first
 * @throws ShapeError if the values do not fit; RangeError if there is no such axis
 * @example
 * insert([1, 2, 3], 1, 9).tolist() // => [1, 9, 2, 3]
 * insert([[1, 2], [3, 4]], [0, 2], 9, 1).tolist() // => [[9, 1, 2, 9], [9, 3, 4, 9]]
 */
export function insert(
  x: ArrayLike,
  ...places: Given<
    [obj: AxisIndices, values: ArrayLike],
    "obj values",
    [axis: number | null],
    { readonly axis?: number | null }
  >
): NDArray;
export function insert(): NDArray {
  return inOrder(insertOf, arguments, 4, "insert arr obj values axis");
}

function insertOf(x: ArrayLike, obj: AxisIndices, values: ArrayLike, axis: number | null = null): NDArray {
  const [from, at] = along(x, axis, "insert");
  const n = from.shape[at]!;
  const { at: given, isOne } = entriesOf(obj, n, 'insert: "obj"');
  let put = castTo(values, from.dtype, 'insert: "values"');
  while (put.ndim < from.ndim) put = put.reshape([1, ...put.shape]);
  if (isOne) put = moveaxis(put, 0, at);
  const some = given.length === 1 ? Array.from({ length: put.shape[at]! }, () => given[0]!) : given;
  const [count] = broadcastShapes([some.length], [put.shape[at]!], "insert");
  const sorted = some
    .map((place) => Math.min(Math.max(place < 0 ? place + n : place, 0), n))
    .map((place, i) => ({ place, i }))
    .sort((a, b) => a.place - b.place || a.i - b.i);
  const wide = broadcastTo(put, withSize(from.shape, at, count!));
  const order: number[] = [];
  let next = 0;
  for (const { place, i } of sorted) {
    while (next < place) order.push(next++);
    order.push(n + i);
  }
  while (next < n) order.push(next++);
  return concatenate([from, wide], at).take(Int32Array.from(order), { axis: at });
}

/**
 * `x` without the entries at `obj` along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`delete`).
 * @param obj a whole number, several, a slice as text, or bools
 * @param axis `null` (default) flattens first
 * @throws RangeError if there is no such axis, or no entry at a lone number
 * @example
 * jnp.delete([1, 2, 3, 4], [0, -1]).tolist() // => [2, 3]
 * jnp.delete([[1, 2], [3, 4]], 0, 1).tolist() // => [[2], [4]]
 */
export function remove(
  x: ArrayLike,
  ...places: Given<
    [obj: AxisIndices],
    "obj",
    [axis: number | null],
    { readonly axis?: number | null; readonly assumeUniqueIndices?: boolean }
  >
): NDArray;
export function remove(): NDArray {
  return inOrder(removeOf, arguments, 3, "delete arr obj axis * assumeUniqueIndices:b");
}

function removeOf(x: ArrayLike, obj: AxisIndices, axis: number | null = null): NDArray {
  const [from, at] = along(x, axis, "delete");
  const n = from.shape[at]!;
  const mask = typeof obj === "string" ? undefined : asNDArray(obj, 'delete: "obj"');
  const isMask = mask?.dtype === "bool";
  const given = isMask ? maskedEntries(mask, n) : entriesOf(obj, n, 'delete: "obj"');
  if (given.isOne) given.at[0] = toAxis(given.at[0]!, n, 'delete: "obj"');
  const gone = new Set(given.at.map((place) => (place < 0 ? place + n : place)));
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => !gone.has(i));
  return from.take(Int32Array.from(kept), { axis: at });
}

function maskedEntries(mask: NDArray, n: number): { at: number[]; isOne: boolean } {
  if (mask.ndim !== 1 || mask.size !== n)
    throw new ShapeError(`delete: "obj" expected ${n} bools, got shape ${formatShape(mask.shape)}`);
  return { at: Array.from(mask.data).flatMap((is, i) => (is === 0 ? [] : [i])), isOne: false };
}
