import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { pair } from "./draw.ts";
import { unary } from "./elementary.ts";
import { fillLogGamma } from "./gamma.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw, quotient } from "./params.ts";

const { fround } = Math;

/**
 * Chi-square float32 values of `df` degrees of freedom.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_chisquare`)
 * @param shape of the result; `df`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `df` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * chisquare(key(42), 3, [2]).tolist() // => [5.870714, 1.397851]
 */
export function chisquare(
  ...places: Given<
    [key: KeyLike, df: ArrayLike],
    "key df",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function chisquare(): NDArray {
  return inOrder(chisquareOf, arguments, 3, "random.chisquare key df shape:x | dtype:g");
}

function chisquareOf(key: KeyLike, df: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, params } = checkDraw("chisquare", key, shape, { df });
  return arrayOf(sizes, fillChiSquare(words, params.df.values));
}

/**
 * F float32 values of `dfnum` and `dfden` degrees of freedom.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_f`)
 * @param shape of the result; what the parameters broadcast to, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * f(key(42), 3, 7, [2]).tolist() // => [0.712399, 0.2567699]
 */
export function f(
  ...places: Given<
    [key: KeyLike, dfnum: ArrayLike, dfden: ArrayLike],
    "key dfnum dfden",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function f(): NDArray {
  return inOrder(fOf, arguments, 4, "random.f key dfnum dfden shape:x | dtype:g");
}

function fOf(key: KeyLike, dfnum: ArrayLike, dfden: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("f", key, shape, { dfnum, dfden });
  const [keyDen, keyNum] = pair(words);
  const out = fillChiSquare(keyNum, params.dfnum.values);
  const below = fillChiSquare(keyDen, params.dfden.values);
  for (let i = 0; i < size; i++) out[i] = quotient(out[i]!, params.dfnum, i) / quotient(below[i]!, params.dfden, i);
  return arrayOf(sizes, out);
}

function fillChiSquare(words: Uint32Array, df: Float32Array): Float32Array {
  const out = unary(
    "exp",
    fillLogGamma(
      words,
      df.map((x) => x * 0.5),
    ),
  );
  for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! * 2);
  return out;
}
