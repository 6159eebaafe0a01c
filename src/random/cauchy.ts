import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { NDArray, ShapeLike } from "../array/index.ts";
import type { UniformMap } from "./draw.ts";
import { drawMapped } from "./draw.ts";
import { unary } from "./elementary.ts";
import type { KeyLike } from "./key.ts";

const PI = Math.fround(Math.PI);

const CAUCHY: UniformMap = {
  minval: 2 ** -23,
  maxval: 1,
  apply(u) {
    for (let i = 0; i < u.length; i++) u[i] = PI * Math.fround(u[i]! - 0.5);
    unary("tan", u);
  },
};

/**
 * Cauchy float32 values: tan(pi * (u - 1/2)). JAX takes the tangent from the C library of its host, so that last bits
 * differ between hosts.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_cauchy`)
 * @param shape of the result, default `[]`
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `dtype` is not `"float32"`; ShapeError, LimitError for a bad shape
 * @example
 * cauchy(key(42), [3]).tolist() // => [-0.03548463, 0.6337261, 0.38244057]
 */
export function cauchy(
  key: KeyLike | Keyed<DrawOptions>,
  ...places: Places<[shape: ShapeLike, dtype: "float32" | null], DrawOptions>
): NDArray;
export function cauchy(): NDArray {
  return inOrder(cauchyOf, arguments, 3, "random.cauchy key shape dtype:d");
}

function cauchyOf(key: KeyLike, shape: ShapeLike = [], dtype: "float32" = "float32"): NDArray {
  return drawMapped("cauchy", key, shape, dtype, CAUCHY);
}
