import type { DrawOptions } from "./drawoptions.ts";
import type { Given, HalfDType } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { applyUnary, DATA, ERF, erfInv, plainOf } from "../array/index.ts";
import type { TruncatedBounds } from "./draw.ts";
import { drawFloat32, fillTruncatedNormal } from "./draw.ts";
import { unaryOf } from "./elementary.ts";
import type { FloatDType } from "./half.ts";
import { drawsHalf, nextHalf, uniformHalf } from "./half.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, assertConstant, checkFormula } from "./params.ts";
import { uniformBetween } from "./uniform.ts";

const { fround } = Math;
const SQRT2 = fround(Math.SQRT2);
/** 1 / sqrt(2), 3F3504F3: XLA multiplies by the reciprocal. */
const SQRT_HALF = fround(1 / SQRT2);

/**
 * Normal values kept strictly inside (lower, upper), float32 unless told otherwise.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_truncated_normal`), op by op as JAX runs it outside `jit`. In
 * 16 bits every step is rounded.
 * @param shape of the result; what the bounds broadcast to, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a bound is not an array of numbers, or if `dtype` is not `"float32"`, `"bfloat16"` or
 * `"float16"`; ShapeError, LimitError for a bad shape
 *
 * Bounds in the wrong order give what JAX gives: `upper` or close to it, never an error.
 * @example
 * truncatedNormal(key(42), -2, 2, [2]).tolist() // => [-0.027016498, 0.44438082]
 */
export function truncatedNormal(
  ...places: Given<
    [key: KeyLike, lower: ArrayLike, upper: ArrayLike],
    "key lower upper",
    [shape: ShapeLike | null, dtype: FloatDType | null],
    DrawOptions<FloatDType>
  >
): NDArray;
export function truncatedNormal(): NDArray {
  return inOrder(truncatedNormalOf, arguments, 5, "random.truncatedNormal key lower upper shape:x dtype:d");
}

function truncatedNormalOf(
  key: KeyLike,
  lower: ArrayLike,
  upper: ArrayLike,
  shape?: ShapeLike,
  dtype: FloatDType = "float32",
): NDArray {
  if (drawsHalf(dtype, "truncatedNormal")) return truncatedHalf(key, lower, upper, shape, dtype);
  if (typeof lower === "number" && typeof upper === "number")
    return drawFloat32("truncatedNormal", key, shape ?? [], dtype, (words, out) =>
      fillTruncatedNormal(words, boundsOf(lower, upper), out),
    );
  const { words, shape: sizes, params } = checkFormula("truncatedNormal", key, shape, { lower, upper });
  const from = applyUnary(ERF, params.lower.mul(SQRT_HALF));
  const to = applyUnary(ERF, params.upper.mul(SQRT_HALF));
  const x = erfInv(uniformBetween(words, sizes, from, to)).mul(SQRT2);
  // A NaN stays one, and where the bounds are in the wrong order the upper one wins.
  return x.clip(mapped(params.lower, above), mapped(params.upper, below));
}

/** In 16 bits, where the bounds are constants to gradients. */
function truncatedHalf(
  key: KeyLike,
  lower: ArrayLike,
  upper: ArrayLike,
  shape: ShapeLike | undefined,
  dtype: HalfDType,
): NDArray {
  const { shape: sizes, params } = checkFormula("truncatedNormal", key, shape, { lower, upper });
  for (const name of ["lower", "upper"] as const) assertConstant(params[name][DATA], "truncatedNormal", name);
  const [low, high] = [params.lower.astype(dtype), params.upper.astype(dtype)];
  const bounds = { minval: applyUnary(ERF, low.mul(SQRT_HALF)), maxval: applyUnary(ERF, high.mul(SQRT_HALF)) };
  const x = erfInv(uniformHalf("truncatedNormal", key, sizes, bounds, dtype)).mul(SQRT2);
  const inside = (bound: NDArray, towards: number): NDArray =>
    mapped(bound.astype("float32"), (value) => nextHalf(dtype, value, towards)).astype(dtype);
  return x.clip(inside(low, Infinity), inside(high, -Infinity));
}

/** The sampler between two numbers. */
export function boundsOf(lower: number, upper: number): TruncatedBounds {
  return { minval: edge(lower), maxval: edge(upper), clipMin: above(fround(lower)), clipMax: below(fround(upper)) };
}

/** Where the uniform draw of a bound lies: erf(bound / sqrt(2)). */
function edge(bound: number): number {
  return unaryOf("erf", fround(fround(bound) * SQRT_HALF));
}

/** `f` of the values of `x`, constants to gradients. */
function mapped(x: NDArray, f: (x: number) => number): NDArray {
  const { data } = plainOf(x[DATA]).storage;
  return arrayOf(x.shape, Float32Array.from(data, f));
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
