import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { broadcastTo, less, sqrt, subtract, where } from "../array/index.ts";
import { fillUniform, floats } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkFormula } from "./params.ts";

/**
 * Triangular float32 values from `left` to `right` with the peak at `mode`.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_triangular`)
 * @param shape of the result; what the parameters broadcast to, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * triangular(key(42), -1, 0, 3, [2]).tolist() // => [0.5230088, 1.0397873]
 */
export function triangular(
  ...places: Given<
    [key: KeyLike, left: ArrayLike, mode: ArrayLike, right: ArrayLike],
    "key left mode right",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function triangular(): NDArray {
  return inOrder(triangularOf, arguments, 5, "random.triangular key left mode right shape:x | dtype:g");
}

function triangularOf(key: KeyLike, left: ArrayLike, mode: ArrayLike, right: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkFormula("triangular", key, shape, { left, mode, right });
  const u = arrayOf(sizes, fillUniform(words, 0, 1, floats(size)));
  const [from, peak, to] = [params.left, params.mode, params.right].map((x) => broadcastTo(x, sizes));
  const [width, rising] = [to!.sub(from!), peak!.sub(from!)];
  const below = from!.add(sqrt(u.mul(width).mul(rising)));
  const above = to!.sub(sqrt(subtract(1, u).mul(width).mul(to!.sub(peak!))));
  return where(less(u, rising.div(width)), below, above);
}
