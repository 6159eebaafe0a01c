import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, ShapeLike } from "../array/index.ts";
import { castData, arrayData, NDArray } from "../array/index.ts";
import { fillUniform, floats } from "./draw.ts";
import { negate, unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";
import { checkDraw, quotient } from "./params.ts";

/**
 * Geometric int32 values: the number of trials of chance `p` up to the first success.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_geometric`)
 * @param p in (0, 1]
 * @param shape of the result; `p`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `p` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * geometric(key(42), 0.5, [3]).tolist() // => [2, 1, 1]
 */
export function geometric(
  ...places: Given<
    [key: KeyLike, p: ArrayLike],
    "key p",
    [shape: ShapeLike | null, dtype: "int32" | null],
    DrawOptions<"int32">
  >
): NDArray;
export function geometric(): NDArray {
  return inOrder(geometricOf, arguments, 3, "random.geometric key p shape:x | dtype:i");
}

function geometricOf(key: KeyLike, p: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("geometric", key, shape, { p }, true);
  const out = fillUniform(words, 0, 1, floats(size)).map((u) => (u === 0 ? 1 : u));
  unary("log", out);
  const rate = { values: unary("log1p", negate(params.p.values.slice())), whole: params.p.whole };
  for (let i = 0; i < size; i++) out[i] = Math.floor(quotient(out[i]!, rate, i)) + 1;
  return new NDArray(castData(arrayData(sizes, "float32", out), "int32"));
}
