/** Norms of one array. */
import type { ArrayLike, NDArray } from "../array/index.ts";
import { lessEqual, mean, sqrt, square, sum, where } from "../array/index.ts";
import type { Scalar } from "./base.ts";

/** The Euclidean norm of all elements. */
export function normOf(x: ArrayLike): NDArray {
  return sqrt(sum(square(x)));
}

/**
 * The Euclidean norm of all elements, and at least `minNorm`; its gradient is 0 where that counts.
 *
 * Source: optax 0.2.8 `optax/_src/numerics.py` (`safe_norm`), as is the other function of this file.
 * @example
 * optax.safeNorm([3, 4], 1e-6).item() // => 5
 * optax.safeNorm([0, 0], 0.5).item() // => 0.5
 */
export function safeNorm(x: ArrayLike, minNorm: Scalar): NDArray {
  const small = lessEqual(normOf(x), minNorm);
  return where(small, minNorm, normOf(where(small, 1, x)));
}

/**
 * The root of the mean of squares, and at least `minRms`; its gradient is 0 where that counts.
 *
 * @example
 * optax.safeRootMeanSquares([3, 3], 1e-6).item() // => 3
 */
export function safeRootMeanSquares(x: ArrayLike, minRms: Scalar): NDArray {
  const small = lessEqual(rms(x), minRms);
  return where(small, minRms, rms(where(small, 1, x)));
}

/** The root of the mean of squares. */
export function rms(x: ArrayLike): NDArray {
  return sqrt(mean(square(x)));
}
