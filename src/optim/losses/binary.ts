import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  add,
  astype,
  exp,
  log,
  logaddexp,
  maximum,
  multiply,
  negative,
  oneHot,
  subtract,
  sum,
  max,
  asarray,
} from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import { checkOperand } from "../operands.ts";
import { floating, integers, logSigmoid, sameShapes } from "./inputs.ts";

/**
 * The binary cross-entropy of logits, element by element: -y * logSigmoid(x) - (1 - y) * logSigmoid(-x).
 *
 * @param logits floats
 * @param labels 0 or 1, or probabilities
 *
 * Source: optax 0.2.8 `optax/losses/_classification.py` (`sigmoid_binary_cross_entropy`), as are the other functions of
 * this file.
 * @throws TypeError for logits that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.sigmoidBinaryCrossEntropy([0, 100], [1, 1]).tolist() // => [0.6931472, 0]
 */
export function sigmoidBinaryCrossEntropy(
  ...places: Given<[logits: ArrayLike, labels: ArrayLike], "logits labels">
): NDArray;
export function sigmoidBinaryCrossEntropy(): NDArray {
  return inOrder(sigmoidBinaryCrossEntropyOf, arguments, 2, "optax.sigmoidBinaryCrossEntropy logits labels");
}

function sigmoidBinaryCrossEntropyOf(logits: ArrayLike, labels: ArrayLike): NDArray {
  const fn = "sigmoidBinaryCrossEntropy";
  const x = floating(fn, "logits", logits);
  const y = astype(checkOperand(fn, "labels", labels, x), x.dtype);
  return subtract(multiply(negative(y), logSigmoid(x)), multiply(subtract(1, y), logSigmoid(negative(x))));
}

/** What `sigmoidFocalLoss` takes at the end. */
export interface FocalLossOptions {
  /** The weight of ones; zeros have 1 - alpha. Default no weights. */
  readonly alpha?: number | null;
  /** How strongly examples that are right already are held down. Default 2. */
  readonly gamma?: number;
}

/**
 * The focal loss of logits, element by element: the binary cross-entropy times (1 - p)^gamma, p
 * being the probability of the label.
 *
 * @throws TypeError for logits that are not floats, or options that are not numbers; ShapeError if the shapes do not
 * broadcast
 * @example
 * optax.sigmoidFocalLoss([0], [1]).tolist() // => [0.1732868]
 */
export function sigmoidFocalLoss(
  ...places: Given<[logits: ArrayLike, labels: ArrayLike], "logits labels", [], FocalLossOptions>
): NDArray;
export function sigmoidFocalLoss(): NDArray {
  return inOrder(sigmoidFocalLossOf, arguments, 2, "optax.sigmoidFocalLoss logits labels | * alpha gamma");
}

function sigmoidFocalLossOf(
  logits: ArrayLike,
  labels: ArrayLike,
  { alpha = null, gamma = 2 }: FocalLossOptions = {},
): NDArray {
  for (const [name, value] of Object.entries({ alpha: alpha ?? 0, gamma }))
    if (typeof value !== "number")
      throw new TypeError(`optax.sigmoidFocalLoss: "${name}" expected a number, got ${describe(value)}`);
  const x = floating("sigmoidFocalLoss", "logits", logits);
  const y = astype(checkOperand("sigmoidFocalLoss", "labels", labels, x), x.dtype);
  const otherwise = subtract(1, y);
  // log((1 - y) * p + y * (1 - p)), of which one is 0 for labels 0 and 1.
  const logWrong = logaddexp(add(log(otherwise), logSigmoid(x)), add(log(y), logSigmoid(negative(x))));
  const loss = multiply(sigmoidBinaryCrossEntropy(x, y), exp(multiply(gamma, logWrong)));
  if (alpha === null) return loss;
  return multiply(add(multiply(alpha, y), multiply(1 - alpha, otherwise)), loss);
}

/**
 * The hinge loss, element by element: max(0, 1 - prediction * target).
 *
 * @param targets -1 or 1
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * optax.hingeLoss([0.5, 2], [1, -1]).tolist() // => [0.5, 3]
 */
export function hingeLoss(
  ...places: Given<[predictorOutputs: ArrayLike, targets: ArrayLike], "predictorOutputs targets">
): NDArray;
export function hingeLoss(): NDArray {
  return inOrder(hingeLossOf, arguments, 2, "optax.hingeLoss predictorOutputs targets");
}

function hingeLossOf(predictorOutputs: ArrayLike, targets: ArrayLike): NDArray {
  const x = checkOperand("hingeLoss", "predictorOutputs", predictorOutputs);
  return maximum(0, subtract(1, multiply(x, checkOperand("hingeLoss", "targets", targets, x))));
}

/**
 * The perceptron's loss, element by element: max(0, -prediction * target).
 *
 * @param targets -1 or 1
 * @throws ShapeError if the shapes differ
 * @example
 * optax.losses.perceptronLoss([0.5, 2], [1, -1]).tolist() // => [0, 2]
 */
export function perceptronLoss(
  ...places: Given<[predictorOutputs: ArrayLike, targets: ArrayLike], "predictorOutputs targets">
): NDArray;
export function perceptronLoss(): NDArray {
  return inOrder(perceptronLossOf, arguments, 2, "optax.losses.perceptronLoss predictorOutputs targets");
}

function perceptronLossOf(predictorOutputs: ArrayLike, targets: ArrayLike): NDArray {
  const [x, y] = [asarray(predictorOutputs), asarray(targets)];
  sameShapes("losses.perceptronLoss", x, y, ["predictorOutputs", "targets"]);
  return maximum(0, multiply(negative(x), y));
}

/**
 * The hinge loss of several classes, one value an example: max(scores + 1 - oneHot) - scores[label].
 *
 * @param scores [..., classes]
 * @param labels whole numbers
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * optax.losses.multiclassHingeLoss([[1, 3]], [0]).tolist() // => [3]
 */
export function multiclassHingeLoss(...places: Given<[scores: ArrayLike, labels: ArrayLike], "scores labels">): NDArray;
export function multiclassHingeLoss(): NDArray {
  return inOrder(multiclassHingeLossOf, arguments, 2, "optax.losses.multiclassHingeLoss scores labels");
}

function multiclassHingeLossOf(scores: ArrayLike, labels: ArrayLike): NDArray {
  const x = asarray(scores);
  const hot = oneHot(integers("losses.multiclassHingeLoss", "labels", labels), x.shape.at(-1) ?? 1);
  return subtract(max(subtract(add(x, 1), hot), -1), sum(multiply(x, hot), -1));
}

/**
 * The perceptron's loss of several classes, one value an example: max(scores) - scores[label].
 *
 * @param scores [..., classes]
 * @param labels whole numbers
 * @throws ShapeError if the shapes do not broadcast
 * @example
 * optax.losses.multiclassPerceptronLoss([[1, 3]], [0]).tolist() // => [2]
 */
export function multiclassPerceptronLoss(
  ...places: Given<[scores: ArrayLike, labels: ArrayLike], "scores labels">
): NDArray;
export function multiclassPerceptronLoss(): NDArray {
  return inOrder(multiclassPerceptronLossOf, arguments, 2, "optax.losses.multiclassPerceptronLoss scores labels");
}

function multiclassPerceptronLossOf(scores: ArrayLike, labels: ArrayLike): NDArray {
  const x = asarray(scores);
  return subtract(
    max(x, -1),
    sum(multiply(x, oneHot(integers("losses.multiclassPerceptronLoss", "labels", labels), x.shape.at(-1) ?? 1)), -1),
  );
}
