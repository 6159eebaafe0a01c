import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Given, Places } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { sizeOf, toShape } from "../array/index.ts";
import { fma, inOrder } from "../base/index.ts";
import { drawFloat32, fillNormal, fillUniform, floats, fused, pair } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { arrayOf, float32Of, multiplyAdd, resultShape } from "./params.ts";

const { fround, sqrt } = Math;

/**
 * Maxwell float32 values of scale 1: lengths of three normal coordinates.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_maxwell`)
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * maxwell(key(42), [2]).tolist() // => [0.5535825, 0.29328507]
 */
export function maxwell(
  key: KeyLike | Keyed<DrawOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function maxwell(): NDArray {
  return inOrder(maxwellOf, arguments, 3, "random.maxwell key shape dtype:d");
}

function maxwellOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
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
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_double_sided_maxwell`)
 * @param shape default what `loc` and `scale` broadcast to. The result has these axes and then those of the parameters
 * again, as in JAX
 * @throws KeyError if `key` is not a key
 * @throws TypeError if a parameter is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * doubleSidedMaxwell(key(42), 0, 1, [2]).tolist() // => [-1.3810217, -0.675689]
 */
export function doubleSidedMaxwell(
  ...places: Given<
    [key: KeyLike, loc: ArrayLike, scale: ArrayLike],
    "key loc scale",
    [shape: ShapeLike, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function doubleSidedMaxwell(): NDArray {
  return inOrder(doubleSidedMaxwellOf, arguments, 4, "random.doubleSidedMaxwell key loc scale shape | dtype:g");
}

function doubleSidedMaxwellOf(key: KeyLike, loc: ArrayLike, scale: ArrayLike, shape: ShapeLike = []): NDArray {
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
  return multiplyAdd(arrayOf(sizes, out), width, centre);
}
