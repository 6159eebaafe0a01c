import type { ArrayLike, NDArray, Shape, ShapeLike } from "../array/index.ts";
import { sizeOf } from "../array/index.ts";
import type { TruncatedBounds } from "./draw.ts";
import { checkFloat32, fillTruncatedNormal, floats } from "./draw.ts";
import { unary, unaryOf } from "./elementary.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import type { Param } from "./params.ts";
import { arrayOf, checkDraw, resultShape } from "./params.ts";
import { fillBetween } from "./uniform.ts";

const { fround } = Math;
const SQRT2 = fround(Math.SQRT2);
/** 1 / sqrt(2), 3F3504F3: XLA multiplies by the reciprocal. */
const SQRT_HALF = fround(1 / SQRT2);

/**
 * Normal float32 values kept strictly inside (lower, upper).
 *
 * @param shape of the result; what the bounds broadcast to, if left out
 * @throws KeyError if `key` is no key
 * @throws TypeError if a bound is no array of numbers; ShapeError, LimitError for a bad shape
 *
 * Bounds in the wrong order give what JAX gives: `upper` or close to it, never an error.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_truncated_normal`), op by op as JAX runs it outside `jit`.
 * @example
 * truncatedNormal(key(42), -2, 2, [2]).tolist() // => [-0.027016498, 0.44438082]
 */
export function truncatedNormal(
  key: KeyLike,
  lower: ArrayLike,
  upper: ArrayLike,
  shape?: ShapeLike,
  dtype: "float32" = "float32",
): NDArray {
  checkFloat32(dtype, "truncatedNormal");
  if (typeof lower === "number" && typeof upper === "number")
    return between(keyWords(key, "random.truncatedNormal"), resultShape("truncatedNormal", shape, []), lower, upper);
  const { words, shape: sizes, size, params } = checkDraw("truncatedNormal", key, shape, { lower, upper });
  const out = fillBetween(words, edges(params.lower), edges(params.upper));
  unary("erfInv", out);
  for (let i = 0; i < size; i++)
    out[i] = clipped(out[i]!, above(params.lower.values[i]!), below(params.upper.values[i]!));
  return arrayOf(sizes, out);
}

function between(words: Uint32Array, shape: Shape, lower: number, upper: number): NDArray {
  const out = floats(sizeOf(shape));
  return arrayOf(shape, fillTruncatedNormal(words, boundsOf(lower, upper), out));
}

/** The sampler between two numbers. */
export function boundsOf(lower: number, upper: number): TruncatedBounds {
  return { minval: edge(lower), maxval: edge(upper), clipMin: above(fround(lower)), clipMax: below(fround(upper)) };
}

/** A NaN stays one, and where the bounds are in the wrong order `high` wins. */
function clipped(inverse: number, low: number, high: number): number {
  const x = fround(SQRT2 * inverse);
  const raised = x < low ? low : x;
  return raised > high ? high : raised;
}

/** Where the uniform draw of a bound lies: erf(bound / sqrt(2)). */
function edge(bound: number): number {
  return unaryOf("erf", fround(fround(bound) * SQRT_HALF));
}

function edges({ values }: Param): Float32Array {
  return unary(
    "erf",
    values.map((x) => x * SQRT_HALF),
  );
}

const word = new Int32Array(1);
const real = new Float32Array(word.buffer);

/** The float32 after `x`. */
function above(x: number): number {
  if (x !== x || x === Infinity) return x;
  if (x === 0) return 0; // the subnormal after it, flushed
  real[0] = x;
  word[0] = word[0]! + (x > 0 ? 1 : -1);
  return real[0];
}

/** The float32 before `x`. */
function below(x: number): number {
  return -above(-x);
}
