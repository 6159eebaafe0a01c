import type { Given } from "../base/index.ts";
import type { ArrayLike, ArrayData, Shape, ShapeLike } from "../array/index.ts";
import { formatShape, NDArray, sameShape, sizeOf, toShape, zerosData } from "../array/index.ts";
import { inOrder, ShapeError } from "../base/index.ts";
import { axisOf, largest } from "./axis.ts";
import { floats } from "./draw.ts";
import type { GumbelMode } from "./gumbel.ts";
import { checkMode, fillGumbel } from "./gumbel.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { constantOf } from "./params.ts";

export interface CategoricalOptions {
  /** The axis of the categories, default the last. */
  readonly axis?: number;
  /** The shape of the result: more axes, then those of `logits` without `axis`. Only the latter if left out. */
  readonly shape?: ShapeLike;
  /** Whether one category can be drawn more than once for the same logits, default true. */
  readonly replace?: boolean;
  /** The resolution of gumbel's tails, `"low"` by default. */
  readonly mode?: GumbelMode;
}

/**
 * Categories drawn with probability softmax(logits): the largest of logits + gumbel.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_categorical`)
 * @param logits unnormalised log probabilities, float32; the first NaN among them is drawn always, as in JAX
 * @returns int32 indices
 * @throws KeyError if `key` is not a key
 * @throws ShapeError if `shape` does not end with the logits' other axes
 * @throws RangeError if there are no categories, or fewer than draws where `replace` is false
 * @example
 * categorical(key(42), jnp.zeros([6, 5])).tolist() // => [1, 4, 2, 0, 3, 4]
 */
export function categorical(
  ...places: Given<
    [key: KeyLike, logits: ArrayLike],
    "key logits",
    [axis: number, shape: ShapeLike | null, replace: boolean, mode: GumbelMode | null],
    CategoricalOptions
  >
): NDArray;
export function categorical(): NDArray {
  return inOrder(categoricalOf, arguments, 2, "random.categorical key logits | axis shape:x replace:b mode:x");
}

function categoricalOf(
  key: KeyLike,
  logits: ArrayLike,
  { axis = -1, shape, replace = true, mode = "low" }: CategoricalOptions = {},
): NDArray {
  const words = keyWords(key, "random.categorical");
  checkMode(mode, "categorical");
  const scores = constantOf(logits, "categorical", "logits");
  const along = axisOf(axis, scores.shape.length, "categorical");
  const batch = scores.shape.filter((_, i) => i !== along);
  const sizes = shape === undefined ? batch : toShape(shape, 'random.categorical: "shape"');
  const prefix = sizes.slice(0, Math.max(0, sizes.length - batch.length));
  if (!sameShape(sizes, [...prefix, ...batch]))
    throw new ShapeError(
      `random.categorical: "shape" expected one that ends with ${formatShape(batch)}, got ${formatShape(sizes)}`,
    );
  const result = zerosData(sizes, "int32");
  if (result.storage.data.length === 0) return new NDArray(result);
  const categories: Categories = { scores, count: scores.shape[along]!, stride: sizeOf(scores.shape.slice(along + 1)) };
  if (categories.count === 0)
    throw new RangeError('random.categorical: "logits" expected at least one category, got none');
  const out = result.storage.data as Int32Array;
  if (replace) drawLargest(words, categories, mode, sizeOf(prefix), out);
  else drawDistinct(words, categories, mode, prefix, out);
  return new NDArray(result);
}

/** Logits, whose categories are `stride` apart. */
interface Categories {
  readonly scores: ArrayData;
  readonly count: number;
  readonly stride: number;
}

/** logits + gumbel, drawn `times` times. */
function perturbed(words: Uint32Array, { scores }: Categories, mode: GumbelMode, times: number): Float32Array {
  const logits = scores.storage.data;
  const out = fillGumbel(words, mode, floats(times * logits.length));
  for (let start = 0; start < out.length; start += logits.length) {
    for (let i = 0; i < logits.length; i++) out[start + i] = out[start + i]! + logits[i]!;
  }
  return out;
}

/** Calls `visit` with the number of each lane of categories and the index of its first. */
function eachLane(length: number, { count, stride }: Categories, visit: (lane: number, first: number) => void): void {
  let lane = 0;
  for (let start = 0; start < length; start += count * stride) {
    for (let inner = 0; inner < stride; inner++) visit(lane++, start + inner);
  }
}

function drawLargest(
  words: Uint32Array,
  categories: Categories,
  mode: GumbelMode,
  times: number,
  out: Int32Array,
): void {
  const scores = perturbed(words, categories, mode, times);
  eachLane(scores.length, categories, (lane, first) => {
    out[lane] = firstLargest(scores, first, categories);
  });
}

function firstLargest(scores: Float32Array, first: number, { count, stride }: Categories): number {
  let best = 0;
  let max = scores[first]!;
  for (let i = 1; i < count && max === max; i++) {
    const score = scores[first + i * stride]!;
    if (score > max || score !== score) {
      best = i;
      max = score;
    }
  }
  return best;
}

function drawDistinct(
  words: Uint32Array,
  categories: Categories,
  mode: GumbelMode,
  prefix: Shape,
  out: Int32Array,
): void {
  const { count, stride } = categories;
  const draws = sizeOf(prefix);
  if (draws > count)
    throw new RangeError(
      `random.categorical: "shape" expected at most ${count} draws without replacement, got ${draws}`,
    );
  const scores = perturbed(words, categories, mode, 1);
  const lanes = scores.length / count;
  eachLane(scores.length, categories, (lane, first) => {
    const own = new Float32Array(count);
    for (let i = 0; i < count; i++) own[i] = scores[first + i * stride]!;
    largest(own, draws).forEach((index, draw) => (out[draw * lanes + lane] = index));
  });
}
