import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { fma } from "../base/index.ts";
import { fillNormal, fillUniform, floats, fused, pair } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkDraw } from "./params.ts";

const { fround, sqrt } = Math;

/**
 * Wald (inverse Gaussian) float32 values of mean `mean` and scale 1.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_wald`)
 * @param shape of the result; `mean`'s, if left out
 * @throws KeyError if `key` is no key
 * @throws TypeError if `mean` is no array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * wald(key(42), 2, [3]).tolist() // => [2.2265885, 3.9277124, 0.38947535]
 */
export function wald(key: KeyLike, mean: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkDraw("wald", key, shape, { mean });
  const [keyV, keyZ] = pair(words);
  const out = fillNormal(keyV, floats(size));
  const z = fillUniform(keyZ, 0, 1, floats(size));
  const one = fused();
  for (let i = 0; i < size; i++) out[i] = waldOf(params.mean.values[i]!, out[i]!, z[i]!, one);
  return arrayOf(sizes, out);
}

function waldOf(mean: number, v: number, z: number, one: boolean): number {
  const y = fround(v * v);
  const square = fround(mean * mean);
  const root = fround(sqrt(fma(fround(4 * mean), y, fround(square * fround(y * y)), one)));
  const x = fma(-fround(mean * 0.5), root, fma(fround(square * y), 0.5, mean, one), one);
  return z <= fround(mean / fround(mean + x)) ? x : fround(square / x);
}
