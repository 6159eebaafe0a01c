/** Rules of operations on one array that go element by element. */
import type { NDArray } from "../../array/index.ts";
import {
  ABS,
  ACOS,
  ACOSH,
  ASIN,
  ASINH,
  ATAN,
  ATANH,
  CAST,
  CBRT,
  CEIL,
  COS,
  cos,
  COSH,
  cosh,
  ERF,
  ERF_INV,
  EXP,
  exp,
  EXP2,
  EXPM1,
  FLOOR,
  INTEGER_POWER,
  isfinite,
  LOG,
  LOG1P,
  LOGISTIC,
  NAN_TO_NUM,
  NEGATIVE,
  RECIPROCAL,
  ROUND,
  SIGN,
  SIN,
  sin,
  SINH,
  sinh,
  SQRT,
  sqrt,
  SQUARE,
  square,
  subtract,
  TAN,
  TANH,
  TRUNC,
  where,
  zerosLike,
} from "../../array/index.ts";
import { LN2 } from "../../data/index.ts";
import type { Application, RuleEntry } from "../rule.ts";
import { slope, SLOPE } from "../operations/slopes.ts";
import { pullbacks } from "../rule.ts";

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const HALF_SQRT_PI = 0.886226925452758;

type Unary = Application<unknown, never[]> & { readonly inputs: readonly [x: NDArray] };

/** A pullback of one array, whatever the operation's parameters. */
function of(pull: (ct: NDArray, x: NDArray, y: NDArray) => NDArray): (ct: NDArray, application: unknown) => NDArray {
  return (ct, application) => {
    const { inputs, out } = application as Unary;
    return pull(ct, inputs[0], out);
  };
}

/** The rules of this file. */
export function unaryRules(): readonly RuleEntry[] {
  return [
    pullbacks(
      ABS,
      of((ct, x) => where(x.ge(0), ct, ct.neg())),
    ),
    pullbacks(
      NEGATIVE,
      of((ct) => ct.neg()),
    ),
    pullbacks(
      SQUARE,
      of((ct, x) => ct.mul(x.mul(2))),
    ),
    pullbacks(
      RECIPROCAL,
      of((ct, x) => ct.mul(x.pow(-2).neg())),
    ),
    pullbacks(
      EXP,
      of((ct, _, y) => ct.mul(y)),
    ),
    pullbacks(
      EXP2,
      of((ct, _, y) => ct.mul(LN2).mul(y)),
    ),
    pullbacks(
      EXPM1,
      of((ct, _, y) => ct.mul(y.add(1))),
    ),
    pullbacks(
      LOG,
      of((ct, x) => ct.div(x)),
    ),
    pullbacks(
      LOG1P,
      of((ct, x) => ct.div(x.add(1))),
    ),
    pullbacks(
      SQRT,
      of((ct, _, y) => ct.mul(y.pow(-1).mul(0.5))),
    ),
    pullbacks(
      SIN,
      of((ct, x) => ct.mul(cos(x))),
    ),
    pullbacks(
      COS,
      of((ct, x) => ct.mul(sin(x)).neg()),
    ),
    pullbacks(
      TAN,
      of((ct, _, y) => ct.mul(square(y).add(1))),
    ),
    pullbacks(
      TANH,
      of((ct, _, y) => slope("tanh", ct, y)),
    ),
    pullbacks(
      LOGISTIC,
      of((ct, _, y) => slope("logistic", ct, y)),
    ),
    pullbacks(
      ERF,
      of((ct, x) => ct.mul(exp(square(x).neg())).mul(TWO_OVER_SQRT_PI)),
    ),
    pullbacks(
      ERF_INV,
      of((ct, _, y) => ct.mul(exp(square(y))).mul(HALF_SQRT_PI)),
    ),
    ...inverseRules(),
    pullbacks(CAST, (ct) => ct),
    pullbacks(
      NAN_TO_NUM,
      of((ct, x) => where(isfinite(x), ct, 0)),
    ),
    pullbacks(INTEGER_POWER, (ct, { inputs: [x], parameters: n }) => integerPower(ct, x, n)),
    pullbacks(
      SLOPE,
      (ct, { inputs: [, y], parameters: name }) => slope(name, ct, y),
      (ct, { inputs: [given, y], parameters: name }) =>
        ct.mul(given).mul(name === "tanh" ? y.mul(-2) : subtract(1, y.mul(2))),
    ),
    ...[SIGN, FLOOR, CEIL, TRUNC, ROUND].map((operation): RuleEntry => [operation, null]),
  ];
}

function integerPower(ct: NDArray, x: NDArray, n: number): NDArray {
  if (n === 0) return zerosLike(ct);
  return n === 1 ? ct : ct.mul(x.pow(n - 1).mul(n));
}

/** Inverse trigonometric and hyperbolic functions and the cube root. */
function inverseRules(): readonly RuleEntry[] {
  return [
    pullbacks(
      ASIN,
      of((ct, x) => ct.div(sqrt(withinOne(x)))),
    ),
    pullbacks(
      ACOS,
      of((ct, x) => ct.div(sqrt(withinOne(x))).neg()),
    ),
    pullbacks(
      ATAN,
      of((ct, x) => ct.div(square(x).add(1))),
    ),
    pullbacks(
      SINH,
      of((ct, x) => ct.mul(cosh(x))),
    ),
    pullbacks(
      COSH,
      of((ct, x) => ct.mul(sinh(x))),
    ),
    pullbacks(
      ASINH,
      of((ct, x) => ct.div(sqrt(square(x).add(1)))),
    ),
    pullbacks(
      ACOSH,
      of((ct, x) => ct.div(sqrt(subtract(0, withinOne(x))))),
    ),
    pullbacks(
      ATANH,
      of((ct, x) => ct.div(withinOne(x))),
    ),
    pullbacks(
      CBRT,
      of((ct, _, y) => ct.mul(y.pow(-2).div(3))),
    ),
  ];
}

/** 1 - x^2, without cancellation near 1. */
function withinOne(x: NDArray): NDArray {
  return subtract(1, x).mul(x.add(1));
}
