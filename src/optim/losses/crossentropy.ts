import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import {
  add,
  any,
  asarray,
  crossEntropyOfRows,
  exp,
  expandDims,
  logsumexp,
  multiply,
  negative,
  notEqual,
  reshape,
  squeeze,
  subtract,
  takeAlongAxis,
  transpose,
  where as choose,
} from "../../array/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { Given } from "../../base/index.ts";
import { checkOperand } from "../operands.ts";
import type { AxisOptions } from "./inputs.ts";
import { floating, integers, logSoftmax, sumWhere } from "./inputs.ts";

/**
 * The cross-entropy of logits and integer labels, one value an example: logsumexp(logits) - logits[label].
 *
 * A label outside the classes gives NaN, as in JAX, and a negative one counts from the end. `.mean()` makes a loss to
 * differentiate.
 *
 * @param logits [..., classes], floats
 * @param labels whole numbers, in the shape of the logits without the axis of the classes
 *
 * Source: optax 0.2.8 `optax/losses/_classification.py` (`softmax_cross_entropy_with_integer_labels`).
 * @throws TypeError for logits that are not floats or labels that are not integers; ShapeError if the shapes do not fit
 * @example
 * optax.softmaxCrossEntropyWithIntegerLabels([[0, 0], [100, 0]], [1, 0]).tolist() // => [0.6931472, 0]
 */
export function softmaxCrossEntropyWithIntegerLabels(
  ...places: Given<
    [logits: ArrayLike, labels: ArrayLike],
    "logits labels",
    [axis: Axes, where: ArrayLike | null],
    AxisOptions
  >
): NDArray;
export function softmaxCrossEntropyWithIntegerLabels(): NDArray {
  return inOrder(
    softmaxCrossEntropyWithIntegerLabelsOf,
    arguments,
    2,
    "optax.softmaxCrossEntropyWithIntegerLabels logits labels | axis where:x",
  );
}

function softmaxCrossEntropyWithIntegerLabelsOf(
  logits: ArrayLike,
  labels: ArrayLike,
  { axis = -1, where }: AxisOptions = {},
): NDArray {
  const fn = "softmaxCrossEntropyWithIntegerLabels";
  const { x, mask } = lastAxis(floating(fn, "logits", logits), axis, where, fn);
  const { shape } = asarray(labels);
  if (shape.length !== x.ndim - 1 || shape.some((size, i) => size !== x.shape[i])) throw labelsError(fn, x, shape);
  const y = integers(fn, "labels", labels);
  const fused = mask === undefined ? crossEntropyOfRows(x, y) : undefined;
  if (fused !== undefined) return fused;
  const chosen = squeeze(takeAlongAxis(x, expandDims(y, -1), -1), -1);
  if (mask === undefined) return subtract(logsumexp(x, -1), chosen);
  const out = subtract(logsumexp(choose(mask, x, -Infinity), -1), chosen);
  return choose(any(mask, -1), out, 0);
}

/** The logits and what counts of them, the axes of the classes as one, the last. */
function lastAxis(
  x: NDArray,
  axis: Axes,
  where: ArrayLike | undefined,
  fn: string,
): { readonly x: NDArray; readonly mask: NDArray | undefined } {
  if (axis === null) throw new TypeError(`optax.${fn}: "axis" expected a number or numbers, got null`);
  const axes = (typeof axis === "number" ? [axis] : axis).map((at) => (at < 0 ? at + x.ndim : at));
  for (const at of axes)
    if (!Number.isInteger(at) || at < 0 || at >= x.ndim)
      throw new RangeError(`optax.${fn}: "axis" expected axes of ${describe(x)}, got ${JSON.stringify(axis)}`);
  const others = x.shape.map((_, at) => at).filter((at) => !axes.includes(at));
  const toLast = (array: NDArray): NDArray => {
    if (axes.length === 1 && axes[0] === x.ndim - 1) return array;
    return reshape(transpose(array, [...others, ...axes]), [...others.map((at) => array.shape[at]!), -1]);
  };
  const given = where === undefined ? undefined : asarray(where);
  const mask = given === undefined || given.ndim === x.ndim ? given : expandDims(given, axes);
  return { x: toLast(x), mask: mask === undefined ? undefined : toLast(mask) };
}

function labelsError(fn: string, x: NDArray, shape: readonly number[]): ShapeError {
  const hint = shape.length === x.ndim ? ". optax.softmaxCrossEntropy takes one-hot labels" : "";
  return new ShapeError(
    `optax.${fn}: "labels" expected shape [${x.shape.slice(0, -1).join(", ")}], got [${shape.join(", ")}]${hint}`,
  );
}

