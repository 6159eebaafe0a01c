import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { castData, arrayData, sizeOf, toData, toShape } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { fillExponential } from "./exponential.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, resultShape, stretched } from "./params.ts";

/**
 * Weibull float32 values: scale * exponential ^ (1 / concentration). JAX takes the power from the C library of its
 * host, so that last bits differ between hosts.
 *
 * @param shape of the draws, default `[]`; the parameters broadcast with them
 * @throws KeyError if `key` is no key
 * @throws TypeError if a parameter is no array of numbers; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_weibull_min`)
 * @example
 * weibullMin(key(42), 2, 1.5, [2]).tolist() // => [1.5326145, 2.1810308]
 */
export function weibullMin(key: KeyLike, scale: ArrayLike, concentration: ArrayLike, shape: ShapeLike = []): NDArray {
  const words = keyWords(key, "random.weibullMin");
  const width = castData(toData(scale, 'random.weibullMin: "scale"'), "float32");
  const power = castData(toData(concentration, 'random.weibullMin: "concentration"'), "float32");
  const asked = toShape(shape, 'random.weibullMin: "shape"');
  const draws = arrayData(asked, "float32", fillExponential(words, sizeOf(asked)));
  const sizes = resultShape("weibullMin", undefined, [draws, width, power]);
  const out = (stretched(draws, sizes) as Float32Array).slice();
  const powers = (stretched(power, sizes) as Float32Array).map((c) => 1 / c);
  kernels().powF32(out, powers, out);
  const widths = stretched(width, sizes);
  for (let i = 0; i < out.length; i++) out[i] = out[i]! * widths[i]!;
  return arrayOf(sizes, out);
}
