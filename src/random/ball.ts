import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { sizeOf, toShape } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { describe, inOrder, int, ShapeError } from "../base/index.ts";
import { fillUniform, floats, pair } from "./draw.ts";
import { powOf } from "./elementary.ts";
import { fillExponential } from "./exponential.ts";
import { fillGamma } from "./gamma.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { abs, fround } = Math;

/**
 * Float32 values of density proportional to exp(-|x|^p).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_generalized_normal`)
 * @param p above 0
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `p` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * generalizedNormal(key(42), 2, [3]).tolist() // => [-0.7670091, -0.22936897, 0.96897703]
 */
export function generalizedNormal(
  ...places: Given<[key: KeyLike, p: ArrayLike], "key p", [shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function generalizedNormal(): NDArray {
  return inOrder(generalizedNormalOf, arguments, 3, "random.generalizedNormal key p shape | dtype:g");
}

function generalizedNormalOf(key: KeyLike, p: ArrayLike, shape: ShapeLike = []): NDArray {
  const { words, shape: sizes, params } = checkDraw("generalizedNormal", key, shape, { p });
  return arrayOf(sizes, fillGeneralized(words, params.p.values));
}

/** sign * gamma(1 / p) ^ (1 / p), for each p. */
function fillGeneralized(words: Uint32Array, p: Float32Array): Float32Array {
  const [keyGamma, keySign] = pair(words);
  const inverses = p.map((x) => 1 / x);
  const out = fillGamma(keyGamma, inverses);
  const signs = fillUniform(keySign, 0, 1, floats(p.length));
  kernels().powF32(out, inverses, out);
  for (let i = 0; i < out.length; i++) if (!(signs[i]! < 0.5)) out[i] = -out[i]!;
  return out;
}

/**
 * Points that are uniform in the unit ball of the p-norm in `d` dimensions, float32.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_ball`)
 * @param p above 0, default 2
 * @param shape of the result without its last axis, default `[]`
 * @returns float32 [...shape, d]
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `d` or `p` is not a number; ShapeError, LimitError for a bad size
 * @example
 * ball(key(42), 3, 2, [1]).tolist() // => [[0.32340232, 0.061338753, 0.018243387]]
 */
export function ball(
  ...places: Given<
    [key: KeyLike, d: number],
    "key d",
    [p: number, shape: ShapeLike, dtype: "float32" | null],
    DrawOptions & { readonly p?: number }
  >
): NDArray;
export function ball(): NDArray {
  return inOrder(ballOf, arguments, 4, "random.ball key d p shape | dtype:g");
}

function ballOf(key: KeyLike, d: number, p: number = 2, shape: ShapeLike = []): NDArray {
  const words = keyWords(key, "random.ball");
  const n = int(d, 'random.ball: "d"');
  if (n < 0) throw new ShapeError(`random.ball: "d" expected a size of at least 0, got ${describe(d)}`);
  if (typeof p !== "number") throw new TypeError(`random.ball: "p" expected a number, got ${describe(p)}`);
  const points = toShape(shape, 'random.ball: "shape"');
  const sizes = toShape([...points, n], 'random.ball: "shape"');
  const [keyPoint, keyRest] = pair(words);
  const powers = floats(sizeOf(sizes)).fill(p);
  const out = fillGeneralized(keyPoint, powers);
  const rest = fillExponential(keyRest, sizeOf(points));
  const terms = out.map(abs);
  kernels().powF32(terms, powers, terms);
  for (let i = 0; i < rest.length; i++)
    scalePoint(out.subarray(i * n, (i + 1) * n), terms.subarray(i * n, (i + 1) * n), rest[i]!, fround(1 / fround(p)));
  return arrayOf(sizes, out);
}

/** A point divided by (the sum of its terms + rest) ^ power. */
function scalePoint(point: Float32Array, terms: Float32Array, rest: number, power: number): void {
  const sum = terms.reduce((a, b) => fround(a + b), 0);
  const scale = fround(1 / powOf(fround(sum + rest), power));
  for (let i = 0; i < point.length; i++) point[i] = point[i]! * scale;
}
