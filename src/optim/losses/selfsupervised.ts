import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  add,
  divide,
  equal,
  expandDims,
  eye,
  finfo,
  logaddexp,
  logicalAnd,
  logicalNot,
  logsumexp,
  maximum,
  negative,
  power,
  subtract,
  sum,
  where as choose,
} from "../../array/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { Given } from "../../base/index.ts";
import { checkOperand } from "../operands.ts";
import { floating, integers } from "./inputs.ts";
import { cosineSimilarity } from "./regression.ts";

/** What `ntxent` takes at the end. */
export interface NtxentOptions {
  /** What similarities are divided by. Default 0.07. */
  readonly temperature?: number;
}

/**
 * The normalised, temperature-scaled cross-entropy of embeddings, one value: pairs of one label attract, others repel.
 *
 * @param embeddings [batch, features], floats
 * @param labels [batch], whole numbers
 *
 * Source: optax 0.2.8 `optax/losses/_self_supervised.py` (`ntxent`), as is the other function of this file.
 * @throws TypeError for embeddings that are not floats; ShapeError if the shapes do not fit
 * @example
 * optax.ntxent([[1, 0], [1, 0], [0, 1], [0, 1]], [0n, 0n, 1n, 1n], { temperature: 1 }).item() // => 0.55144477
 */
export function ntxent(
  ...places: Given<
    [embeddings: ArrayLike, labels: ArrayLike],
    "embeddings labels",
    [temperature: number],
    NtxentOptions
  >
): NDArray;
export function ntxent(): NDArray {
  return inOrder(ntxentOf, arguments, 2, "optax.ntxent embeddings labels | temperature");
}

function ntxentOf(embeddings: ArrayLike, labels: ArrayLike, { temperature = 0.07 }: NtxentOptions = {}): NDArray {
  if (typeof temperature !== "number")
    throw new TypeError(`optax.ntxent: "temperature" expected a number, got ${describe(temperature)}`);
  const x = floating("ntxent", "embeddings", embeddings);
  const y = integers("ntxent", "labels", labels);
  if (x.ndim !== 2 || y.ndim !== 1 || y.shape[0] !== x.shape[0])
    throw new ShapeError(
      'optax.ntxent: expected "embeddings" of shape [batch, features] and "labels" of shape [batch], got ' +
        `${describe(x)} and ${describe(y)}`,
    );
  const [rows, columns] = [expandDims(x, 0), expandDims(x, 1)];
  const { eps } = finfo(x.dtype as "float32");
  const similarity = divide(cosineSimilarity(rows, columns, { epsilon: eps }), temperature);
  const same = equal(expandDims(y, 1), expandDims(y, 0));
  const pairs = logicalAnd(same, equal(eye(y.shape[0]!), 0));
  const others = logsumexp(choose(logicalNot(same), similarity, -Infinity), { axis: 1, keepdims: true });
  const logShare = subtract(similarity, logaddexp(others, similarity));
  return divide(negative(sum(choose(pairs, logShare, 0))), sum(pairs));
}

/** What `tripletMarginLoss` takes at the end. */
export interface TripletMarginOptions {
  /** Default the last. */
  readonly axis?: number;
  /** The norm. Default 2. */
  readonly normDegree?: number;
  /** Default 1. */
  readonly margin?: number;
  /** Added below the root. Default 1e-6. */
  readonly eps?: number;
}

/**
 * How much nearer than the negatives the positives should be to the anchors, one value an example:
 * max(0, |a - p| - |a - n| + margin).
 *
 * @throws TypeError for arguments that are not floats; ShapeError if the shapes do not broadcast
 * @example
 * optax.losses.tripletMarginLoss([[0, 0]], [[3, 4]], [[0, 0]], { eps: 0 }).tolist() // => [6]
 */
export function tripletMarginLoss(
  ...places: Given<
    [anchors: ArrayLike, positives: ArrayLike, negatives: ArrayLike],
    "anchors positives negatives",
    [axis: number, normDegree: number, margin: number, eps: number],
    TripletMarginOptions
  >
): NDArray;
export function tripletMarginLoss(): NDArray {
  return inOrder(
    tripletMarginLossOf,
    arguments,
    3,
    "optax.losses.tripletMarginLoss anchors positives negatives | axis normDegree margin eps",
  );
}

function tripletMarginLossOf(
  anchors: ArrayLike,
  positives: ArrayLike,
  negatives: ArrayLike,
  { axis = -1, normDegree = 2, margin = 1, eps = 1e-6 }: TripletMarginOptions = {},
): NDArray {
  const fn = "losses.tripletMarginLoss";
  const a = floating(fn, "anchors", anchors);
  const distance = (name: string, x: ArrayLike): NDArray => {
    const b = floating(fn, name, x);
    checkOperand(fn, name, b, a);
    return power(add(sum(power(subtract(a, b), normDegree), axis), eps), 1 / normDegree);
  };
  const near = distance("positives", positives);
  return maximum(add(subtract(near, distance("negatives", negatives)), margin), 0);
}
