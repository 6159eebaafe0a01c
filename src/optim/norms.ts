/** Norms of one array. */
import type { ArrayLike, NDArray } from "../array/index.ts";
import { asarray, divide, fromLists, lessEqual, sqrt, square, sum, vdot, where } from "../array/index.ts";
import type { Scalar } from "./base.ts";
import { beside } from "./operands.ts";

/** Up to this size XLA adds the elements of an array one after another, so that its bits can be had. */
const ASCENDING = 32;

/**
 * The sum of the squares of all elements: of up to 32 ascending in one accumulator, as XLA adds them, of
 * more in the order of `numpy.sum`.
 */
export function sumOfSquares(x: ArrayLike): NDArray {
  const array = asarray(x);
  return array.size <= ASCENDING ? vdot(array, array) : sum(square(array));
}

/** The Euclidean norm of all elements. */
export function normOf(x: ArrayLike): NDArray {
  return sqrt(sumOfSquares(x));
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
  const array = fromLists(x, 'optax.safeNorm: "x"');
  beside("safeNorm", "minNorm", minNorm, array);
  const small = lessEqual(normOf(array), minNorm);
  return where(small, minNorm, normOf(where(small, 1, array)));
}

/**
 * The root of the mean of squares, and at least `minRms`; its gradient is 0 where that counts.
 *
 * @example
 * optax.safeRootMeanSquares([3, 3], 1e-6).item() // => 3
 */
export function safeRootMeanSquares(x: ArrayLike, minRms: Scalar): NDArray {
  const array = fromLists(x, 'optax.safeRootMeanSquares: "x"');
  beside("safeRootMeanSquares", "minRms", minRms, array);
  const small = lessEqual(rms(array), minRms);
  return where(small, minRms, rms(where(small, 1, array)));
}

/** The root of the mean of squares. */
export function rms(x: ArrayLike): NDArray {
  const array = asarray(x);
  return sqrt(divide(sumOfSquares(array), array.size));
}
