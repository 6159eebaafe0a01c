import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fillNormal, floats, pair } from "./draw.ts";
import { fillGamma } from "./gamma.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { fround, sqrt } = Math;

/**
 * Student's t float32 values of `df` degrees of freedom.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_t`)
 * @param shape of the result; `df`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `df` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * t(key(42), 3, [2]).tolist() // => [0.08987478, -1.7357467]
 */
export function t(
  ...places: Given<
    [key: KeyLike, df: ArrayLike],
    "key df",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function t(): NDArray {
  return inOrder(tOf, arguments, 3, "random.t key df shape:x | dtype:g");
}

function tOf(key: KeyLike, df: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("t", key, shape, { df });
  const [keyN, keyG] = pair(words);
  const half = params.df.values.map((x) => x * 0.5);
  const out = fillNormal(keyN, floats(size));
  const g = fillGamma(keyG, half);
  for (let i = 0; i < size; i++) out[i] = out[i]! * fround(sqrt(fround(half[i]! / g[i]!)));
  return arrayOf(sizes, out);
}
