import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  add,
  astype,
  concatenate,
  einsum,
  equal,
  fromLists,
  full,
  logaddexp,
  multiply,
  negative,
  oneHot,
  stack,
  subtract,
  sum,
  zeros,
} from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import { floating, integers, logSoftmax, sameShapes } from "./inputs.ts";

/** What `ctcLoss` takes at the end. */
export interface CtcLossOptions {
  /** The class that stands for no label. Default 0. */
  readonly blankId?: number;
  /** What stands for the logarithm of 0. Default -1e5. */
  readonly logEpsilon?: number;
}

/**
 * The loss of connectionist temporal classification, one value a sequence: minus the logarithm of the probability of
 * all ways to read the labels from the frames.
 *
 * @param logits [batch, frames, classes], floats
 * @param logitPaddings [batch, frames], 1 for frames that are padding, else 0
 * @param labels [batch, labels], whole numbers
 * @param labelPaddings [batch, labels], 1 for labels that are padding, else 0; padding is at the end
 *
 * Source: optax 0.2.8 `optax/losses/_classification.py` (`ctc_loss`), as is the other function of this file.
 * @throws TypeError for logits that are not floats; ShapeError if the shapes do not fit
 * @example
 * optax.ctcLoss(jnp.zeros([1, 1, 2]), [[0]], [[1]], [[0]]).tolist() // => [0.6931472]
 */
export function ctcLoss(
  ...places: Given<
    [logits: ArrayLike, logitPaddings: ArrayLike, labels: ArrayLike, labelPaddings: ArrayLike],
    "logits logitPaddings labels labelPaddings",
    [],
    CtcLossOptions
  >
): NDArray;
export function ctcLoss(): NDArray {
  return inOrder(
    ctcLossOf,
    arguments,
    4,
    "optax.ctcLoss logits logitPaddings labels labelPaddings | * blankId logEpsilon",
  );
}

function ctcLossOf(
  logits: ArrayLike,
  logitPaddings: ArrayLike,
  labels: ArrayLike,
  labelPaddings: ArrayLike,
  options: CtcLossOptions = {},
): NDArray {
  return forward("ctcLoss", logits, logitPaddings, labels, labelPaddings, options)[0];
}

/**
 * `ctcLoss` with the logarithms of the forward probabilities: of blanks, [frames, batch, labels + 1], and of labels,
 * [frames, batch, labels].
 *
 * @throws TypeError for logits that are not floats; ShapeError if the shapes do not fit
 * @example
 * const [loss, blanks, labels] = optax.ctcLossWithForwardProbs(jnp.zeros([1, 3, 2]), [[0, 0, 0]], [[1]], [[0]]);
 * [loss.shape, blanks.shape, labels.shape] // => [[1], [3, 1, 2], [3, 1, 1]]
 */
export function ctcLossWithForwardProbs(
  ...places: Given<
    [logits: ArrayLike, logitPaddings: ArrayLike, labels: ArrayLike, labelPaddings: ArrayLike],
    "logits logitPaddings labels labelPaddings",
    [],
    CtcLossOptions
  >
): [loss: NDArray, logAlphaBlank: NDArray, logAlphaLabel: NDArray];
export function ctcLossWithForwardProbs(): [loss: NDArray, logAlphaBlank: NDArray, logAlphaLabel: NDArray] {
  return inOrder(
    ctcLossWithForwardProbsOf,
    arguments,
    4,
    "optax.ctcLossWithForwardProbs logits logitPaddings labels labelPaddings | * blankId logEpsilon",
  );
}

function ctcLossWithForwardProbsOf(
  logits: ArrayLike,
  logitPaddings: ArrayLike,
  labels: ArrayLike,
  labelPaddings: ArrayLike,
  options: CtcLossOptions = {},
): [loss: NDArray, logAlphaBlank: NDArray, logAlphaLabel: NDArray] {
  return forward("ctcLossWithForwardProbs", logits, logitPaddings, labels, labelPaddings, options);
}

