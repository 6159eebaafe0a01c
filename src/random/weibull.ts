import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { apply, DATA, RECIPROCAL, sizeOf, toShape } from "../array/index.ts";
import { fillExponential } from "./exponential.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, float32Of, resultShape } from "./params.ts";

/**
 * Weibull float32 values: scale * exponential ^ (1 / concentration). JAX takes the power from the C library of its
 * host, so that last bits differ between hosts.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_weibull_min`)
 * @param shape of the draws, default `[]`; the parameters broadcast with them
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * weibullMin(key(42), 2, 1.5, [2]).tolist() // => [1.5326145, 2.1810308]
 */
export function weibullMin(
  ...places: Given<
    [key: KeyLike, scale: ArrayLike, concentration: ArrayLike],
    "key scale concentration",
    [shape: ShapeLike, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function weibullMin(): NDArray {
  return inOrder(weibullMinOf, arguments, 4, "random.weibullMin key scale concentration shape | dtype:g");
}

function weibullMinOf(key: KeyLike, scale: ArrayLike, concentration: ArrayLike, shape: ShapeLike = []): NDArray {
  const words = keyWords(key, "random.weibullMin");
  const width = float32Of(scale, "weibullMin", "scale");
  const steepness = float32Of(concentration, "weibullMin", "concentration");
  const asked = toShape(shape, 'random.weibullMin: "shape"');
  const draws = arrayOf(asked, fillExponential(words, sizeOf(asked)));
  resultShape("weibullMin", undefined, [draws, width, steepness]);
  return draws.pow(apply(RECIPROCAL, undefined, steepness[DATA])).mul(width);
}
