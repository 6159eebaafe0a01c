import type { PrecisionOptions } from "../precision.ts";
import type { Given } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, Shape } from "../../data/index.ts";
import { formatShape, toAxes } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, rawOf } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { CONTRACT } from "../operations/products.ts";

/**
 * The dot product: the last axis of `a` is summed with the last but one (or only) axis of `b`, ascending as in
 * `matmul`. A scalar multiplies.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`dot`).
 * @returns [...other axes of `a`, ...other axes of `b`]
 * @throws ShapeError naming both shapes if the summed sizes differ
 * @example
 * dot([1, 2, 3], [4, 5, 6]).item() // => 32
 * dot(jnp.ones([2, 3]), jnp.ones([4, 3, 5])).shape // => [2, 4, 5]
 */
export function dot(a: ArrayLike, ...places: Given<[b: ArrayLike], "b", [], PrecisionOptions>): NDArray;
export function dot(): NDArray {
  return inOrder(dotOf, arguments, 2, "dot a b * precision:p");
}

function dotOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = operandsOf(a, b, "dot");
  return pair("dot", x, y, Math.max(0, y.ndim - 2));
}

/**
 * The sum of the products of all elements, both arrays flattened, in row-major order, ascending.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`vdot`).
 * @throws ShapeError naming both shapes if the numbers of elements differ
 * @example
 * vdot([[1, 2], [3, 4]], [[1, 1], [1, 1]]).item() // => 10
 */
export function vdot(a: ArrayLike, ...places: Given<[b: ArrayLike], "b", [], PrecisionOptions>): NDArray;
export function vdot(): NDArray {
  return inOrder(vdotOf, arguments, 2, "vdot a b * precision:p");
}

function vdotOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = operandsOf(a, b, "vdot");
  if (x.size !== y.size) throw sizeError(x, y);
  return pair("vdot", x.flatten(), y.flatten(), 0);
}

function sizeError(x: NDArray, y: NDArray): ShapeError {
  const shapes = `shapes ${formatShape(x.shape)} and ${formatShape(y.shape)}`;
  return new ShapeError(`vdot: ${shapes} do not fit: expected as many elements, got ${x.size} and ${y.size}`);
}

/**
 * The inner product: the last axis of `a` is summed with the last of `b`, ascending as in `matmul`. A scalar
 * multiplies.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`inner`).
 * @returns [...other axes of `a`, ...other axes of `b`]
 * @throws ShapeError naming both shapes if the last sizes differ
 * @example
 * inner([[1, 2], [3, 4]], [10, 1]).tolist() // => [12, 34]
 */
export function inner(a: ArrayLike, ...places: Given<[b: ArrayLike], "b", [], PrecisionOptions>): NDArray;
export function inner(): NDArray {
  return inOrder(innerOf, arguments, 2, "inner a b * precision:p");
}

function innerOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = operandsOf(a, b, "inner");
  return pair("inner", x, y, y.ndim - 1);
}

/**
 * The outer product: each element of `a` times each of `b`, both flattened.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`outer`).
 * @returns [a.size, b.size]
 * @example
 * outer([1, 2], [3, 4, 5]).tolist() // => [[3, 4, 5], [6, 8, 10]]
 */
export function outer(a: ArrayLike, ...places: Given<[b: ArrayLike], "b", [out: null], object>): NDArray;
export function outer(): NDArray {
  return inOrder(outerOf, arguments, 2, "outer a b | out:0");
}

function outerOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = operandsOf(a, b, "outer");
  return x.reshape([x.size, 1]).mul(y.flatten());
}

/** The axes of `tensordot`: how many, or those of both arrays. */
export type TensordotAxes = number | readonly [number | readonly number[], number | readonly number[]];

/** The options of `tensordot`. */
export interface TensordotOptions extends PrecisionOptions {
  /** Default 2. */
  readonly axes?: TensordotAxes;
}

