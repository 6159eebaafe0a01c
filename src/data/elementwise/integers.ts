/** The arithmetic of integers. Results wrap when they are stored. */
import type { TypedArray } from "../dtype.ts";

/** A function of two elements. */
export type IntegerFunction = (a: number, b: number) => number;

/** A loop of integers: `n` results at `out[at]` of operands that start at `x[i]`, `y[j]` and step by `di`, `dj`. */
export type IntegerLoop = (
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

const { imul } = Math;

/** Python's integer division: rounded down. By zero it is -1 as in XLA, or -2 where the signs differ. */
export function floorQuotient(a: number, b: number): number {
  const quotient = b === 0 ? -1 : Math.trunc(a / b);
  const rest = b === 0 ? a : a % b;
  return rest !== 0 && Math.sign(a) !== Math.sign(b) ? quotient - 1 : quotient;
}

/** Like `floorQuotient`, for unsigned integers: the maximum by zero. */
export function unsignedQuotient(a: number, b: number): number {
  return b === 0 ? -1 : Math.trunc(a / b);
}

/** `a % b` with the sign of `b`; 0 by zero. */
export function integerRemainder(a: number, b: number): number {
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

/** `a` to the power `b` as in `jnp.power`: the low six bits of `b` count, even if it is negative, but 0 stays 0. */
export function lowBitsPower(a: number, b: number): number {
  return a === 0 && b !== 0 ? 0 : integerPower(a, b & 63);
}

/** The loop that calls `f` for every element. */
export function loopOf(f: IntegerFunction): IntegerLoop {
  return (x, i, di, y, j, dj, out, at, n) => {
    for (const end = at + n; at < end; at++, i += di, j += dj) out[at] = f(x[i]!, y[j]!);
  };
}
