/**
 * The elementary functions. Each takes anything array-like and gives float32, or the dtype of a bfloat16 or float16
 * array, computed in float32 and rounded. Subnormals count as zeros of their sign, as in XLA on a CPU.
 */
import { carryFused } from "../../backend/index.ts";
import { refuseSurplus } from "../../base/index.ts";
import type { ArrayLike, UnaryUfunc } from "../../data/index.ts";
import {
  COS,
  ERF,
  ERF_INV,
  EXP,
  EXP2,
  EXPM1,
  LN2,
  LOG,
  LOG1P,
  LOGISTIC,
  SIN,
  SQRT,
  TAN,
  TANH,
  isFloat,
  promote,
} from "../../data/index.ts";
import { asNDArray, unary } from "../ndarray.ts";
import type { NDArray } from "../ndarray.ts";

/**
 * One of the operations that the module of fused multiply-adds has: a program with the function carries that module.
 */
function fusable(operation: UnaryUfunc, x: ArrayLike): NDArray {
  carryFused();
  return unary(operation, x);
}

/**
 * e to the power of each element, float32.
 *
 * Source: XLA at jaxlib 0.10.2, `polynomial_approximations.cc` (GenerateVF32Exp), bit for bit in the profile of
 * `config`.
 * @example
 * exp([0, 1, -1]).tolist() // => [1, 2.7182817, 0.36787945]
 */
export function exp(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("exp", "x", arguments);
  return fusable(EXP, x);
}

/**
 * e^x - 1 of each element, float32, exact in the first order near 0.
 *
 * Source: XLA at jaxlib 0.10.2, `elemental_ir_emitter.cc` (EmitExpm1), bit for bit in the profile of `config`.
 * @example
 * expm1([0, 1, 1e-6]).tolist() // => [0, 1.7182817, 0.0000010000005]
 */
export function expm1(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("expm1", "x", arguments);
  return fusable(EXPM1, x);
}

/**
 * The natural logarithm of each element, float32; -Infinity at 0, NaN below.
 *
 * Source: XLA at jaxlib 0.10.2, `polynomial_approximations.cc` (GenerateVF32Log), bit for bit in the profile of
 * `config`.
 * @example
 * log([1, 10, 0]).tolist() // => [0, 2.3025851, -Infinity]
 */
export function log(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("log", "x", arguments);
  return fusable(LOG, x);
}

/**
 * log(1 + x) of each element, float32, exact in the first order near 0.
 *
 * Source: XLA at jaxlib 0.10.2, `intrinsic/log1p.cc`, bit for bit in the profile of `config`.
 * @example
 * log1p([0, 1, 1e-6]).tolist() // => [0, 0.6931472, 9.999995e-7]
 */
export function log1p(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("log1p", "x", arguments);
  return fusable(LOG1P, x);
}

/**
 * The hyperbolic tangent of each element, float32.
 *
 * Source: XLA at jaxlib 0.10.2, `intrinsic/tanh.cc`, bit for bit in the profile of `config`.
 * @example
 * tanh([0, 1, -20]).tolist() // => [0, 0.7615942, -1]
 */
export function tanh(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("tanh", "x", arguments);
  return fusable(TANH, x);
}

/**
 * The error function of each element, float32: JAX's `lax.erf`.
 *
 * Source: XLA at jaxlib 0.10.2, `intrinsic/erf.cc`, bit for bit, the same in both profiles.
 * @example
 * erf([0, 1, -4]).tolist() // => [0, 0.84270084, -1]
 */
export function erf(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("erf", "x", arguments);
  return fusable(ERF, x);
}

/**
 * The inverse of `erf` of each element, float32: JAX's `lax.erf_inv`. Infinite at -1 and 1, NaN outside.
 *
 * Source: `chlo.erf_inv` at jaxlib 0.10.2 (after Giles), bit for bit in the profile of `config`.
 * @example
 * erfInv([0, 0.5, 1]).tolist() // => [0, 0.47693628, Infinity]
 */
export function erfInv(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("erfInv", "x", arguments);
  return unary(ERF_INV, x);
}

