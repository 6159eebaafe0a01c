/** Arrays with entries put in, taken out, repeated to a size or put together from blocks. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike, ShapeLike, SliceText } from "../../data/index.ts";
import {
  assertConcrete,
  broadcastShapes,
  formatShape,
  indicesOf,
  sizeOf,
  toAxis,
  toShape,
  withSize,
} from "../../data/index.ts";
import { zeros } from "../creation/arrays.ts";
import { arange } from "../creation/ranges.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { castTo, weakly } from "../scalar.ts";
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

/**
 * The elements of `x` in another shape, from the start again where there are too few; zeros where there are none.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`resize`).
 * @example
 * jnp.resize([1, 2, 3], [2, 2]).tolist() // => [[1, 2], [3, 1]]
 */
export function resize(x: ArrayLike, ...places: Given<[newShape: ShapeLike], "newShape">): NDArray;
export function resize(): NDArray {
  return inOrder(resizeOf, arguments, 2, "resize a newShape");
}

function resizeOf(x: ArrayLike, newShape: ShapeLike): NDArray {
  const given = asNDArray(x, 'resize: "x"').flatten();
  const shape = toShape(newShape, 'resize: "newShape"');
  if (given.size === 0) return zeros(shape, given.dtype);
  const places = Int32Array.from({ length: sizeOf(shape) }, (_, i) => i % given.size);
  return given.take(places).reshape(shape);
}

/**
 * `x` with an axis moved before another.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`rollaxis`).
 * @param start the axis before which `axis` comes to stand. Default 0
 * @throws RangeError if there is no such axis
 * @example
 * rollaxis(jnp.zeros([2, 3, 4]), 2).shape // => [4, 2, 3]
 */
export function rollaxis(
  x: ArrayLike,
  ...places: Given<[axis: number], "axis", [start: number], { readonly start?: number }>
): NDArray;
export function rollaxis(): NDArray {
  return inOrder(rollaxisOf, arguments, 3, "rollaxis a axis start");
}

function rollaxisOf(x: ArrayLike, axis: number, start = 0): NDArray {
  const given = asNDArray(x, 'rollaxis: "x"');
  const from = toAxis(axis, given.ndim, 'rollaxis: "axis"');
  const wanted = int(start, 'rollaxis: "start"');
  if (wanted < -given.ndim || wanted > given.ndim)
    throw new RangeError(`rollaxis: "start" expected -${given.ndim} to ${given.ndim}, got ${describe(start)}`);
  const before = wanted < 0 ? wanted + given.ndim : wanted;
  return moveaxis(given, from, before > from ? before - 1 : before);
}

/**
 * `x` without the zeros at its start and end, along all axes.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`trim_zeros`).
 * @param trim "f" at the start, "b" at the end, "fb" (default) both
 * @throws TypeError for another text
 * @example
 * trimZeros([0, 0, 1, 0, 2, 0]).tolist() // => [1, 0, 2]
 */
export function trimZeros(
  x: ArrayLike,
  ...places: Places<[trim: string, axis: null], { readonly trim?: string; readonly axis?: null }>
): NDArray;
export function trimZeros(): NDArray {
  return inOrder(trimZerosOf, arguments, 2, "trimZeros filt trim | axis:0");
}

function trimZerosOf(x: ArrayLike, trim = "fb"): NDArray {
  const given = asNDArray(x, 'trimZeros: "x"');
  if (!/^[fb]+$/i.test(trim)) throw new TypeError(`trimZeros: "trim" expected "f", "b" or "fb", got ${describe(trim)}`);
  const index = given.shape.map((n, axis): SliceText => {
    const others = given.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const used = Array.from(given.any(others).data);
    const first = used.indexOf(1);
    if (first < 0) return "0:0";
    return `${/f/i.test(trim) ? first : 0}:${/b/i.test(trim) ? used.lastIndexOf(1) + 1 : n}`;
  });
  return given.slice(...index);
}

/** The options of `ediff1d`. */
export interface Ediff1dOptions {
  /** What comes after the differences. */
  readonly toEnd?: ArrayLike;
  /** What comes before them. */
  readonly toBegin?: ArrayLike;
}

/**
 * The differences of neighbours in the flattened `x`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`ediff1d`).
 * @example
 * ediff1d([1, 4, 9], { toEnd: [0, 0] }).tolist() // => [3, 5, 0, 0]
 */
export function ediff1d(
  x: ArrayLike,
  ...places: Places<[toEnd: ArrayLike, toBegin: ArrayLike], Ediff1dOptions>
): NDArray;
export function ediff1d(): NDArray {
  return inOrder(ediff1dOf, arguments, 1, "ediff1d ary | toEnd toBegin");
}

function ediff1dOf(x: ArrayLike, { toEnd, toBegin }: Ediff1dOptions = {}): NDArray {
  const flat = asNDArray(x, 'ediff1d: "x"').flatten();
  const middle = flat.slice("1:").sub(flat.slice(":-1"));
  const [first, last] = [toBegin, toEnd].map((end) =>
    end === undefined ? [] : [castTo(end, flat.dtype, 'ediff1d: "toBegin" or "toEnd"').flatten()],
  );
  return concatenate([...first!, middle, ...last!]);
}

/** Arrays in lists of lists, of which the innermost are joined along the last axis. */
export type Blocks = ArrayLike | readonly Blocks[];

/**
 * One array of blocks: those of an innermost list side by side along the last axis, those lists along the axis before,
 * and so on.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`block`).
 * @throws ShapeError if the blocks do not fit; TypeError for lists of different depths
 * @example
 * block([[jnp.ones([2, 2]), jnp.zeros([2, 1])]]).tolist() // => [[1, 1, 0], [1, 1, 0]]
 */
export function block(arrays: Blocks): NDArray {
  if (arguments.length > 1) refuseSurplus("block", "arrays", arguments);
  const depth = depthOf(arrays);
  const ndim = Math.max(depth, greatestRank(arrays));
  const leaves = weakly(([arrays] as unknown[]).flat(Infinity) as ArrayLike[], () => 'block: "arrays"');
  const join = (part: Blocks, left: number): NDArray => {
    if (left > 0)
      return concatenate(
        (part as readonly Blocks[]).map((one) => join(one, left - 1)),
        ndim - left,
      );
    const leaf = leaves.shift()!;
    return leaf.reshape([...Array.from({ length: ndim - leaf.ndim }, () => 1), ...leaf.shape]);
  };
  return join(arrays, depth);
}

function depthOf(part: Blocks): number {
  if (!Array.isArray(part)) return 0;
  const depths = new Set((part as Blocks[]).map(depthOf));
  if (depths.size !== 1)
    throw new TypeError(
      `block: "arrays" expected lists of one depth, none empty, got depths ${[...depths].join(", ")}`,
    );
  return 1 + [...depths][0]!;
}

function greatestRank(part: Blocks): number {
  return Array.isArray(part)
    ? Math.max(...(part as Blocks[]).map(greatestRank))
    : asNDArray(part as ArrayLike, 'block: "arrays"').ndim;
}
