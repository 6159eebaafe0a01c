import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fillUniform, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { fround, sqrt } = Math;

/**
 * Triangular float32 values from `left` to `right` with the peak at `mode`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_triangular`)
 * @param shape of the result; what the parameters broadcast to, if left out
 * @throws KeyError if `key` is no key
 * @throws TypeError if a parameter is no array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * triangular(key(42), -1, 0, 3, [2]).tolist() // => [0.5230088, 1.0397873]
 */
export function triangular(
  key: KeyLike,
  left: ArrayLike,
  mode: ArrayLike,
  right: ArrayLike,
  shape?: ShapeLike,
): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("triangular", key, shape, { left, mode, right });
  const out = fillUniform(words, 0, 1, floats(size));
  for (let i = 0; i < size; i++)
    out[i] = triangularOf(params.left.values[i]!, params.mode.values[i]!, params.right.values[i]!, out[i]!);
  return arrayOf(sizes, out);
}

function triangularOf(left: number, mode: number, right: number, u: number): number {
  const width = fround(right - left);
  const rising = fround(mode - left);
  if (u < fround(rising / width)) return fround(left + fround(sqrt(fround(fround(u * width) * rising))));
  return fround(right - fround(sqrt(fround(fround(fround(1 - u) * width) * fround(right - mode)))));
}
