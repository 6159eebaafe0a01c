import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { apply, DATA, MULTIPLY_ADD, sizeOf, toShape } from "../array/index.ts";
import { fma } from "../base/index.ts";
import { drawFloat32, fillNormal, fillUniform, floats, fused, pair } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, float32Of, resultShape } from "./params.ts";

const { fround, sqrt } = Math;

/**
 * Maxwell float32 values of scale 1: lengths of three normal coordinates.
 *
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is no key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_maxwell`)
 * @example
 * maxwell(key(42), [2]).tolist() // => [0.5535825, 0.29328507]
 */
export function maxwell(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawFloat32("maxwell", key, shape, dtype, fillMaxwell);
}

function fillMaxwell(words: Uint32Array, out: Float32Array): Float32Array {
  const one = fused();
  const x = fillNormal(words, floats(3 * out.length));
  for (let i = 0; i < out.length; i++) {
    const two = fma(x[3 * i]!, x[3 * i]!, fround(x[3 * i + 1]! * x[3 * i + 1]!), one);
    out[i] = sqrt(fma(x[3 * i + 2]!, x[3 * i + 2]!, two, one));
  }
  return out;
}

/**
 * Maxwell float32 values of either sign: sign * maxwell * scale + loc.
 *
 * @param shape default what `loc` and `scale` broadcast to; the result has these axes and then the parameters' again, as
 * in JAX
 * @throws KeyError if `key` is no key
 * @throws TypeError if a parameter is no array of numbers; ShapeError, LimitError for a bad shape
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_double_sided_maxwell`)
 * @example
 * doubleSidedMaxwell(key(42), 0, 1, [2]).tolist() // => [-1.3810217, -0.675689]
 */
export function doubleSidedMaxwell(key: KeyLike, loc: ArrayLike, scale: ArrayLike, shape: ShapeLike = []): NDArray {
  const words = keyWords(key, "random.doubleSidedMaxwell");
  const centre = float32Of(loc, "doubleSidedMaxwell", "loc");
  const width = float32Of(scale, "doubleSidedMaxwell", "scale");
  const own = resultShape("doubleSidedMaxwell", undefined, [centre, width]);
  const asked = toShape(shape, 'random.doubleSidedMaxwell: "shape"');
  const sizes = toShape([...(asked.length === 0 ? own : asked), ...own], 'random.doubleSidedMaxwell: "shape"');
  const [keyMaxwell, keySign] = pair(words);
  const out = fillMaxwell(keyMaxwell, floats(sizeOf(sizes)));
  const signs = fillUniform(keySign, 0, 1, floats(out.length));
  for (let i = 0; i < out.length; i++) if (!(signs[i]! < 0.5)) out[i] = -out[i]!;
  return apply(MULTIPLY_ADD, undefined, arrayOf(sizes, out)[DATA], width[DATA], centre[DATA]);
}