/**
 * The cross-entropy of logits and probabilities of classes, one value an example: -sum(labels * logSoftmax(logits)).
 *
 * @param logits [..., classes], floats
 * @param labels of the same shape, or one that broadcasts to it
 *
 * Source: optax 0.2.8 `optax/losses/_classification.py` (`softmax_cross_entropy`), as is the other function below.
 * @throws TypeError for logits that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.softmaxCrossEntropy([[0, 0]], [[0.5, 0.5]]).tolist() // => [0.6931472]
 */
export function softmaxCrossEntropy(
  ...places: Given<
    [logits: ArrayLike, labels: ArrayLike],
    "logits labels",
    [axis: Axes, where: ArrayLike | null],
    AxisOptions
  >
): NDArray;
export function softmaxCrossEntropy(): NDArray {
  return inOrder(softmaxCrossEntropyOf, arguments, 2, "optax.softmaxCrossEntropy logits labels | axis where:x");
}

function softmaxCrossEntropyOf(logits: ArrayLike, labels: ArrayLike, { axis = -1, where }: AxisOptions = {}): NDArray {
  const x = floating("softmaxCrossEntropy", "logits", logits);
  const y = checkOperand("softmaxCrossEntropy", "labels", labels, x);
  const given = where === undefined ? undefined : asarray(where);
  const mask = given === undefined || given.ndim === x.ndim || axis === null ? given : expandDims(given, axis);
  return negative(sumWhere(multiply(y, logSoftmax(x, axis, mask)), axis, mask));
}

/**
 * `softmaxCrossEntropy` in which a class of probability 0 adds nothing, even where its logit is -Infinity.
 *
 * @throws TypeError for logits that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.safeSoftmaxCrossEntropy([[0, 0, -Infinity]], [[1, 0, 0]]).tolist() // => [0.6931472]
 */
export function safeSoftmaxCrossEntropy(
  ...places: Given<[logits: ArrayLike, labels: ArrayLike], "logits labels">
): NDArray;
export function safeSoftmaxCrossEntropy(): NDArray {
  return inOrder(safeSoftmaxCrossEntropyOf, arguments, 2, "optax.safeSoftmaxCrossEntropy logits labels");
}

function safeSoftmaxCrossEntropyOf(logits: ArrayLike, labels: ArrayLike): NDArray {
  const x = floating("safeSoftmaxCrossEntropy", "logits", logits);
  const y = checkOperand("safeSoftmaxCrossEntropy", "labels", labels, x);
  const weighted = choose(notEqual(y, 0), multiply(y, logSoftmax(x, -1)), 0);
  return negative(sumWhere(weighted, -1, undefined));
}

/** What `polyLossCrossEntropy` takes at the end. */
export interface PolyLossOptions extends AxisOptions {
  /** The weight of what is added. Default 2. */
  readonly epsilon?: number;
}

/**
 * `softmaxCrossEntropy` with the first term of its series weighted anew: epsilon * sum(labels
 * * (1 - softmax(logits))) is added.
 *
 * @throws TypeError for logits that are not floats or an `epsilon` that is not a number; ShapeError if the shapes do
 * not broadcast
 * @example
 * optax.losses.polyLossCrossEntropy([[0, 0]], [[1, 0]], { epsilon: 0 }).tolist() // => [0.6931472]
 */
export function polyLossCrossEntropy(
  ...places: Given<[logits: ArrayLike, labels: ArrayLike], "logits labels", [], PolyLossOptions>
): NDArray;
export function polyLossCrossEntropy(): NDArray {
  return inOrder(
    polyLossCrossEntropyOf,
    arguments,
    2,
    "optax.losses.polyLossCrossEntropy logits labels | * epsilon axis where:x",
  );
}

function polyLossCrossEntropyOf(
  logits: ArrayLike,
  labels: ArrayLike,
  { epsilon = 2, axis = -1, where }: PolyLossOptions = {},
): NDArray {
  if (typeof epsilon !== "number")
    throw new TypeError(`optax.losses.polyLossCrossEntropy: "epsilon" expected a number, got ${describe(epsilon)}`);
  const x = floating("losses.polyLossCrossEntropy", "logits", logits);
  const y = checkOperand("losses.polyLossCrossEntropy", "labels", labels, x);
  const mask = where === undefined ? undefined : asarray(where);
  const missed = sumWhere(multiply(y, subtract(1, exp(logSoftmax(x, axis, mask)))), axis, mask);
  return add(softmaxCrossEntropy(x, y, { axis, ...(mask && { where: mask }) }), multiply(epsilon, missed));
}
