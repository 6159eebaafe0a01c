/** Elementwise operations that are not ufuncs. Ufuncs are in src/data/elementwise, beside their loops. */
import type { ArrayData, DType, Operand, Operation, Replacements, Tolerance } from "../../data/index.ts";
import {
  castData,
  clipData,
  exponentData,
  hypotData,
  integerPowerData,
  iscloseData,
  ldexpData,
  logaddexpData,
  multiplyAddData,
  nanToNumData,
  nextafterData,
  roundData,
  signbitData,
  testData,
  whereData,
} from "../../data/index.ts";

/** The elements cast to a dtype. */
export const CAST: Operation<DType, [x: ArrayData]> = {
  name: "astype",
  forward: (dtype, x) => castData(x, dtype),
};

/** `x` where `condition` is other than 0, else `y`. */
export const WHERE: Operation<undefined, [condition: ArrayData, x: Operand, y: Operand]> = {
  name: "where",
  forward: (_, condition, x, y) => whereData(condition, x, y),
};

/**
 * `x` between `min` and `max`: `minimum(max, maximum(min, x))`. Undefined means no bound. The parameter says whether
 * the gradient is that of `lax.clamp`: none where `x` is equal to a bound, instead of shares.
 */
export const CLIP: Operation<boolean, [x: Operand, min: Operand | undefined, max: Operand | undefined]> = {
  name: "clip",
  forward: (_, x, min, max) => clipData(x, min, max),
};

/** `x` rounded to a number of decimals. */
export const ROUND: Operation<number, [x: ArrayData]> = {
  name: "round",
  forward: (decimals, x) => roundData(x, decimals),
};

/** `x` to the power of a whole number, by squaring. */
export const INTEGER_POWER: Operation<number, [x: ArrayData]> = {
  name: "power",
  forward: (exponent, x) => integerPowerData(x, exponent),
};

/** log(e^x + e^y), broadcast, of floats. */
export const LOGADDEXP: Operation<undefined, [x: ArrayData, y: ArrayData]> = {
  name: "logaddexp",
  forward: (_, x, y) => logaddexpData(x, y),
};

/** The length of the hypotenuse of `x` and `y`, broadcast. */
export const HYPOT: Operation<undefined, [x: ArrayData, y: ArrayData]> = {
  name: "hypot",
  forward: (_, x, y) => hypotData(x, y),
};

/** x * y + z, float32, `y` and `z` broadcast to `x`. Samplers scale their draws with it. */
export const MULTIPLY_ADD: Operation<undefined, [x: ArrayData, y: ArrayData, z: ArrayData]> = {
  name: "multiplyAdd",
  forward: (_, x, y, z) => multiplyAddData(x, y, z),
};

/** Floats with numbers in place of NaN and infinities. */
export const NAN_TO_NUM: Operation<Replacements, [x: ArrayData]> = {
  name: "nanToNum",
  forward: nanToNumData,
};

/** Where two arrays are close, bool. */
export const ISCLOSE: Operation<Tolerance, [a: Operand, b: Operand]> = {
  name: "isclose",
  forward: iscloseData,
};

/** A test of each element. */
type UnaryPredicate = Operation<undefined, [x: ArrayData]>;

export const ISNAN: UnaryPredicate = {
  name: "isnan",
  forward: (_, x) => testData((v) => v !== v, x),
};

export const ISINF: UnaryPredicate = {
  name: "isinf",
  forward: (_, x) => testData((v) => Math.abs(v) === Infinity, x),
};

export const ISFINITE: UnaryPredicate = {
  name: "isfinite",
  forward: (_, x) => testData(Number.isFinite, x),
};

export const SIGNBIT: UnaryPredicate = {
  name: "signbit",
  forward: (_, x) => signbitData(x),
};

/** The exponents of floats. */
export const EXPONENT: Operation<undefined, [x: ArrayData]> = {
  name: "frexp",
  forward: (_, x) => exponentData(x),
};

/** x * 2^n of floats and int32, of one shape. */
export const LDEXP: Operation<undefined, [x: ArrayData, n: ArrayData]> = {
  name: "ldexp",
  forward: (_, x, n) => ldexpData(x, n),
};

/** The next float after `x` towards `y`, of one shape and dtype. */
export const NEXTAFTER: Operation<undefined, [x: ArrayData, y: ArrayData]> = {
  name: "nextafter",
  forward: (_, x, y) => nextafterData(x, y),
};
