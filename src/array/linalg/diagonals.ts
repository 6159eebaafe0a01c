/** Diagonals of stacks of matrices: those of numpy go along the first two axes, these along the last two. */
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { diagonal, trace } from "../products/vectors.ts";

/**
 * A diagonal of each matrix of a stack.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`diagonal`).
 * @param options `offset`: above the main diagonal if positive. Default 0
 * @returns [...the stack, n]
 * @throws ShapeError if there are fewer than two axes
 * @example
 * jnp.linalg.diagonal([[[1, 2], [3, 4]]]).tolist() // => [[1, 4]]
 */
export function linalgDiagonal(x: ArrayLike, options?: { readonly offset?: number }): NDArray;
export function linalgDiagonal(): NDArray {
  return inOrder(diagonalOf, arguments, 1, "linalg.diagonal x | * offset");
}

function diagonalOf(x: ArrayLike, options: object): NDArray {
  return diagonal(x, { ...options, axis1: -2, axis2: -1 });
}

/**
 * The sum of a diagonal of each matrix of a stack.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`trace`).
 * @param options as of `linalg.diagonal`, and `dtype`, in which the sum is
 * @throws ShapeError if there are fewer than two axes
 * @example
 * jnp.linalg.trace([[[1, 2], [3, 4]]]).tolist() // => [5]
 */
export function linalgTrace(
  x: ArrayLike,
  options?: { readonly offset?: number; readonly dtype?: DType | null },
): NDArray;
export function linalgTrace(): NDArray {
  return inOrder(traceOf, arguments, 1, "linalg.trace x | * offset dtype:d");
}

function traceOf(x: ArrayLike, options: object): NDArray {
  return trace(x, { ...options, axis1: -2, axis2: -1 });
}
