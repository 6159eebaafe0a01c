/** Norms of one array. */
import { inOrder } from "../base/index.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, Axes, NDArray, NormOptions } from "../array/index.ts";
import { asarray, divide, fromLists, lessEqual, norm, sqrt, square, sum, vdot, where } from "../array/index.ts";
import type { Scalar } from "./base.ts";
import { checkOperand } from "./operands.ts";

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

/** What `safeNorm` takes at the end. */
export interface SafeNormOptions {
  /** The norm, as `linalg.norm` has it. Default 2. */
  readonly ord?: NormOptions["ord"] | null;
  /** The axis of the vectors, or several. Default all elements. */
  readonly axis?: Axes;
  readonly keepdims?: boolean;
}

/**
 * The norm of the vectors along an axis, or of all elements, and at least `minNorm`; its gradient is 0 where that
 * counts.
 *
 * Source: optax 0.2.8 `optax/_src/numerics.py` (`safe_norm`), as is the other function of this file.
 * @example
 * optax.safeNorm([3, 4], 1e-6).item() // => 5
 * optax.safeNorm([0, 0], 0.5).item() // => 0.5
 * optax.safeNorm([[3, 4], [0, 0]], 0.5, { axis: 1 }).tolist() // => [5, 0.5]
 */
export function safeNorm(
  x: ArrayLike,
  ...places: Given<
    [minNorm: Scalar],
    "minNorm",
    [ord: NormOptions["ord"] | null, axis: Axes, keepdims: boolean],
    SafeNormOptions
  >
): NDArray;
export function safeNorm(): NDArray {
  return inOrder(safeNormOf, arguments, 2, "optax.safeNorm x minNorm | ord axis keepdims:b");
}

function safeNormOf(x: ArrayLike, minNorm: Scalar, { ord, axis, keepdims }: SafeNormOptions = {}): NDArray {
  const array = fromLists(x, 'optax.safeNorm: "x"');
  checkOperand("safeNorm", "minNorm", minNorm, array);
  const isOfAll = (ord ?? axis ?? undefined) === undefined && keepdims !== true;
  const over = (from: NDArray, keeps: boolean): NDArray =>
    isOfAll ? normOf(from) : norm(from, { ...(ord && { ord }), axis: axis ?? null, keepdims: keeps });
  const small = lessEqual(over(array, true), minNorm);
  const length = over(where(small, 1, array), keepdims === true);
  return where(small.reshape(length.shape), minNorm, length);
}

/**
 * The root of the mean of squares, and at least `minRms`; its gradient is 0 where that counts.
 *
 * @example
 * optax.safeRootMeanSquares([3, 3], 1e-6).item() // => 3
 */
export function safeRootMeanSquares(
  x: ArrayLike,
  ...places: Given<[minRms: Scalar | { readonly minRms: Scalar }], "minRms">
): NDArray;
export function safeRootMeanSquares(): NDArray {
  return inOrder(safeRootMeanSquaresOf, arguments, 2, "optax.safeRootMeanSquares x minRms");
}

function safeRootMeanSquaresOf(x: ArrayLike, minRms: Scalar): NDArray {
  const array = fromLists(x, 'optax.safeRootMeanSquares: "x"');
  checkOperand("safeRootMeanSquares", "minRms", minRms, array);
  const small = lessEqual(rms(array), minRms);
  return where(small, minRms, rms(where(small, 1, array)));
}

/** The root of the mean of squares. */
export function rms(x: ArrayLike): NDArray {
  const array = asarray(x);
  return sqrt(divide(sumOfSquares(array), array.size));
}
