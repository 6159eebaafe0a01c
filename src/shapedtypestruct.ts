import type { DType, NDArray, ShapeLike } from "./array/index.ts";
import { abstractArray, isDType, toShape } from "./array/index.ts";
import { describe } from "./base/index.ts";

/** Makes an array without values, with `new` or without. */
interface ShapeDtypeStructMaker {
  new (shape: ShapeLike, dtype: DType): NDArray;
  (shape: ShapeLike, dtype: DType): NDArray;
}

/**
 * An array that has a shape and a dtype but no values, as `nnx.evalShape` gives. Reading its elements is an error.
 *
 * Source: JAX 0.10.2 `jax/_src/api.py` (`ShapeDtypeStruct`).
 * @throws TypeError if `dtype` is none; ShapeError for a negative size
 * @example
 * String(new ShapeDtypeStruct([2, 3], jnp.bfloat16)) // => "ShapeDtypeStruct(shape=[2, 3], dtype=bfloat16)"
 */
export const ShapeDtypeStruct: ShapeDtypeStructMaker = function (shape: ShapeLike, dtype: DType): NDArray {
  if (!isDType(dtype))
    throw new TypeError(`ShapeDtypeStruct: "dtype" expected a dtype such as jnp.float32, got ${describe(dtype)}`);
  return abstractArray(toShape(shape, 'ShapeDtypeStruct: "shape"'), dtype);
} as unknown as ShapeDtypeStructMaker;
