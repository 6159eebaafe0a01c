/** Rules of operations on two arrays or three that go element by element. */
import type { ArrayLike, NDArray } from "../../array/index.ts";
import {
  abs,
  ADD,
  ATAN2,
  CLIP,
  DIVIDE,
  divide,
  equal,
  exp,
  floor,
  FLOOR_DIVIDE,
  HYPOT,
  less,
  log,
  LOGADDEXP,
  MAXIMUM,
  maximum,
  minimum,
  MINIMUM,
  MULTIPLY,
  MULTIPLY_ADD,
  POWER,
  power,
  REMAINDER,
  sqrt,
  square,
  subtract,
  SUBTRACT,
  where,
  WHERE,
  zerosLike,
} from "../../array/index.ts";
import type { RuleEntry } from "../rule.ts";
import { broadcasting } from "./broadcast.ts";

/** The rules of this file. */
export function binaryRules(): readonly RuleEntry[] {
  return [
    broadcasting(
      ADD,
      (ct) => ct,
      (ct) => ct,
    ),
    broadcasting(
      SUBTRACT,
      (ct) => ct,
      (ct) => ct.neg(),
    ),
    broadcasting(
      MULTIPLY,
      (ct, { inputs: [, b] }) => ct.mul(b),
      (ct, { inputs: [a] }) => ct.mul(a),
    ),
    broadcasting(
      MULTIPLY_ADD,
      (ct, { inputs: [, b] }) => ct.mul(b),
      (ct, { inputs: [a] }) => ct.mul(a),
      (ct) => ct,
    ),
    broadcasting(
      DIVIDE,
      (ct, { inputs: [, b] }) => ct.div(b),
      (ct, { inputs: [a, b] }) => ct.neg().mul(a).mul(power(b, -2)),
    ),
    broadcasting(
      MAXIMUM,
      (ct, { inputs: [a, b], out }) => ct.mul(shareOf(a, b, out)),
      (ct, { inputs: [a, b], out }) => ct.mul(shareOf(b, a, out)),
    ),
    broadcasting(
      MINIMUM,
      (ct, { inputs: [a, b], out }) => ct.mul(shareOf(a, b, out)),
      (ct, { inputs: [a, b], out }) => ct.mul(shareOf(b, a, out)),
    ),
    broadcasting(
      POWER,
      (ct, { inputs: [a, b] }) => ct.mul(power(a, subtract(b, 1)).mul(b)),
      (ct, { inputs: [a], out }) => ct.mul(log(where(equal(a, 0), 1, a)).mul(out)),
    ),
    broadcasting(
      REMAINDER,
      (ct) => ct,
      (ct, { inputs: [a, b] }) => ct.neg().mul(floor(divide(a, b))),
    ),
    broadcasting(
      HYPOT,
      (ct, { inputs: [a, b] }) => hypotBackward(ct, a, b),
      (ct, { inputs: [a, b] }) => hypotBackward(ct, b, a),
    ),
    broadcasting(
      ATAN2,
      (ct, { inputs: [a, b] }) => ct.mul(divide(b, square(a).add(square(b)))),
      (ct, { inputs: [a, b] }) => ct.mul(divide(a, square(a).add(square(b)))).neg(),
    ),
    broadcasting(
      LOGADDEXP,
      (ct, { inputs: [a], out }) => ct.mul(exp(finiteAbove(a).sub(finiteAbove(out)))),
      (ct, { inputs: [, b], out }) => ct.mul(exp(finiteAbove(b).sub(finiteAbove(out)))),
    ),
    broadcasting(
      WHERE,
      (ct) => zerosLike(ct),
      (ct, { inputs: [condition] }) => where(condition, ct, 0),
      (ct, { inputs: [condition] }) => where(condition, 0, ct),
    ),
    broadcasting(
      CLIP,
      (ct, { inputs: [x, min, max], out, parameters: isClamp }) => {
        if (isClamp) return where(less(min!, x), where(less(x, max!), ct, 0), 0);
        const inner = clipMax(ct, x, min, max, out);
        return min === undefined ? inner : inner.mul(shareOf(x, min, maximum(min, x)));
      },
      (ct, { inputs: [x, min, max], out, parameters: isClamp }) =>
        isClamp
          ? where(less(x, min!), where(less(min!, max!), ct, 0), 0)
          : clipMax(ct, x, min, max, out).mul(shareOf(min!, x, maximum(min!, x))),
      (ct, { inputs: [x, min, max], out, parameters: isClamp }) =>
        isClamp ? where(less(max!, x), ct, 0) : ct.mul(shareOf(max!, lower(x, min), out)),
    ),
    [FLOOR_DIVIDE, null],
  ];
}

/** What of a chosen element's cotangent goes to `own`: all, none, or half of it if `other` is equal. */
function shareOf(own: ArrayLike, other: ArrayLike, chosen: NDArray): NDArray {
  return where(equal(own, chosen), where(equal(other, chosen), 0.5, 1), 0);
}

/** The cotangent of `maximum(min, x)` inside of `minimum(max, maximum(min, x))`. */
function clipMax(
  ct: NDArray,
  x: ArrayLike,
  min: ArrayLike | undefined,
  max: ArrayLike | undefined,
  out: NDArray,
): NDArray {
  return max === undefined ? ct : ct.mul(shareOf(lower(x, min), max, out));
}

function lower(x: ArrayLike, min: ArrayLike | undefined): ArrayLike {
  return min === undefined ? x : maximum(min, x);
}

/**
 * The cotangent of `own` in the hypotenuse of `own` and `other`, which is `long * sqrt(1 + ratio^2)`. Two zeros get a
 * half each; an infinity makes NaN, as in JAX.
 */
function hypotBackward(ct: NDArray, own: NDArray, other: NDArray): NDArray {
  const [a, b] = [abs(own), abs(other)];
  const [long, short] = [maximum(a, b), minimum(a, b)];
  const isZero = equal(long, 0);
  const ratio = divide(short, where(isZero, 1, long));
  const root = sqrt(square(ratio).add(1));
  // JAX takes root - ratio^2 / root by way of 1 / long^2, which underflows for the largest numbers.
  const isLost = equal(power(long, -2), 0);
  const slope = shareOf(a, b, long)
    .mul(where(equal(long, Infinity), NaN, where(isLost, root, divide(1, root))))
    .add(where(isZero, 0, shareOf(a, b, short).mul(divide(ratio, root))));
  return where(own.ge(0), slope, slope.neg()).mul(ct);
}

/** `x` with 0 in place of Infinity. */
function finiteAbove(x: NDArray): NDArray {
  return where(equal(x, Infinity), 0, x);
}
