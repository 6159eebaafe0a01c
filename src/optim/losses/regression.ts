import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  abs,
  add,
  asarray,
  clip,
  divide,
  fromLists,
  log,
  logaddexp,
  minimum,
  multiply,
  negative,
  sqrt,
  square,
  subtract,
} from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import { checkOperand } from "../operands.ts";
import type { Arrays, AxisOptions } from "./inputs.ts";
import { floating, sameShapes, sumWhere } from "./inputs.ts";

/**
 * The squared error, element by element: (predictions - targets)^2.
 *
 * @param targets default zeros
 *
 * Source: optax 0.2.8 `optax/losses/_regression.py` (`squared_error`), as are the other functions of this file.
 * @throws TypeError for predictions that are not floats; ShapeError if the shapes differ
 * @example
 * optax.squaredError([1, 3], [1, 1]).tolist() // => [0, 4]
 */
export function squaredError(named: Arrays<"predictions"> & { readonly targets?: ArrayLike | null }): NDArray;
export function squaredError(predictions: ArrayLike, named: { readonly targets?: ArrayLike | null }): NDArray;
export function squaredError(predictions: ArrayLike, targets?: ArrayLike | null): NDArray;
export function squaredError(): NDArray {
  return inOrder(squaredErrorOf, arguments, 2, "optax.squaredError predictions targets");
}

function squaredErrorOf(predictions: ArrayLike, targets?: ArrayLike | null): NDArray {
  return squaredErrors("squaredError", predictions, targets);
}

/** Of arrays of one shape: a loss of shapes that broadcast is rarely meant. */
function squaredErrors(fn: string, predictions: ArrayLike, targets: ArrayLike | null | undefined): NDArray {
  const x = floating(fn, "predictions", predictions);
  if (targets === undefined || targets === null) return square(x);
  const y = fromLists(targets, `optax.${fn}: "targets"`);
  sameShapes(fn, x, y, ["predictions", "targets"]);
  return square(subtract(x, y));
}

/**
 * Half the squared error, element by element: 0.5 * (predictions - targets)^2.
 *
 * @param targets default zeros
 * @throws TypeError for predictions that are not floats; ShapeError if the shapes differ
 * @example
 * optax.l2Loss([1, 3], [1, 1]).tolist() // => [0, 2]
 */
export function l2Loss(named: Arrays<"predictions"> & { readonly targets?: ArrayLike | null }): NDArray;
export function l2Loss(predictions: ArrayLike, named: { readonly targets?: ArrayLike | null }): NDArray;
export function l2Loss(predictions: ArrayLike, targets?: ArrayLike | null): NDArray;
export function l2Loss(): NDArray {
  return inOrder(l2LossOf, arguments, 2, "optax.l2Loss predictions targets");
}

function l2LossOf(predictions: ArrayLike, targets?: ArrayLike | null): NDArray {
  return multiply(0.5, squaredErrors("l2Loss", predictions, targets));
}

function errorsOf(fn: string, predictions: ArrayLike, targets: ArrayLike | null | undefined): NDArray {
  const x = floating(fn, "predictions", predictions);
  return targets === undefined || targets === null ? x : subtract(x, checkOperand(fn, "targets", targets, x));
}

/** What `huberLoss` takes at the end. */
export interface HuberLossOptions {
  /** Where the parabola becomes a line. Default 1. */
  readonly delta?: number;
}

/**
 * The Huber loss, element by element: half the squared error up to `delta`, then a straight line.
 *
 * @param targets default zeros
 * @throws TypeError for predictions that are not floats or a `delta` that is not a number; ShapeError if the shapes do
 * not broadcast
 * @example
 * optax.huberLoss([0.5, 3], [0, 0]).tolist() // => [0.125, 2.5]
 */
export function huberLoss(
  named: Arrays<"predictions"> & { readonly targets?: ArrayLike | null } & HuberLossOptions,
): NDArray;
export function huberLoss(
  predictions: ArrayLike,
  named: { readonly targets?: ArrayLike | null } & HuberLossOptions,
): NDArray;
export function huberLoss(predictions: ArrayLike, targets?: ArrayLike | null, options?: HuberLossOptions): NDArray;
export function huberLoss(): NDArray {
  return inOrder(huberLossOf, arguments, 2, "optax.huberLoss predictions targets | * delta");
}

