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

/** The operations on integers; a bool's add is "or", its multiply "and", which these are once the result is cut to 0 and 1. */
export const INTEGER: Record<Exclude<BinaryName, "divide">, IntegerOperation> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
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
  equal: (a, b) => (a === b ? 1 : 0),
  notEqual: (a, b) => (a === b ? 0 : 1),
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  greater: (a, b) => (a > b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
};