/**
 * The sum over several axes at once. With a number, the last `axes` axes of `a` and the first of `b`; with two lists,
 * the axes of each by pairs. Summed in the order of the list, its last axis fastest, with the arithmetic of `matmul`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`tensordot`).
 * @param axes how many, default 2, or `[axesOfA, axesOfB]`, where either may be one number
 * @returns [...other axes of `a`, ...other axes of `b`]
 * @throws ShapeError naming both shapes if paired sizes differ or there are not so many axes; RangeError for an axis
 * that is not there or comes twice
 * @example
 * tensordot(jnp.ones([2, 3, 4]), jnp.ones([3, 4, 5])).shape // => [2, 5]
 * tensordot(jnp.ones([2, 3]), jnp.ones([4, 2]), [0, 1]).shape // => [3, 4]
 */
export function tensordot(
  a: ArrayLike,
  ...places: Given<[b: ArrayLike], "b", [axes: TensordotAxes], TensordotOptions>
): NDArray;
export function tensordot(): NDArray {
  return inOrder(tensordotOf, arguments, 3, "tensordot a b axes * precision:p");
}

function tensordotOf(
  a: ArrayLike,
  b: ArrayLike,
  axes: number | readonly [number | readonly number[], number | readonly number[]] = 2,
): NDArray {
  const [x, y] = operandsOf(a, b, "tensordot");
  const sum = typeof axes === "number" ? countedAxes(x, y, axes) : listedAxes(x, y, axes);
  return apply(CONTRACT, { fn: "tensordot", sum }, rawOf(x), rawOf(y));
}

/** Axes of two operands that are summed together, by pairs. */
interface AxisPairs {
  readonly a: readonly number[];
  readonly b: readonly number[];
}

function countedAxes(x: NDArray, y: NDArray, axes: number): AxisPairs {
  const count = int(axes, 'tensordot: "axes"');
  if (count < 0 || count > x.ndim || count > y.ndim) throw countError(x, y, count);
  const first = Array.from({ length: count }, (_, i) => i);
  return { a: first.map((i) => x.ndim - count + i), b: first };
}

function countError(x: NDArray, y: NDArray, count: number): ShapeError {
  const shapes = `shapes ${formatShape(x.shape)} and ${formatShape(y.shape)}`;
  const expected = `expected at least ${count} axes on each side`;
  return new ShapeError(`tensordot: ${shapes} do not fit: ${expected}, got ${x.ndim} and ${y.ndim}`);
}

function listedAxes(x: NDArray, y: NDArray, axes: unknown): AxisPairs {
  if (!Array.isArray(axes) || axes.length !== 2)
    throw new TypeError(`tensordot: "axes" expected a number or two lists of axes, got ${describe(axes)}`);
  const a = toAxes(axes[0], x.ndim, 'tensordot: "axes"');
  const b = toAxes(axes[1], y.ndim, 'tensordot: "axes"');
  if (a.length !== b.length) throw pairError(x.shape, y.shape, a, b);
  return { a, b };
}

function pairError(x: Shape, y: Shape, a: readonly number[], b: readonly number[]): ShapeError {
  const expected = `expected as many axes of "a" ${formatShape(x)} as of "b" ${formatShape(y)}`;
  return new ShapeError(`tensordot: "axes" ${expected}, got ${a.length} and ${b.length}`);
}

/** The operands as arrays; a bare number is weak. */
function operandsOf(a: ArrayLike, b: ArrayLike, fn: string): [NDArray, NDArray] {
  return weakly([a, b], (i) => `${fn}: "${i === 0 ? "a" : "b"}"`) as [NDArray, NDArray];
}

/** The last axis of `x` summed with axis `axis` of `y`; a scalar on either side multiplies. */
function pair(fn: string, x: NDArray, y: NDArray, axis: number): NDArray {
  if (x.ndim === 0 || y.ndim === 0) return x.mul(y);
  return apply(CONTRACT, { fn, sum: { a: [x.ndim - 1], b: [axis] } }, rawOf(x), rawOf(y));
}
