import type { Comparison } from "../../base/index.ts";
import type { TypedArray } from "../dtype.ts";
import type { BinaryName } from "./elementwise.ts";

/** Of two elements; the result wraps when it is stored. */
export type IntegerOperation = (a: number, b: number) => number;

const { imul } = Math;

/** Python's integer division: down, and -1 by zero as XLA has it (1 less where the signs differ). */
function floorDivide(a: number, b: number): number {
  const quotient = b === 0 ? -1 : Math.trunc(a / b);
  const rest = b === 0 ? a : a % b;
  return rest !== 0 && Math.sign(a) !== Math.sign(b) ? quotient - 1 : quotient;
}

/** The same of unsigned integers: the greatest one by zero. */
export function unsignedQuotient(a: number, b: number): number {
  return b === 0 ? -1 : Math.trunc(a / b);
}

/** `a % b` with the sign of `b`; 0 by zero. */
function remainder(a: number, b: number): number {
  if (b === 0) return 0;
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** `a` to the power of the whole number `b` >= 0 by squaring, wrapping. */
export function integerPower(a: number, b: number): number {
  let result = 1;
  for (let bits = b, base = a; bits !== 0; bits >>>= 1, base = imul(base, base)) {
    if (bits & 1) result = imul(result, base);
  }
  return result;
}

/** `jnp.power` of two integer arrays reads the low six bits of an exponent, a negative one's too; 0 to any power but 0 is 0. */
function power(a: number, b: number): number {
  return a === 0 && b !== 0 ? 0 : integerPower(a, b & 63);
}

/** A loop of integer operands: `n` results at `out[at]` of operands that start at `x[i]`, `y[j]` and step by `di`, `dj`. */
export type IntegerRow = (
  x: TypedArray,
  i: number,
  di: number,
  y: TypedArray,
  j: number,
  dj: number,
  out: TypedArray,
  at: number,
  n: number,
) => void;

/** The most usual operations, a loop each: a call an element costs 7 to 9 ns where a loop's step takes 1 to 2 (Node 20, 2026-11). Results wrap when they are stored. */
export const INTEGER_ROWS = {
  add(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = x[i]! + y[j]!;
  },
  subtract(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = x[i]! - y[j]!;
  },
  multiply(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = imul(x[i]!, y[j]!);
  },
  equal(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i] === y[j]);
  },
  notEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i] !== y[j]);
  },
  less(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! < y[j]!);
  },
  lessEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! <= y[j]!);
  },
  greater(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! > y[j]!);
  },
  greaterEqual(x, i, di, y, j, dj, out, at, n) {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = Number(x[i]! >= y[j]!);
  },
} satisfies Record<string, IntegerRow>;

/** Operations on two integers; a bool's add is "or", its multiply "and", which these are once the result is cut to 0 and 1. */
export const INTEGER: Record<Exclude<BinaryName, "divide" | "subtract" | Comparison>, IntegerOperation> = {
  add: (a, b) => a + b,
  multiply: imul,
  maximum: (a, b) => (a > b ? a : b),
  minimum: (a, b) => (a < b ? a : b),
  floorDivide,
  remainder,
  power,
  bitwiseAnd: (a, b) => a & b,
  bitwiseOr: (a, b) => a | b,
  bitwiseXor: (a, b) => a ^ b,
  // A shift by more than there are bits, or less than 0, moves them all out.
  leftShift: (a, b) => (b >>> 0 > 31 ? 0 : a << b),
  rightShift: (a, b) => (a < 0 ? a >> (b >>> 0 > 31 ? 31 : b) : b >>> 0 > 31 ? 0 : a >>> b),
};
