import type { Given } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { formatShape, sizeOf } from "../array/index.ts";
import { inOrder, ShapeError } from "../base/index.ts";
import { fillBinomial } from "./binomial.ts";
import { cumulated } from "./cumsum.ts";
import { floats, splitWords } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, constantOf, resultShape, broadcastElements } from "./params.ts";

export interface MultinomialOptions {
  /** The shape of the result, default that of `p`. Its last axis is the categories. */
  readonly shape?: ShapeLike;
}

/**
 * Multinomial float32 values, whole numbers: how `n` trials fall into categories of chances `p`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`multinomial`: a binomial draw for each category in turn)
 * @param n trials, a number or an array that broadcasts to the leading axes
 * @param p chances, float32 [..., k]
 * @returns float32 [..., k]
 * @throws KeyError if `key` is not a key
 * @throws ShapeError if `p` has no axis, or the parameters do not broadcast to `shape`; LimitError for a huge one
 * @example
 * multinomial(key(42), 20, [0.2, 0.3, 0.5]).tolist() // => [4, 4, 12]
 */
export function multinomial(
  ...places: Given<[key: KeyLike, n: ArrayLike, p: ArrayLike], "key n p", [], MultinomialOptions>
): NDArray;
export function multinomial(): NDArray {
  return inOrder(multinomialOf, arguments, 3, "random.multinomial key n p | * shape:x dtype:g");
}

function multinomialOf(key: KeyLike, n: ArrayLike, p: ArrayLike, { shape }: MultinomialOptions = {}): NDArray {
  const words = keyWords(key, "random.multinomial");
  const trials = constantOf(n, "multinomial", "n");
  const chances = constantOf(p, "multinomial", "p");
  if (chances.shape.length === 0)
    throw new ShapeError(`random.multinomial: "p" expected at least one axis, got shape ${formatShape(chances.shape)}`);
  const sizes = resultShape("multinomial", shape ?? chances.shape, [chances]);
  const leading = sizes.slice(0, -1);
  resultShape("multinomial", leading, [trials]);
  const remaining = (broadcastElements(trials, leading) as Float32Array).slice();
  const ratios = ratiosOf(broadcastElements(chances, sizes) as Float32Array, sizes[sizes.length - 1]!);
  return arrayOf(sizes, fillInTurn(words, remaining, ratios, sizeOf(sizes)));
}

/** Each chance as a fraction of the chances from its category on, by category. */
function ratiosOf(p: Float32Array, categories: number): Float32Array[] {
  const ratios = Array.from({ length: categories }, () => floats(p.length / categories));
  for (let lane = 0; lane * categories < p.length; lane++) {
    const own = p.slice(lane * categories, (lane + 1) * categories);
    const sums = cumulated(own.map((_, i) => own[categories - 1 - i]!));
    for (let k = 0; k < categories; k++) {
      const left = sums[categories - 1 - k]!;
      ratios[k]![lane] = Math.min(Math.max(own[k]! / (left === 0 ? 1 : left), 0), 1);
    }
  }
  return ratios;
}

function fillInTurn(
  words: Uint32Array,
  remaining: Float32Array,
  ratios: readonly Float32Array[],
  size: number,
): Float32Array {
  const keys = splitWords(words, ratios.length);
  const out = floats(size);
  ratios.forEach((ratio, k) => {
    const counts = fillBinomial(keys.subarray(2 * k, 2 * k + 2), remaining, ratio);
    for (let lane = 0; lane < counts.length; lane++) {
      out[lane * ratios.length + k] = counts[lane]!;
      remaining[lane] = remaining[lane]! - counts[lane]!;
    }
  });
  return out;
}
