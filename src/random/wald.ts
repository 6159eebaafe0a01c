import type { DrawOptions } from "./drawoptions.ts";
import type { Given } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { array, broadcastTo, sqrt, square, where } from "../array/index.ts";
import { fillNormal, fillUniform, floats, pair } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkFormula, multiplyAdd } from "./params.ts";

/**
 * Wald (inverse Gaussian) float32 values of mean `mean` and scale 1.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_wald`)
 * @param shape of the result; `mean`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `mean` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * wald(key(42), 2, [3]).tolist() // => [2.2265885, 3.9277124, 0.38947535]
 */
export function wald(
  ...places: Given<
    [key: KeyLike, mean: ArrayLike],
    "key mean",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function wald(): NDArray {
  return inOrder(waldOf, arguments, 3, "random.wald key mean shape:x | dtype:g");
}

function waldOf(key: KeyLike, mean: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkFormula("wald", key, shape, { mean });
  const [keyV, keyZ] = pair(words);
  const y = square(arrayOf(sizes, fillNormal(keyV, floats(size))));
  const z = arrayOf(sizes, fillUniform(keyZ, 0, 1, floats(size)));
  const centre = broadcastTo(params.mean, sizes);
  const squared = square(centre);
  const root = sqrt(multiplyAdd(centre.mul(4), y, squared.mul(square(y))));
  const x = multiplyAdd(centre.mul(-0.5), root, multiplyAdd(squared.mul(y), array(0.5), centre));
  return where(z.le(centre.div(centre.add(x))), x, squared.div(x));
}
