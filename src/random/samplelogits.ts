import type { Given } from "../base/index.ts";
import type { ArrayLike, ArrayData, Shape } from "../array/index.ts";
import { arrayData, formatShape, NDArray, zerosData } from "../array/index.ts";
import { describe, inOrder, int } from "../base/index.ts";
import { largest } from "./axis.ts";
import { categorical } from "./categorical.ts";
import { floats } from "./draw.ts";
import { unary } from "./elementary.ts";
import { gumbelAt } from "./gumbel.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { constantOf } from "./params.ts";

export interface SampleLogitsOptions {
  /** The divisor of the logits, default 1. 0 takes the largest; of equal ones the first. */
  readonly temperature?: number;
  /** Only so many of the largest logits can be drawn, of equal ones the first. All if left out. */
  readonly topK?: number;
  /** Only the most likely categories that together reach this probability can be drawn, in (0, 1]. All if left out. */
  readonly topP?: number;
}

const { fround } = Math;

/**
 * The next token of a language model: `categorical` of the logits over the temperature, of which `topK` and then
 * `topP` leave some. JAX has no such function; the draw is the one of `jax.random.categorical` for the same key and
 * logits of which the others are -Infinity.
 *
 * Source: Holtzman et al., "The Curious Case of Neural Text Degeneration" (top-p); probabilities are summed in
 * descending order, in float32.
 * @param logits float32 [..., vocabulary]
 * @returns int32 [...], indices
 * @throws KeyError if `key` is not a key
 * @throws RangeError if `temperature` is negative or not finite, `topK` not in 1 .. vocabulary, `topP` not in (0, 1],
 *   or the vocabulary is empty
 * @example
 * sampleLogits(key(0), [1, 3, 2], { temperature: 0 }).item() // => 1
 * sampleLogits(key(0), [1, 3, 2], { temperature: 0.8, topK: 2 }).item() // => 1
 */
export function sampleLogits(
  ...places: Given<[key: KeyLike, logits: ArrayLike], "key logits", [], SampleLogitsOptions>
): NDArray;
export function sampleLogits(): NDArray {
  return inOrder(sampleLogitsOf, arguments, 2, "random.sampleLogits key logits | temperature topK topP");
}

function sampleLogitsOf(
  key: KeyLike,
  logits: ArrayLike,
  { temperature = 1, topK, topP }: SampleLogitsOptions = {},
): NDArray {
  const words = keyWords(key, "random.sampleLogits");
  const scores = constantOf(logits, "sampleLogits", "logits");
  const size = scores.shape[scores.shape.length - 1];
  if (size === undefined || size === 0) throw emptyError(scores.shape);
  const heat = checked(temperature, "temperature", "a finite number of at least 0", (t) => t >= 0 && t < Infinity);
  const count = topK === undefined ? size : int(topK, 'random.sampleLogits: "topK"');
  if (count < 1 || count > size)
    throw new RangeError(
      `random.sampleLogits: "topK" expected 1 to ${size}, the size of the vocabulary, got ${describe(topK)}`,
    );
  const mass = checked(topP ?? 1, "topP", "a probability in (0, 1]", (p) => p > 0 && p <= 1);
  if (heat === 0) return new NDArray(argmaxRows(scores, size));
  const warm = floats(scores.storage.data.length);
  const reciprocal = fround(1 / fround(heat));
  for (let i = 0; i < warm.length; i++) warm[i] = scores.storage.data[i]! * reciprocal;
  if (count === size && mass === 1) return categorical(key, new NDArray(arrayData(scores.shape, "float32", warm)));
  const result = zerosData(scores.shape.slice(0, -1), "int32");
  for (let row = 0; row < result.storage.data.length; row++) {
    const logits = warm.subarray(row * size, (row + 1) * size);
    result.storage.data[row] = drawOf(words, logits, likely(logits, count, mass), row * size, warm.length);
  }
  return new NDArray(result);
}

function emptyError(shape: Shape): RangeError {
  const expected = "expected at least one category on the last axis";
  return new RangeError(`random.sampleLogits: "logits" ${expected}, got shape ${formatShape(shape)}`);
}

function checked(x: unknown, name: string, expected: string, holds: (x: number) => boolean): number {
  if (typeof x !== "number")
    throw new TypeError(`random.sampleLogits: "${name}" expected a number, got ${describe(x)}`);
  if (!holds(x)) throw new RangeError(`random.sampleLogits: "${name}" expected ${expected}, got ${describe(x)}`);
  return x;
}

function argmaxRows(scores: ArrayData, size: number): ArrayData {
  const result = zerosData(scores.shape.slice(0, -1), "int32");
  const from = scores.storage.data as Float32Array;
  const out = result.storage.data;
  for (let row = 0; row < out.length; row++) out[row] = largest(from.subarray(row * size, (row + 1) * size), 1)[0]!;
  return result;
}

/** The indices of the `count` largest, largest first, up to those that together reach `mass`. */
function likely(logits: Float32Array, count: number, mass: number): Int32Array {
  const order = largest(logits, count);
  if (mass === 1) return order;
  const weights = new Float32Array(count);
  for (let i = 0; i < count; i++) weights[i] = logits[order[i]!]! - logits[order[0]!]!;
  unary("exp", weights);
  let total = 0;
  for (let i = 0; i < count; i++) total = fround(total + weights[i]!);
  const enough = fround(mass * total);
  let reached = weights[0]!;
  let kept = 1;
  while (kept < count && reached < enough) reached = fround(reached + weights[kept++]!);
  return order.subarray(0, kept);
}

/**
 * The category that `categorical` draws of `logits`, if all but those at `places` are -Infinity. The row's draws start
 * at `start` of `size`.
 */
function drawOf(words: Uint32Array, logits: Float32Array, places: Int32Array, start: number, size: number): number {
  const scores = gumbelAt(
    words,
    places.map((place) => start + place),
    size,
  );
  let best = 0;
  for (let i = 0; i < scores.length; i++) {
    scores[i] = scores[i]! + logits[places[i]!]!;
    if (scores[i]! > scores[best]! || (scores[i] === scores[best] && places[i]! < places[best]!)) best = i;
  }
  return places[best]!;
}
