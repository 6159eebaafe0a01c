import type { Given } from "../base/index.ts";
import type { ArrayLike, Shape, ShapeLike } from "../array/index.ts";
import { formatShape, NDArray, sizeOf, toData, toShape, zerosData } from "../array/index.ts";
import { describe, inOrder, int } from "../base/index.ts";
import { axisOf, largest, takeAxis } from "./axis.ts";
import { cumulated } from "./cumsum.ts";
import { fillUniform, floats } from "./draw.ts";
import { unary } from "./elementary.ts";
import type { GumbelMode } from "./gumbel.ts";
import { checkMode, fillGumbel } from "./gumbel.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arange, permuted } from "./permutation.ts";
import { drawBelow } from "./randint.ts";
import { constantOf } from "./params.ts";

export interface ChoiceOptions {
  /** Whether one item can be drawn more than once, default true. */
  readonly replace?: boolean;
  /** The items' probabilities, float32 [n]; they need not sum to 1. Equal, if left out. */
  readonly p?: ArrayLike;
  /** The axis of `a` along which items lie, default 0. */
  readonly axis?: number;
  /** The resolution of gumbel's tails, if `p` is given and `replace` is false. */
  readonly mode?: GumbelMode;
}

/**
 * Random items of `a`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`choice`)
 * @param a an array, or a number n for the integers below n
 * @param shape of the draws, default `[]`; it takes the place of `axis`
 * @throws KeyError if `key` is not a key
 * @throws RangeError if there are no items, or fewer than draws where `replace` is false, or `p` is not [n]
 * @example
 * choice(key(42), 10, [4], { replace: false }).tolist() // => [7, 4, 2, 5]
 */
export function choice(
  ...places: Given<
    [key: KeyLike, a: ArrayLike],
    "key a",
    [shape: ShapeLike, replace: boolean, p: ArrayLike | null, axis: number, mode: GumbelMode | null],
    ChoiceOptions & { readonly shape?: ShapeLike }
  >
): NDArray;
export function choice(): NDArray {
  return inOrder(choiceOf, arguments, 3, "random.choice key a shape | replace:b p:x axis mode:x");
}

function choiceOf(
  key: KeyLike,
  a: ArrayLike,
  shape: ShapeLike = [],
  { replace = true, p, axis = 0, mode = "low" }: ChoiceOptions = {},
): NDArray {
  const words = keyWords(key, "random.choice");
  const sizes = toShape(shape, 'random.choice: "shape"');
  checkMode(mode, "choice");
  const items = itemsOf(a);
  const along = axisOf(axis, Math.max(1, items.ndim), "choice");
  const n = items.shape[along]!;
  const draws = sizeOf(sizes);
  if (draws === 0) return new NDArray(zerosData(sizes, items.dtype));
  if (n === 0) throw new RangeError('random.choice: "a" expected at least one item, got none');
  if (!replace && draws > n)
    throw new RangeError(`random.choice: "shape" expected at most ${n} draws without replacement, got ${draws}`);
  if (p === undefined && !replace) return firstItems(permuted(words, items, along, false), sizes, along);
  const chances = p === undefined ? undefined : probabilities(p, n);
  const indices =
    chances === undefined
      ? drawBelow(words, n, draws)
      : replace
        ? inverted(words, chances, draws)
        : withoutReplacement(words, chances, draws, mode);
  return takeAxis(items, indices, sizes, along);
}

function itemsOf(a: ArrayLike): NDArray {
  if (typeof a === "number" || typeof a === "bigint") return arange(a, 'random.choice: "a"');
  const given = new NDArray(toData(a, 'random.choice: "a"'));
  return given.ndim === 0 ? arange(int(given.item(), 'random.choice: "a"'), 'random.choice: "a"') : given;
}

function firstItems(x: NDArray, shape: Shape, axis: number): NDArray {
  const indices = Int32Array.from({ length: sizeOf(shape) }, (_, i) => i);
  return takeAxis(x, indices, shape, axis);
}

function probabilities(p: ArrayLike, n: number): Float32Array {
  const given = constantOf(p, "choice", "p");
  if (given.shape.length !== 1 || given.shape[0] !== n) throw probabilitiesError(p, given.shape, n);
  return given.storage.data as Float32Array;
}

function probabilitiesError(p: ArrayLike, shape: Shape, n: number): RangeError {
  const got = shape.length === 0 ? describe(p) : formatShape(shape);
  return new RangeError(`random.choice: "p" expected shape [${n}], one for each item, got ${got}`);
}

/** The items at which the cumulative sums of `p` pass uniform draws, counted down from the whole sum. */
function inverted(words: Uint32Array, p: Float32Array, draws: number): Int32Array {
  const sums = cumulated(p);
  const total = sums[sums.length - 1]!;
  const u = fillUniform(words, 0, 1, floats(draws));
  return Int32Array.from(u, (x) => firstAtLeast(sums, Math.fround(total * Math.fround(1 - x))));
}

function firstAtLeast(sums: Float32Array, x: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sums[middle]! < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The items with the largest gumbel + log(p). */
function withoutReplacement(words: Uint32Array, p: Float32Array, draws: number, mode: GumbelMode): Int32Array {
  const scores = fillGumbel(words, mode, floats(p.length));
  const logs = unary("log", p.slice());
  for (let i = 0; i < scores.length; i++) scores[i] = scores[i]! + logs[i]!;
  return largest(scores, draws);
}
