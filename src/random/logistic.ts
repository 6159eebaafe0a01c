import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import type { UniformMap } from "./draw.ts";
import { drawMapped } from "./draw.ts";
import { negate, unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";

export const LOGISTIC: UniformMap = {
  minval: 2 ** -126,
  maxval: 1,
  apply(u) {
    const rest = unary("log1p", negate(u.slice()));
    unary("log", u);
    for (let i = 0; i < u.length; i++) u[i] = u[i]! - rest[i]!;
  },
};

/**
 * Logistic float32 values: log(u) - log1p(-u), u uniform in (0, 1).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_logistic`)
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * logistic(key(42), [2]).tolist() // => [-0.045169413, 0.7528398]
 */
export function logistic(
  key: KeyLike | Keyed<DrawOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function logistic(): NDArray {
  return inOrder(logisticOf, arguments, 3, "random.logistic key shape dtype:d");
}

function logisticOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawMapped("logistic", key, shape, dtype, LOGISTIC);
}