function huberLossOf(
  predictions: ArrayLike,
  targets?: ArrayLike | null,
  { delta = 1 }: HuberLossOptions = {},
): NDArray {
  if (typeof delta !== "number")
    throw new TypeError(`optax.huberLoss: "delta" expected a number, got ${describe(delta)}`);
  const size = abs(errorsOf("huberLoss", predictions, targets));
  const quadratic = minimum(size, delta);
  return add(multiply(0.5, square(quadratic)), multiply(delta, subtract(size, quadratic)));
}

/**
 * The logarithm of the hyperbolic cosine of the error, element by element: logaddexp(e, -e) - log(2).
 *
 * @param targets default zeros
 * @throws TypeError for predictions that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.logCosh([0, 100], [0, 0]).tolist() // => [0, 99.306854]
 */
export function logCosh(named: Arrays<"predictions"> & { readonly targets?: ArrayLike | null }): NDArray;
export function logCosh(predictions: ArrayLike, named: { readonly targets?: ArrayLike | null }): NDArray;
export function logCosh(predictions: ArrayLike, targets?: ArrayLike | null): NDArray;
export function logCosh(): NDArray {
  return inOrder(logCoshOf, arguments, 2, "optax.logCosh predictions targets");
}

function logCoshOf(predictions: ArrayLike, targets?: ArrayLike | null): NDArray {
  const errors = errorsOf("logCosh", predictions, targets);
  return subtract(logaddexp(errors, negative(errors)), log(2).astype(errors.dtype));
}

/** What `cosineSimilarity` and `cosineDistance` take at the end. */
export interface CosineOptions extends AxisOptions {
  /** What a squared norm counts as at least. Default 0. */
  readonly epsilon?: number;
}

/**
 * The cosine of the angle between vectors, one value an example.
 *
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.cosineSimilarity([[3, 0], [0, 2]], [[1, 0], [1, 0]]).tolist() // => [1, 0]
 */
export function cosineSimilarity(
  ...places: Given<[predictions: ArrayLike, targets: ArrayLike], "predictions targets", [], CosineOptions>
): NDArray;
export function cosineSimilarity(): NDArray {
  return inOrder(
    cosineSimilarityOf,
    arguments,
    2,
    "optax.cosineSimilarity predictions targets | * epsilon axis where:x",
  );
}

function cosineSimilarityOf(predictions: ArrayLike, targets: ArrayLike, options: CosineOptions = {}): NDArray {
  return cosineOf("cosineSimilarity", predictions, targets, options);
}

/** `cosineSimilarity` for errors of the function `fn`. */
function cosineOf(
  fn: string,
  predictions: ArrayLike,
  targets: ArrayLike,
  { epsilon = 0, axis = -1, where }: CosineOptions,
): NDArray {
  if (typeof epsilon !== "number")
    throw new TypeError(`optax.${fn}: "epsilon" expected a number, got ${describe(epsilon)}`);
  const a = floating(fn, "predictions", predictions);
  const b = floating(fn, "targets", targets);
  checkOperand(fn, "targets", b, a);
  const mask = where === undefined ? undefined : asarray(where);
  const unit = (x: NDArray): NDArray => divide(x, sqrt(clip(sumWhere(square(x), axis, mask, true), epsilon)));
  return sumWhere(multiply(unit(a), unit(b)), axis, mask);
}

/**
 * 1 - `cosineSimilarity`.
 *
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.cosineDistance([[3, 0], [0, 2]], [[1, 0], [1, 0]]).tolist() // => [0, 1]
 */
export function cosineDistance(
  ...places: Given<[predictions: ArrayLike, targets: ArrayLike], "predictions targets", [], CosineOptions>
): NDArray;
export function cosineDistance(): NDArray {
  return inOrder(cosineDistanceOf, arguments, 2, "optax.cosineDistance predictions targets | * epsilon axis where:x");
}

function cosineDistanceOf(predictions: ArrayLike, targets: ArrayLike, options: CosineOptions = {}): NDArray {
  return subtract(1, cosineOf("cosineDistance", predictions, targets, options));
}
