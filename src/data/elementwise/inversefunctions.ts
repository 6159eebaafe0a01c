/**
 * float32 inverse trigonometric and hyperbolic functions and the cube root, our own: XLA calls the host's C library or
 * expands them in float32, whose bits differ. Computed in double precision and rounded once: off by less than 0.501
 * ulp. Subnormals count as zeros of their sign.
 */
import { flush } from "../../base/index.ts";
import { atan, exp, HALF_PI, log } from "./doubles.ts";
import { UnaryUfunc } from "./unary.ts";

const { LN2, abs, fround, sqrt } = Math;

/** Below it the first two terms of a series are all that a float32 shows. */
const SMALL = 2 ** -12;

function asin(x: number): number {
  return atan(x / sqrt((1 - x) * (1 + x)));
}

function acos(x: number): number {
  return x === -1 ? 2 * HALF_PI : 2 * atan(sqrt((1 - x) / (1 + x)));
}

function asinh(x: number): number {
  const a = abs(x);
  if (x === 0) return x;
  if (a < SMALL) return x - (x * x * x) / 6;
  if (a === Infinity) return x;
  const y = a > 2 ** 30 ? log(a) + LN2 : log(a + sqrt(a * a + 1));
  return x < 0 ? -y : y;
}

function acosh(x: number): number {
  if (x < 1) return NaN;
  if (x === Infinity) return x;
  return x > 2 ** 30 ? log(x) + LN2 : log(x + sqrt((x - 1) * (x + 1)));
}

function atanh(x: number): number {
  const a = abs(x);
  if (a < SMALL) return x + (x * x * x) / 3;
  if (a > 1) return NaN;
  if (a === 1) return x * Infinity;
  const y = log((1 + a) / (1 - a)) / 2;
  return x < 0 ? -y : y;
}

function sinh(x: number): number {
  const a = abs(x);
  if (a > 100) return x * Infinity;
  if (a > 0.5) {
    const e = exp(a);
    return (x < 0 ? -1 : 1) * ((e - 1 / e) / 2);
  }
  const x2 = x * x;
  let p = 1 / 6227020800;
  p = p * x2 + 1 / 39916800;
  p = p * x2 + 1 / 362880;
  p = p * x2 + 1 / 5040;
  p = p * x2 + 1 / 120;
  p = p * x2 + 1 / 6;
  return x + x * x2 * p;
}

function cosh(x: number): number {
  const a = abs(x);
  if (a > 100) return Infinity;
  const e = exp(a);
  return (e + 1 / e) / 2;
}

/** From exp(log(a) / 3), one step of Newton: an error of 2^-40 becomes 2^-79. */
function cbrt(x: number): number {
  const a = abs(x);
  if (a === 0 || a === Infinity) return x;
  let y = exp(log(a) / 3);
  y = y - (y - a / (y * y)) / 3;
  return x < 0 ? -y : y;
}

/** An operation by a function of one number in double precision. A NaN gives a NaN. */
function ofDouble(name: string, f: (x: number) => number): UnaryUfunc {
  return new UnaryUfunc({
    name,
    computeFloats: (x, out) => {
      for (let i = 0; i < out.length; i++) {
        const value = flush(x[i]!);
        out[i] = value === value ? flush(fround(f(value))) : NaN;
      }
    },
  });
}

export const ASIN = /* @__PURE__ */ ofDouble("arcsin", asin);
export const ACOS = /* @__PURE__ */ ofDouble("arccos", acos);
export const ATAN = /* @__PURE__ */ ofDouble("arctan", atan);
export const ASINH = /* @__PURE__ */ ofDouble("arcsinh", asinh);
export const ACOSH = /* @__PURE__ */ ofDouble("arccosh", acosh);
export const ATANH = /* @__PURE__ */ ofDouble("arctanh", atanh);
export const SINH = /* @__PURE__ */ ofDouble("sinh", sinh);
export const COSH = /* @__PURE__ */ ofDouble("cosh", cosh);
export const CBRT = /* @__PURE__ */ ofDouble("cbrt", cbrt);