/**
 * 1 / (1 + e^-x) of each element, float32: JAX's `lax.logistic`, the sigmoid.
 *
 * Source: XLA at jaxlib 0.10.2, `logistic_expander.cc`, bit for bit in the profile of `config`.
 * @example
 * jnp.logistic([0, 1, -1]).tolist() // => [0.5, 0.7310586, 0.26894143]
 */
export function logistic(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("logistic", "x", arguments);
  return fusable(LOGISTIC, x);
}

/**
 * The square root of each element, float32, correctly rounded; NaN below zero.
 *
 * Source: IEEE 754.
 * @example
 * sqrt([4, 3]).tolist() // => [2, 1.7320508]
 */
export function sqrt(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("sqrt", "x", arguments);
  return unary(SQRT, x);
}

/**
 * The sine of each element in radians, float32; NaN of an infinity.
 *
 * Source: our own, within 0.501 ulp, the same on every host (XLA asks the host's C library).
 * @example
 * sin([0, 1, 1e30]).tolist() // => [0, 0.84147096, -0.79116344]
 */
export function sin(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("sin", "x", arguments);
  return unary(SIN, x);
}

/**
 * The cosine of each element in radians, float32; NaN of an infinity.
 *
 * Source: our own, within 0.501 ulp, the same on every host (XLA asks the host's C library).
 * @example
 * cos([0, 1, 1e30]).tolist() // => [1, 0.5403023, -0.6116048]
 */
export function cos(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("cos", "x", arguments);
  return unary(COS, x);
}

/**
 * The tangent of each element in radians, float32; NaN of an infinity.
 *
 * Source: our own, within 0.501 ulp, the same on every host (XLA asks the host's C library).
 * @example
 * tan([0, 1, 1e30]).tolist() // => [0, 1.5574077, 1.2935861]
 */
export function tan(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("tan", "x", arguments);
  return unary(TAN, x);
}

/**
 * 2 to the power of each element, float32: e to the power of x ln 2, as in JAX.
 *
 * Source: JAX 0.10.2 `lax.exp2`; the product with float32 ln 2 is rounded before `exp`.
 * @example
 * exp2([0, 3, -1]).tolist() // => [1, 8, 0.5]
 */
export function exp2(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("exp2", "x", arguments);
  const given = floating(x, 'exp2: "x"');
  // A 16-bit float is rounded after the product, too.
  return given.dtype === "float32" ? fusable(EXP2, given) : exp(given.mul(LN2));
}

/**
 * The logarithm to base 2 of each element, float32: `log(x)` by the logarithm of 2.
 *
 * Source: JAX 0.10.2 `jnp.log2`.
 * @example
 * log2([1, 8, 0]).tolist() // => [0, 3, -Infinity]
 */
export function log2(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("log2", "x", arguments);
  return log(floating(x, 'log2: "x"')).div(LN2);
}

/**
 * The logarithm to base 10 of each element, float32: `log(x)` times the reciprocal of the logarithm of 10.
 *
 * Source: JAX 0.10.2 `jnp.log10`.
 * @example
 * log10([1, 1000, 0]).tolist() // => [0, 3, -Infinity]
 */
export function log10(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("log10", "x", arguments);
  return log(floating(x, 'log10: "x"')).mul(0.43429448190325176);
}

/** `x` as an array of floats: integers become float32. */
export function floating(x: ArrayLike, name: string): NDArray {
  const given = asNDArray(x, name);
  return isFloat(given.dtype) ? given : given.astype("float32");
}

/** Two operands as arrays of the float dtype they promote to: float32 if both are integers. A bare number is weak. */
export function floatingPair(a: ArrayLike, b: ArrayLike, fn: string, nameA = "a", nameB = "b"): [NDArray, NDArray] {
  return floatingAll([a, b], (i) => `${fn}: "${i === 0 ? nameA : nameB}"`) as [NDArray, NDArray];
}

/** The list as arrays of the float dtype they promote to: float32 if all are integers. Bare numbers are weak. */
export function floatingAll(list: readonly ArrayLike[], name: (i: number) => string): NDArray[] {
  const given = list.map((x, i) => asNDArray(x, name(i)));
  const strong = given.filter((_, i) => typeof list[i] !== "number");
  const common = (strong.length > 0 ? strong : given).map((x) => x.dtype).reduce(promote);
  const dtype = isFloat(common) ? common : "float32";
  return given.map((x) => x.astype(dtype));
}
