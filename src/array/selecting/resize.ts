/** Arrays repeated, or cut, to a size. */
import type { Given } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, ShapeLike } from "../../data/index.ts";
import { sizeOf, toShape } from "../../data/index.ts";
import { zeros } from "../creation/arrays.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

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
