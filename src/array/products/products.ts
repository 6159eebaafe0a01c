import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, ArrayData } from "../../data/index.ts";
import { contract, formatShape, sizeOf, toAxes, toData } from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/**
 * The dot product: the last axis of `a` with the last but one (or only) of `b`, [...a, ...b] of the others; a scalar
 * multiplies. Summed ascending as in `matmul`.
 *
 * @throws ShapeError naming both shapes if the summed sizes differ
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`dot`).
 * @example
 * dot([1, 2, 3], [4, 5, 6]).item() // => 32
 * dot(jnp.ones([2, 3]), jnp.ones([4, 3, 5])).shape // => [2, 4, 5]
 */
export function dot(a: ArrayLike, b: ArrayLike): NDArray {
  const x = toData(a, 'dot: "a"');
  const y = toData(b, 'dot: "b"');
  return pair("dot", x, y, Math.max(0, y.shape.length - 2));
}

/**
 * The sum of the products of all elements, both arrays flattened; the elements in row-major order, ascending.
 *
 * @throws ShapeError naming both shapes if the numbers of elements differ
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`vdot`).
 * @example
 * vdot([[1, 2], [3, 4]], [[1, 1], [1, 1]]).item() // => 10
 */
export function vdot(a: ArrayLike, b: ArrayLike): NDArray {
  const x = toData(a, 'vdot: "a"');
  const y = toData(b, 'vdot: "b"');
  const [n, m] = [sizeOf(x.shape), sizeOf(y.shape)];
  if (n !== m)
    throw new ShapeError(
      `vdot: shapes ${formatShape(x.shape)} and ${formatShape(y.shape)} do not fit: expected as many elements, got ${n} and ${m}`,
    );
  return pair("vdot", { ...x, shape: [n] }, { ...y, shape: [n] }, 0);
}

/**
 * The last axis of `a` with the last of `b`: [...a, ...b] of the others; a scalar multiplies. Summed ascending as in
 * `matmul`.
 *
 * @throws ShapeError naming both shapes if the last sizes differ
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`inner`).
 * @example
 * inner([[1, 2], [3, 4]], [10, 1]).tolist() // => [12, 34]
 */
export function inner(a: ArrayLike, b: ArrayLike): NDArray {
  const x = toData(a, 'inner: "a"');
  const y = toData(b, 'inner: "b"');
  return pair("inner", x, y, y.shape.length - 1);
}

/**
 * Every element of `a` times every element of `b`, both flattened: [a.size, b.size].
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`outer`).
 * @example
 * outer([1, 2], [3, 4, 5]).tolist() // => [[3, 4, 5], [6, 8, 10]]
 */
export function outer(a: ArrayLike, b: ArrayLike): NDArray {
  const x = new NDArray(toData(a, 'outer: "a"'));
  return x.reshape([x.size, 1]).mul(new NDArray(toData(b, 'outer: "b"')).reshape([-1]));
}

/**
 * The sum over several axes at once. With a number, the last `axes` axes of `a` and the first of `b`; with two lists,
 * the axes of each by pairs. Summed in the order of the list, its last axis fastest, with the arithmetic of `matmul`.
 *
 * @param axes how many, default 2, or `[axesOfA, axesOfB]`, where either may be one number
 * @returns [...other axes of `a`, ...other axes of `b`]
 * @throws ShapeError naming both shapes if paired sizes differ or there are not so many axes; RangeError for an axis
 * that is not there or comes twice
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`tensordot`).
 * @example
 * tensordot(jnp.ones([2, 3, 4]), jnp.ones([3, 4, 5])).shape // => [2, 5]
 * tensordot(jnp.ones([2, 3]), jnp.ones([4, 2]), [0, 1]).shape // => [3, 4]
 */
export function tensordot(
  a: ArrayLike,
  b: ArrayLike,
  axes: number | readonly [number | readonly number[], number | readonly number[]] = 2,
): NDArray {
  const x = toData(a, 'tensordot: "a"');
  const y = toData(b, 'tensordot: "b"');
  return new NDArray(
    contract("tensordot", x, y, { sum: typeof axes === "number" ? counted(x, y, axes) : listed(x, y, axes) }),
  );
}

function counted(x: ArrayData, y: ArrayData, axes: number): { a: number[]; b: number[] } {
  const count = int(axes, 'tensordot: "axes"');
  const [n, m] = [x.shape.length, y.shape.length];
  if (count < 0 || count > n || count > m)
    throw new ShapeError(
      `tensordot: shapes ${formatShape(x.shape)} and ${formatShape(y.shape)} do not fit: expected at least ${count} axes on each side, got ${n} and ${m}`,
    );
  const first = Array.from({ length: count }, (_, i) => i);
  return { a: first.map((i) => n - count + i), b: first };
}

function listed(x: ArrayData, y: ArrayData, axes: unknown): { a: number[]; b: number[] } {
  if (!Array.isArray(axes) || axes.length !== 2)
    throw new TypeError(`tensordot: "axes" expected a number or two lists of axes, got ${describe(axes)}`);
  const [a, b] = [x, y].map(({ shape }, i) => toAxes(axes[i], shape.length, 'tensordot: "axes"')) as [
    number[],
    number[],
  ];
  if (a.length !== b.length)
    throw new ShapeError(
      `tensordot: "axes" expected as many axes of "a" ${formatShape(x.shape)} as of "b" ${formatShape(y.shape)}, got ${a.length} and ${b.length}`,
    );
  return { a, b };
}

/** The last axis of `x` against axis `axis` of `y`; a scalar on either side multiplies. */
function pair(fn: string, x: ArrayData, y: ArrayData, axis: number): NDArray {
  if (x.shape.length === 0 || y.shape.length === 0) return new NDArray(x).mul(new NDArray(y));
  return new NDArray(contract(fn, x, y, { sum: { a: [x.shape.length - 1], b: [axis] } }));
}
