/** numpy.linalg: what there is of it. */
import { describe } from "../../base/index.ts";
import type { ArrayLike, NormOrder, ReduceOptions } from "../../data/index.ts";
import { normData, toData, toReduceArgs } from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/** What `norm` takes beside the array. */
export interface NormOptions extends ReduceOptions {
  /** Default 2, of all elements; 0, 1, Infinity and -Infinity are for vectors; "fro" is 2 for matrices. */
  readonly ord?: NormOrder;
}

/**
 * The norm of vectors along an axis, or of all elements, float32; sums in the order of `sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`norm`), of which the matrix norms other than Frobenius are left out.
 * @throws RangeError if `ord` is none of the orders, or a vector's with two axes
 * @example
 * jnp.linalg.norm([3, 4]).item() // => 5
 * jnp.linalg.norm([[3, -4], [6, 8]], { ord: 1, axis: 1 }).tolist() // => [7, 14]
 */
export function norm(x: ArrayLike, { ord, ...options }: NormOptions = {}): NDArray {
  const from = toData(x, 'norm: "x"');
  const [axes, keepdims] = toReduceArgs(options, {}, from.shape.length, "norm");
  if (ord !== undefined && ord !== "fro" && axes.length !== 1)
    throw new RangeError(
      `norm: "ord" expected nothing or "fro" for ${axes.length} axes, got ${describe(ord)}. Name one axis for a vector norm`,
    );
  return new NDArray(normData(from, ord ?? 2, axes, keepdims));
}
