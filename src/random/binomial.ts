import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fma, inOrder } from "../base/index.ts";
import { fillUniform, floats, fused, pair, triple } from "./draw.ts";
import { negate, unary, unaryOf } from "./elementary.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { abs, ceil, floor, fround, sqrt } = Math;

/** Up to this count * chance failures are skipped over; above it values are accepted or rejected. */
const SKIPPED_UP_TO = 10;

/**
 * Binomial float32 values, whole numbers: the successes of `n` trials of chance `p`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_binomial`: inversion, and Hoermann's BTRS)
 * @param n at least 0, floored; NaN or negative gives NaN
 * @param p in [0, 1]; outside it gives NaN
 * @param shape of the result; what `n` and `p` broadcast to, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * binomial(key(42), 10, 0.3, [3]).tolist() // => [2, 5, 2]
 */
export function binomial(
  ...places: Given<
    [key: KeyLike, n: ArrayLike, p: ArrayLike],
    "key n p",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function binomial(): NDArray {
  return inOrder(binomialOf, arguments, 4, "random.binomial key n p shape:x | dtype:g");
}

function binomialOf(key: KeyLike, n: ArrayLike, p: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, params } = checkDraw("binomial", key, shape, { n, p }, true);
  return arrayOf(sizes, fillBinomial(words, params.n.values, params.p.values));
}

/** A binomial value for each count and chance, under the key `words`. */
export function fillBinomial(words: Uint32Array, counts: Float32Array, chances: Float32Array): Float32Array {
  const q = chances.map((p) => (p < 0.5 ? p : fround(1 - p)));
  const safe = q.map((x) => (x >= 0 ? x : fround(0.01)));
  const isSkipped = Array.from(counts, (count, i) => !(count >= 0) || fround(count * safe[i]!) <= SKIPPED_UP_TO);
  const whole = counts.map(floor);
  const skipped = skip(
    words,
    whole.map((count, i) => (isSkipped[i] ? count : 0)),
    safe,
  );
  const rejected = isSkipped.every(Boolean)
    ? skipped
    : reject(
        words,
        whole.map((count, i) => (isSkipped[i] ? 1e4 : count)),
        safe.map((x, i) => (isSkipped[i] ? 0.5 : x)),
      );
  return skipped.map((value, i) => settled(counts[i]!, chances[i]!, q[i]!, isSkipped[i] ? value : rejected[i]!));
}

/** The result for a draw with `q`, the smaller of p and 1 - p. */
function settled(count: number, p: number, q: number, draw: number): number {
  if (!(q >= 0) || !(count >= 0)) return NaN;
  if (count === Infinity) return Infinity;
  return p < 0.5 ? draw : fround(floor(count) - draw);
}

/** The number of geometric steps that fit into the count. */
function skip(words: Uint32Array, counts: Float32Array, q: Float32Array): Float32Array {
  const rates = unary("log1p", negate(q.slice()));
  const steps = floats(q.length).fill(-1);
  const sums = floats(q.length);
  const u = floats(q.length);
  let key = words;
  while (sums.some((sum, i) => sum <= counts[i]!)) {
    const [sub, next] = pair(key);
    key = next;
    unary("log", fillUniform(sub, 0, 1, u));
    for (let i = 0; i < steps.length; i++) {
      if (sums[i]! <= counts[i]!) steps[i]!++;
      sums[i] = sums[i]! + ceil(fround(u[i]! / rates[i]!));
    }
  }
  return steps;
}

/** Constants of the rejection sampler for a count and a chance. */
interface Hat {
  readonly count: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly sure: number;
  readonly odds: number;
  readonly alpha: number;
  readonly mode: number;
  /** The part of the bound that is the same for every proposal. */
  readonly top: number;
}

function hatOf(count: number, q: number, one: boolean): Hat {
  const spread = fround(sqrt(fround(fround(count * q) * fround(1 - q))));
  const b = fma(fround(2.53), spread, fround(1.15), one);
  const a = fma(fround(0.01), q, fma(fround(0.0248), b, fround(-0.0873), one), one);
  const c = fma(count, q, 0.5, one);
  const sure = fround(fround(0.92) - fround(fround(4.2) / b));
  const odds = fround(q / fround(1 - q));
  const alpha = fround(fround(fround(2.83) + fround(fround(5.1) / b)) * spread);
  const mode = floor(fround(fround(count + 1) * q));
  const ratio = fround(fround(mode + 1) / fround(odds * fround(fround(count - mode) + 1)));
  return { count, a, b, c, sure, odds, alpha, mode, top: fround(fround(mode + 0.5) * unaryOf("log", ratio)) };
}

/** Runs rounds until every element was accepted once. An element that is accepted again takes the later value. */
function reject(words: Uint32Array, counts: Float32Array, q: Float32Array): Float32Array {
  const one = fused();
  const hats = Array.from(counts, (count, i) => hatOf(count, q[i]!, one));
  // A hat of NaN accepts nothing. Its count is infinite, and its draw is not used.
  const open = new Set([...hats.keys()].filter((i) => hats[i]!.b === hats[i]!.b));
  const out = floats(counts.length);
  const u = floats(counts.length);
  const v = floats(counts.length);
  let key = words;
  while (open.size > 0) {
    const [next, keyU, keyV] = triple(key);
    key = next;
    fillUniform(keyU, 0, 1, u);
    fillUniform(keyV, 0, 1, v);
    for (let i = 0; i < out.length; i++) {
      const k = proposal(hats[i]!, fround(u[i]! - 0.5), v[i]!, one);
      if (k === undefined) continue;
      out[i] = k;
      open.delete(i);
    }
  }
  return out;
}

/** The value that `u` and `v` propose, unless it is rejected. */
function proposal(hat: Hat, u: number, v: number, one: boolean): number | undefined {
  const us = fround(0.5 - abs(u));
  const slope = fround(fround(fround(2 * hat.a) / us) + hat.b);
  const k = floor(fma(slope, u, hat.c, one));
  if (us >= fround(0.07) && v <= hat.sure) return k;
  if (k < 0 || k > hat.count) return undefined;
  const height = unaryOf("log", fround(fround(v * hat.alpha) / fround(fround(hat.a / fround(us * us)) + hat.b)));
  return height <= boundAt(hat, k, one) ? k : undefined;
}

function boundAt({ count, odds, mode, top }: Hat, k: number, one: boolean): number {
  const left = fround(fround(count - k) + 1);
  const second = unaryOf("log", fround(fround(fround(count - mode) + 1) / left));
  const third = unaryOf("log", fround(fround(odds * left) / fround(k + 1)));
  const logs = fma(fround(k + 0.5), third, fma(fround(count + 1), second, top, one), one);
  const tails = fround(fround(logs + stirlingTail(mode)) + stirlingTail(fround(count - mode)));
  return fround(fround(tails - stirlingTail(k)) - stirlingTail(fround(count - k)));
}

const TAILS = [
  0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.02079067210376509, 0.0166446911898211,
  0.0138761288230707, 0.0118967099458917, 0.010411265261972, 0.00925546218271273, 0.00833056343336287,
].map(fround);

/** log(k!) minus Stirling's approximation. */
function stirlingTail(k: number): number {
  if (k <= 9) return TAILS[k]!;
  const square = fround(fround(k + 1) * fround(k + 1));
  const inner = fround(fround(fround(1 / 360) - fround(fround(1 / 1260) / square)) / square);
  return fround(fround(fround(1 / 12) - inner) / fround(k + 1));
}
