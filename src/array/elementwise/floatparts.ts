/** The parts and neighbours of floats, and the bits of integers. */
import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { DATA, isFloat, itemSize } from "../../data/index.ts";
import { resultType } from "../info.ts";
import { broadcastArrays } from "../manipulation/views.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray } from "../ndarray.ts";
import { EXPONENT, LDEXP, NEXTAFTER } from "../operations/elementwise.ts";
import { abs } from "./arithmetic.ts";
import { bitwiseAnd, rightShift } from "./bitwise.ts";
import { floating } from "./elementary.ts";

/**
 * The parts of each float x = mantissa * 2^exponent with 0.5 <= |mantissa| < 1; the exponents int32. Zeros, infinities
 * and NaN are their own mantissa, with exponent 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`frexp`).
 * @example
 * frexp([6, -0.5, 0]).map((part) => part.tolist()) // => [[0.75, -0.5, 0], [3, 0, 0]]
 */
export function frexp(x: ArrayLike): [mantissa: NDArray, exponent: NDArray] {
  if (arguments.length > 1) refuseSurplus("frexp", "x", arguments);
  const given = floating(x, 'frexp: "x"');
  const exponent = apply(EXPONENT, undefined, given[DATA]);
  return [apply(LDEXP, undefined, given[DATA], exponent.neg()[DATA]), exponent];
}

/**
 * x * 2^n for whole `n`, broadcast, a float, rounded once.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`ldexp`).
 * @throws TypeError if `n` is a float array
 * @example
 * ldexp([0.75, 1], [3n, -1n]).tolist() // => [6, 0.5]
 */
export function ldexp(x: ArrayLike, n: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("ldexp", "x1 x2", arguments);
  const powers = typeof n === "number" && Number.isInteger(n) ? asNDArray(n, "ldexp").astype("int32") : n;
  const whole = asNDArray(powers, 'ldexp: "n"');
  if (isFloat(whole.dtype)) throw wholeError(whole);
  const [from, by] = broadcastArrays(floating(x, 'ldexp: "x"'), whole.astype("int32"));
  return apply(LDEXP, undefined, from![DATA], by![DATA]);
}

function wholeError({ dtype }: NDArray): TypeError {
  return new TypeError(`ldexp: "n" expected integers, got ${dtype}. Cast it with .astype("int32")`);
}

/**
 * The next float after `x` towards `y`, broadcast, in the dtype of both.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`nextafter`).
 * @example
 * nextafter(1, [2, 0]).tolist() // => [1.0000001, 0.99999994]
 */
export function nextafter(x: ArrayLike, y: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("nextafter", "x y", arguments);
  const dtype = resultType(x, y);
  const float = isFloat(dtype) ? dtype : "float32";
  const [from, towards] = broadcastArrays(
    asNDArray(x, 'nextafter: "x"').astype(float),
    asNDArray(y, 'nextafter: "y"').astype(float),
  );
  return apply(NEXTAFTER, undefined, from![DATA], towards![DATA]);
}

/**
 * How many bits of each integer's absolute value are set, uint8.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/ufuncs.py` (`bitwise_count`).
 * @throws TypeError for floats
 * @example
 * bitwiseCount([7n, -8n, 0n]).tolist() // => [3, 1, 0]
 */
export function bitwiseCount(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("bitwiseCount", "x", arguments);
  const given = asNDArray(x, 'bitwiseCount: "x"');
  const size = given.dtype === "bool" || isUnsigned(given) ? given : abs(given);
  let count = bitwiseAnd(size, size.dtype === "bool" ? true : 1).astype("uint8");
  for (let bit = 1; bit < 8 * itemSize(size.dtype); bit++)
    count = count.add(bitwiseAnd(rightShift(size, bit), 1).astype("uint8"));
  return count;
}

function isUnsigned({ dtype }: NDArray): boolean {
  return dtype.startsWith("u");
}
