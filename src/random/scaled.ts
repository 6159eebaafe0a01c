import type { DrawOptions, Keyed } from "./drawoptions.ts";
import type { Given, Places } from "../base/index.ts";
import { inOrder } from "../base/index.ts";
import type { ArrayLike, NDArray, ShapeLike } from "../array/index.ts";
import { applyUnary, EXP, LOG, sameShape, sqrt } from "../array/index.ts";
import { fillMapped, fillNormal, fillUniform, floats } from "./draw.ts";
import { unary } from "./elementary.ts";
import { fillExponential } from "./exponential.ts";
import type { KeyLike } from "./key.ts";
import { arrayOf, checkFormula } from "./params.ts";

const SQRT2 = Math.fround(Math.SQRT2);

/** The float32 after -1, BF7FFFFF. */
const LOWEST = Math.fround(-0.99999994);

/**
 * Pareto float32 values of shape parameter `b`: exp(exponential / b).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_pareto`)
 * @param shape of the result; `b`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `b` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * pareto(key(42), 3, [2]).tolist() // => [1.2505779, 1.4617002]
 */
export function pareto(
  ...places: Given<
    [key: KeyLike, b: ArrayLike],
    "key b",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function pareto(): NDArray {
  return inOrder(paretoOf, arguments, 3, "random.pareto key b shape:x | dtype:g");
}

function paretoOf(key: KeyLike, b: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkFormula("pareto", key, shape, { b });
  return applyUnary(EXP, arrayOf(sizes, fillExponential(words, size)).div(params.b));
}

/**
 * Log-normal float32 values: exp(sigma * normal).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_lognormal`)
 * @param sigma default 1
 * @param shape of the result; `sigma`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `sigma` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * lognormal(key(42), 1, [2]).tolist() // => [0.9720922, 1.5954118]
 */
export function lognormal(
  key: KeyLike | Keyed<DrawOptions & { readonly sigma?: ArrayLike }>,
  ...places: Places<
    [sigma: ArrayLike, shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions & { readonly sigma?: ArrayLike }
  >
): NDArray;
export function lognormal(): NDArray {
  return inOrder(lognormalOf, arguments, 3, "random.lognormal key sigma shape:x | dtype:g");
}

function lognormalOf(key: KeyLike, sigma: ArrayLike = 1, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkFormula("lognormal", key, shape, { sigma });
  const isWhole = sameShape(params.sigma.shape, sizes);
  const draws = arrayOf(sizes, isWhole ? fillNormal(words, floats(size)) : fillUnscaled(words, floats(size)));
  return applyUnary(EXP, draws.mul(isWhole ? params.sigma : params.sigma.mul(SQRT2)));
}

/** Normal values without their factor sqrt(2), which XLA multiplies with a parameter that it broadcasts. */
function fillUnscaled(words: Uint32Array, out: Float32Array): Float32Array {
  fillMapped(words, { minval: LOWEST, maxval: 1, apply: (u) => void unary("erfInv", u) }, out);
  return out;
}

/**
 * Rayleigh float32 values: scale * sqrt(-2 * log(u)).
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_rayleigh`)
 * @param shape of the result; `scale`'s, if left out
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `scale` is not an array of numbers; ShapeError, LimitError for a bad shape
 * @example
 * rayleigh(key(42), 2, [2]).tolist() // => [2.3933022, 1.7571814]
 */
export function rayleigh(
  ...places: Given<
    [key: KeyLike, scale: ArrayLike],
    "key scale",
    [shape: ShapeLike | null, dtype: "float32" | null],
    DrawOptions
  >
): NDArray;
export function rayleigh(): NDArray {
  return inOrder(rayleighOf, arguments, 3, "random.rayleigh key scale shape:x | dtype:g");
}

function rayleighOf(key: KeyLike, scale: ArrayLike, shape?: ShapeLike): NDArray {
  const { words, shape: sizes, size, params } = checkFormula("rayleigh", key, shape, { scale });
  const draws = arrayOf(sizes, fillUniform(words, 0, 1, floats(size)));
  return params.scale.mul(sqrt(applyUnary(LOG, draws).mul(-2)));
}
