import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, ShapeLike } from "../array/index.ts";
import { arrayData, NDArray } from "../array/index.ts";
import { fma, inOrder } from "../base/index.ts";
import { fillUniform, floats, fused, pair, triple } from "./draw.ts";
import { unary, unaryOf } from "./elementary.ts";
import type { KeyLike } from "./key.ts";
import { lgamma } from "./lgamma.ts";
import { checkDraw } from "./params.ts";

const { abs, floor, fround, sqrt } = Math;

/** Below this rate values are counted; from it on they are accepted or rejected. */
const COUNTED_BELOW = 10;

/** The rate of counted elements while the others are drawn. They take part in the draws in JAX, and so here. */
const STAND_IN = 1e5;

/** JAX leaves its loops after this many rounds. */
const ROUNDS = 2 ** 31 - 1;

/**
 * Poisson int32 values of rate `lam`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_poisson`: Knuth's products, and Hoermann's transformed rejection)
 * @param lam at least 0
 * @param shape of the result; `lam`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `lam` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * poisson(key(42), 4, [6]).tolist() // => [6, 3, 2, 2, 5, 3]
 */
export function poisson(
  ...places: Given<
    [key: KeyLike, lam: ArrayLike],
    "key lam",
    [shape: ShapeLike | null, dtype: "int32" | null],
    DrawOptions<"int32">
  >
): NDArray;
export function poisson(): NDArray {
  return inOrder(poissonOf, arguments, 3, "random.poisson key lam shape:x | dtype:i");
}

function poissonOf(key: KeyLike, lam: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("poisson", key, shape, { lam }, true);
  const rates = params.lam.values;
  const counted = count(
    words,
    rates.map((rate) => (isCounted(rate) ? rate : 0)),
  );
  const out = new Int32Array(size);
  const drawn = rates.every(isCounted)
    ? out
    : reject(
        words,
        rates.map((rate) => (isCounted(rate) ? STAND_IN : rate)),
      );
  for (let i = 0; i < size; i++) out[i] = rates[i] === 0 ? 0 : isCounted(rates[i]!) ? counted[i]! : drawn[i]!;
  return new NDArray(arrayData(sizes, "int32", out));
}

function isCounted(rate: number): boolean {
  return !(rate >= COUNTED_BELOW);
}

/** The number of uniform draws whose product is more than e^-rate. */
function count(words: Uint32Array, rates: Float32Array): Int32Array {
  const out = new Int32Array(rates.length).fill(-1);
  const sums = floats(rates.length);
  const u = floats(rates.length);
  let key = words;
  for (let round = 0; round < ROUNDS && sums.some((sum, i) => sum > -rates[i]!); round++) {
    const [next, sub] = pair(key);
    key = next;
    unary("log", fillUniform(sub, 0, 1, u));
    for (let i = 0; i < out.length; i++) {
      if (sums[i]! > -rates[i]!) out[i]!++;
      sums[i] = sums[i]! + u[i]!;
    }
  }
  return out;
}

/** Constants of the rejection sampler for a rate. */
interface Hat {
  readonly rate: number;
  readonly log: number;
  readonly a: number;
  readonly b: number;
  readonly inverse: number;
  readonly sure: number;
}

function hatOf(rate: number, one: boolean): Hat {
  const b = fma(fround(2.53), fround(sqrt(rate)), fround(0.931), one);
  const a = fma(fround(0.02483), b, fround(-0.059), one);
  const inverse = fround(fround(1.1239) + fround(fround(1.1328) / fround(b - fround(3.4))));
  const sure = fround(fround(0.9277) - fround(fround(3.6224) / fround(b - 2)));
  return { rate, log: unaryOf("log", rate), a, b, inverse, sure };
}

/** Runs rounds until every element was accepted once. An element that is accepted again takes the later value. */
function reject(words: Uint32Array, rates: Float32Array): Float32Array {
  const one = fused();
  const hats = Array.from(rates, (rate) => hatOf(rate, one));
  const out = floats(rates.length).fill(-1);
  const u = floats(rates.length);
  const v = floats(rates.length);
  let key = words;
  for (let round = 0; round < ROUNDS && out.includes(-1); round++) {
    const [next, keyU, keyV] = triple(key);
    key = next;
    fillUniform(keyU, 0, 1, u);
    fillUniform(keyV, 0, 1, v);
    for (let i = 0; i < out.length; i++) {
      const k = proposal(hats[i]!, fround(u[i]! - 0.5), v[i]!, one);
      if (k >= 0) out[i] = k;
    }
  }
  return out;
}

/** The value that `u` and `v` propose; -1 if it is rejected. */
function proposal({ rate, log, a, b, inverse, sure }: Hat, u: number, v: number, one: boolean): number {
  const us = fround(0.5 - abs(u));
  const slope = fround(fround(fround(2 * a) / us) + b);
  const k = floor(fround(fma(slope, u, rate, one) + fround(0.43)));
  if (us >= fround(0.07) && v <= sure) return k;
  if (k < 0 || (us < fround(0.013) && v > us)) return -1;
  const s = unaryOf("log", fround(fround(v * inverse) / fround(fround(a / fround(us * us)) + b)));
  const t = fround(fma(k, log, -rate, one) - lgamma(fround(k + 1)));
  return s <= t ? k : -1;
}
