/** Elementwise functions that combine several operations. */
import type { Given } from "../../base/index.ts";
import { assertList, inOrder, refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { DATA } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, unary } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { HYPOT, LOGADDEXP, SIGNBIT } from "../operations/elementwise.ts";
import { where } from "./comparison.ts";
import { floating, floatingPair } from "./elementary.ts";

/**
 * log(e^a + e^b), broadcast: the larger one plus log1p(e^-|a - b|).
 *
 * Source: JAX 0.10.2 `jax/_src/lax/other.py` (`logaddexp`), bit for bit of float32.
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * logaddexp(0, [0, 100, -Infinity]).tolist() // => [0.6931472, 100, 0]
 */
export function logaddexp(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("logaddexp", "x1 x2", arguments);
  const [x, y] = floatingPair(a, b, "logaddexp");
  return apply(LOGADDEXP, undefined, x[DATA], y[DATA]);
}

/**
 * The hypotenuse of a right triangle with the sides `a` and `b`, broadcast, without overflow in between. Infinite where
 * either side is.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`hypot`), bit for bit of float32 in the profile of `config`.
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * hypot([3, 3e30], [4, 4e30]).tolist() // => [5, 5e30]
 */
export function hypot(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("hypot", "x1 x2", arguments);
  const [x, y] = floatingPair(a, b, "hypot");
  return apply(HYPOT, undefined, x[DATA], y[DATA]);
}

/**
 * Degrees as radians, float32.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`deg2rad`).
 * @example
 * radians(180).item() // => 3.1415927
 */
export function radians(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("radians", "x", arguments);
  return floating(x, 'radians: "x"').mul(Math.PI / 180);
}

/**
 * Radians as degrees, float32.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`rad2deg`).
 * @example
 * degrees(jnp.pi).item() // => 180
 */
export function degrees(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("degrees", "x", arguments);
  return floating(x, 'degrees: "x"').mul(180 / Math.PI);
}

/**
 * Where the sign bit is set, bool. True for -0; false for NaN, whose sign differs between engines and processors.
 *
 * @example
 * signbit([-1, 0, -0]).tolist() // => [true, false, true]
 */
export function signbit(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("signbit", "x", arguments);
  return unary(SIGNBIT, x);
}

/**
 * `x` with the sign of `y`, broadcast, a float. NaN counts as positive, as in `signbit`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`copysign`).
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * copysign([1, -2], -0).tolist() // => [-1, -2]
 */
export function copysign(x: ArrayLike, y: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("copysign", "x1 x2", arguments);
  const [size, sign] = floatingPair(x, y, "copysign", "x", "y");
  const positive = size.abs();
  return where(signbit(sign), positive.neg(), positive);
}

/**
 * Elementwise, the element of the first of `choices` whose condition is not 0, else of `otherwise`. All of them
 * broadcast, choices promote.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`select`).
 * @param otherwise default 0
 * @throws RangeError if there are not as many choices as conditions, or none
 * @example
 * select([[true, false, false], [true, true, false]], [[1, 2, 3], [4, 5, 6]], 0).tolist() // => [1, 5, 0]
 */
export function select(
  conditions: readonly ArrayLike[],
  ...places: Given<
    [choices: readonly ArrayLike[]],
    "choicelist",
    [otherwise: ArrayLike],
    { readonly default?: ArrayLike }
  >
): NDArray;
export function select(): NDArray {
  return inOrder(selectOf, arguments, 3, "select condlist choicelist default");
}

function selectOf(conditions: readonly ArrayLike[], choices: readonly ArrayLike[], otherwise: ArrayLike = 0): NDArray {
  assertList(conditions, 'select: "conditions"');
  assertList(choices, 'select: "choices"');
  if (conditions.length !== choices.length || choices.length === 0)
    throw choicesError(choices.length, conditions.length);
  const all = weakly([...choices, otherwise], () => "select");
  return conditions.reduceRight<NDArray>((rest, condition, i) => where(condition, all[i]!, rest), all.at(-1)!);
}

function choicesError(choices: number, conditions: number): RangeError {
  const expected = "expected as many arrays as conditions, at least one";
  return new RangeError(`select: "choices" ${expected}, got ${choices} for ${conditions}`);
}
