import { describe, hasBrand } from "../base/index.ts";
import type { ArrayLike } from "./convert.ts";
import { DENSE, TO_ARRAY, toDense } from "./convert.ts";
import type { Dense } from "./dense.ts";
import { castDense, dense, zerosDense } from "./dense.ts";
import type { DType } from "./dtype.ts";
import { isDType } from "./dtype.ts";
import { binary, NDArray } from "./ndarray.ts";
import type { ShapeLike } from "./shape.ts";
import { toShape } from "./shape.ts";

/**
 * Whether `x` is an array, of this copy of the package or another.
 *
 * @example
 * isArray(jnp.zeros([2])) // => true
 */
export function isArray(x: unknown): x is NDArray {
  return hasBrand(x, "NDArray");
}

/**
 * An array of the elements of `x`. Typed arrays keep their type (64-bit ones become 32-bit); JavaScript numbers are
 * float32, bigints int32, booleans bool. The elements are copied, so that later writes to `x` do not show.
 *
 * @param dtype casts to this
 * @throws TypeError if `x` is ragged or holds something other than numbers
 * @example
 * array([1, 2, 3]).dtype // => "float32"
 * array([[1n, 2n]]).shape // => [1, 2]
 */
export function array(x: ArrayLike, dtype?: DType): NDArray {
  const given = toDense(x, 'array: "x"');
  const cast = dtype === undefined ? given : castDense(given, checkedDtype(dtype, "array"));
  return new NDArray(cast === given && isShared(x) ? copyOf(cast) : cast);
}

/**
 * `array(x)`, save that an array is given back as it is.
 *
 * @example
 * const a = array([1]);
 * asarray(a) === a // => true
 */
export function asarray(x: ArrayLike, dtype?: DType): NDArray {
  if (x instanceof NDArray && (dtype === undefined || dtype === x.dtype)) return x;
  const given = toDense(x, 'asarray: "x"');
  return new NDArray(dtype === undefined ? given : castDense(given, checkedDtype(dtype, "asarray")));
}

/** Whether converting `x` gives elements that are another array's too. */
function isShared(x: ArrayLike): boolean {
  return typeof x === "object" && (DENSE in x || TO_ARRAY in x);
}

function copyOf(x: Dense): Dense {
  return dense(x.shape, x.dtype, x.storage.data.slice());
}

function checkedDtype(dtype: unknown, fn: string): DType {
  if (isDType(dtype)) return dtype;
  throw new TypeError(`${fn}: "dtype" expected float32, int32, uint32, uint16, uint8 or bool, got ${describe(dtype)}`);
}

/**
 * An array of zeros, float32 unless told otherwise.
 *
 * @example
 * zeros([2, 2]).tolist() // => [[0, 0], [0, 0]]
 */
export function zeros(shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return full(shape, 0, dtype);
}

/**
 * An array of ones, float32 unless told otherwise.
 *
 * @example
 * ones(3).tolist() // => [1, 1, 1]
 */
export function ones(shape: ShapeLike, dtype: DType = "float32"): NDArray {
  return full(shape, 1, dtype);
}

function full(shape: ShapeLike, value: number, dtype: DType): NDArray {
  const x = zerosDense(toShape(shape, value === 0 ? 'zeros: "shape"' : 'ones: "shape"'), checkedDtype(dtype, value === 0 ? "zeros" : "ones"));
  if (value !== 0) x.storage.data.fill(value);
  return new NDArray(x);
}

/**
 * `a + b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * add([1, 2], [[10], [20]]).tolist() // => [[11, 12], [21, 22]]
 */
export function add(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("add", a, b);
}

/**
 * `a - b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast; TypeError for two bool arrays
 * @example
 * subtract([3, 4], 1).tolist() // => [2, 3]
 */
export function subtract(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("subtract", a, b);
}

/**
 * `a * b`, broadcast.
 *
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * multiply([1, 2, 3], 2).tolist() // => [2, 4, 6]
 */
export function multiply(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("multiply", a, b);
}

/**
 * `a / b`, broadcast, float32. A divisor smaller than the result multiplies by its reciprocal, two roundings, as
 * XLA rewrites it (jaxlib 0.10.2); equal shapes divide as IEEE says.
 *
 * @example
 * divide(1, 3).item() === Math.fround(1 / 3) // => true
 */
export function divide(a: ArrayLike, b: ArrayLike): NDArray {
  return binary("divide", a, b);
}

/**
 * `-x`: floats flip the sign, integers wrap.
 *
 * @throws TypeError for a bool array
 * @example
 * negative([1, -2]).tolist() // => [-1, 2]
 */
export function negative(x: ArrayLike): NDArray {
  return asarray(x).neg();
}

/**
 * The matrix product of `a` [..., i, n] and `b` [..., n, j]: the axes before broadcast, an operand with one axis is a
 * row on the left and a column on the right. Each output is summed over n ascending from 0, products and sums rounded
 * to float32 one by one; integers wrap.
 *
 * @throws ShapeError naming both shapes if the inner sizes differ or the batches do not broadcast
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`matmul`).
 * @example
 * matmul([1, 2], [[1, 2, 3], [4, 5, 6]]).tolist() // => [9, 12, 15]
 */
export function matmul(a: ArrayLike, b: ArrayLike): NDArray {
  return asNDArray(a, 'matmul: "a"').matmul(b);
}

function asNDArray(x: ArrayLike, name: string): NDArray {
  return x instanceof NDArray ? x : new NDArray(toDense(x, name));
}
