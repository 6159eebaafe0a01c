import type { DrawOptions } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import { drawFloat32, fillNormal } from "./draw.ts";
import type { KeyLike } from "./key.ts";

/**
 * Standard normal float32 values: sqrt(2) * erfInv(u), u uniform in (-1, 1). They lie in [-5.42, 5.22].
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`) with XLA's erf_inv and log1p of jaxlib 0.10.2; with
 * or without fused multiply-add, as `config.profile` says.
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is no key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * normal(key(42), [2]).tolist() // => [-0.028304616, 0.46713185]
 */
export function normal(key: KeyLike, ...places: Places<[shape: ShapeLike, dtype: "float32"], DrawOptions>): NDArray;
export function normal(): NDArray {
  return inOrder(normalOf, arguments, 3, "random.normal key shape dtype:d");
}

function normalOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawFloat32("normal", key, shape, dtype, fillNormal);
}