/** `ctcLossWithForwardProbs` for errors of the function `fn`. */
function forward(
  fn: string,
  logits: ArrayLike,
  logitPaddings: ArrayLike,
  labels: ArrayLike,
  labelPaddings: ArrayLike,
  { blankId = 0, logEpsilon = -1e5 }: CtcLossOptions,
): [loss: NDArray, logAlphaBlank: NDArray, logAlphaLabel: NDArray] {
  const x = floating(fn, "logits", logits);
  const framePads = fromLists(logitPaddings, `optax.${fn}: "logitPaddings"`);
  const ids = integers(fn, "labels", labels);
  const labelPads = fromLists(labelPaddings, `optax.${fn}: "labelPaddings"`);
  checkShapes(fn, x, framePads, ids, labelPads);
  if (typeof logEpsilon !== "number")
    throw new TypeError(`optax.${fn}: "logEpsilon" expected a number, got ${describe(logEpsilon)}`);
  const [batch, frames, classes] = x.shape as [number, number, number];
  const length = ids.shape[1]!;
  if (!Number.isInteger(blankId) || blankId < 0 || blankId >= classes)
    throw new RangeError(`optax.${fn}: "blankId" expected 0 to ${classes - 1}, got ${describe(blankId)}`);
  const logProbs = logSoftmax(x, -1);
  const repeated = astype(equal(ids.slice(":", ":-1"), ids.slice(":", "1:")), "float32");
  const repeats = concatenate([repeated, zeros([batch, 1])], 1);
  const blankProbs = logProbs.slice(":", ":", `${blankId}:${blankId + 1}`).transpose([1, 0, 2]);
  const labelProbs = einsum("btk,bnk->btn", logProbs, oneHot(ids, classes)).transpose([1, 0, 2]);
  const held = multiply(logEpsilon, repeats);
  const freed = multiply(logEpsilon, subtract(1, repeats));

  let blank = concatenate([zeros([batch, 1]), full([batch, length], logEpsilon, "float32")], 1);
  let label: NDArray = full([batch, length], logEpsilon, "float32");
  const blanks: NDArray[] = [];
  const seen: NDArray[] = [];
  for (let t = 0; t < frames; t++) {
    const ofLabel = labelProbs.slice(t);
    const ofBlank = blankProbs.slice(t);
    const entered = addScore(blank, add(label, held));
    const nextLabel = logaddexp(add(entered.slice(":", ":-1"), ofLabel), add(label, ofLabel));
    const nextBlank = addScore(add(entered, ofBlank), add(add(label, ofBlank), freed));
    const padded = framePads.slice(":", `${t}:${t + 1}`);
    const kept = subtract(1, padded);
    label = add(multiply(padded, label), multiply(kept, nextLabel));
    blank = add(multiply(padded, blank), multiply(kept, nextBlank));
    blanks.push(blank);
    seen.push(label);
  }
  const last = addScore(blank, label);
  blanks[frames - 1] = last;
  const lengths = subtract(length, astype(sum(labelPads, 1), "int32"));
  const loss = negative(einsum("bn,bn->b", last, oneHot(lengths, length + 1)));
  return [loss, stack(blanks), stack(seen)];
}

/** The scores of blanks, to those after a label the score of which is added. */
function addScore(blank: NDArray, score: NDArray): NDArray {
  return concatenate([blank.slice(":", ":1"), logaddexp(blank.slice(":", "1:"), score)], 1);
}

function checkShapes(fn: string, x: NDArray, framePads: NDArray, ids: NDArray, labelPads: NDArray): void {
  if (x.ndim !== 3 || x.shape[1] === 0)
    throw new ShapeError(
      `optax.${fn}: "logits" expected shape [batch, frames, classes] with at least one frame, got ${describe(x)}`,
    );
  if (ids.ndim !== 2 || ids.shape[0] !== x.shape[0])
    throw new ShapeError(
      `optax.${fn}: "labels" expected shape [${x.shape[0]}, labels], the batch of "logits", got ${describe(ids)}`,
    );
  sameShapes(fn, ids, labelPads, ["labels", "labelPaddings"]);
  if (framePads.ndim !== 2 || framePads.shape[0] !== x.shape[0] || framePads.shape[1] !== x.shape[1])
    throw new ShapeError(
      `optax.${fn}: "logitPaddings" expected shape [${x.shape.slice(0, 2).join(", ")}], got ${describe(framePads)}`,
    );
}
