import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { HalfDType, Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import { erfInv } from "../array/index.ts";
import { drawFloat32, fillNormal } from "./draw.ts";
import type { FloatDType } from "./half.ts";
import { drawsHalf, nextHalf, uniformHalf } from "./half.ts";
import type { KeyLike } from "./key.ts";

/**
 * Standard normal values, float32 unless told otherwise: sqrt(2) * erfInv(u), u uniform in (-1, 1). They lie in
 * [-5.42, 5.22]; in bfloat16 there are 128 of them, in [-2.64, 2.42], and in float16 1,024, in [-3.3, 3.1].
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_normal_real`) with XLA's erf_inv and log1p of jaxlib 0.10.2; with
 * or without fused multiply-add, as `config.profile` says. In 16 bits every step is rounded.
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`, `"bfloat16"` or `"float16"`; ShapeError, LimitError for a bad shape
 * @example
 * normal(key(42), [2]).tolist() // => [-0.028304616, 0.46713185]
 */
export function normal(
  key: KeyLike | Keyed<DrawOptions<FloatDType>>,
  ...places: Places<[shape: ShapeLike, dtype: FloatDType | null], DrawOptions<FloatDType>>
): NDArray;
export function normal(): NDArray {
  return inOrder(normalOf, arguments, 3, "random.normal key shape dtype:d");
}

function normalOf(key: KeyLike, shape: ShapeLike = [], dtype: FloatDType = "float32"): NDArray {
  if (drawsHalf(dtype, "normal")) return normalHalf(key, shape, dtype);
  return drawFloat32("normal", key, shape, dtype, fillNormal);
}

function normalHalf(key: KeyLike, shape: ShapeLike, dtype: HalfDType): NDArray {
  const bounds = { minval: nextHalf(dtype, -1, Infinity), maxval: 1 };
  return erfInv(uniformHalf("normal", key, shape, bounds, dtype)).mul(Math.SQRT2);
}
