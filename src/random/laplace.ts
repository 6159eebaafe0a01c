import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import { flush, inOrder } from "../base/index.ts";
import type { UniformMap } from "./draw.ts";
import { drawMapped } from "./draw.ts";
import { unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";

export const LAPLACE: UniformMap = {
  minval: Math.fround(-0.99999994), // the float32 after -1, BF7FFFFF
  maxval: 1,
  apply(u) {
    const logs = unary(
      "log1p",
      u.map((x) => -Math.abs(x)),
    );
    for (let i = 0; i < u.length; i++) u[i] = flush(Math.sign(u[i]!) * logs[i]!);
  },
};

/**
 * Laplace float32 values of scale 1: sign(u) * log1p(-|u|), u uniform in (-1, 1).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_laplace`)
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * laplace(key(42), [2]).tolist() // => [0.022839652, -0.44565356]
 */
export function laplace(
  key: KeyLike | Keyed<DrawOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function laplace(): NDArray {
  return inOrder(laplaceOf, arguments, 3, "random.laplace key shape dtype:d");
}

function laplaceOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawMapped("laplace", key, shape, dtype, LAPLACE);
}
