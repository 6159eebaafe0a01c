import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { pair } from "./draw.ts";
import { unary } from "./elementary.ts";
import { fillLogGamma } from "./gamma.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { fround } = Math;

/**
 * Beta float32 values of parameters `a` and `b`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_beta`)
 * @param shape of the result; what `a` and `b` broadcast to, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * beta(key(42), 2, 3, [3]).tolist() // => [0.43196177, 0.3128183, 0.6368728]
 */
export function beta(
  ...places: Given<
    [key: KeyLike, a: ArrayLike, b: ArrayLike],
    "key a b",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function beta(): NDArray {
  return inOrder(betaOf, arguments, 4, "random.beta key a b shape:x | dtype:g");
}

function betaOf(key: KeyLike, a: ArrayLike, b: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("beta", key, shape, { a, b });
  const [keyA, keyB] = pair(words);
  const first = fillLogGamma(keyA, params.a.values);
  const second = fillLogGamma(keyB, params.b.values);
  for (let i = 0; i < size; i++) {
    const max = Math.max(first[i]!, second[i]!);
    first[i] = first[i]! - max;
    second[i] = second[i]! - max;
  }
  unary("exp", first);
  unary("exp", second);
  for (let i = 0; i < size; i++) first[i] = first[i]! / fround(first[i]! + second[i]!);
  return arrayOf(sizes, first);
}
