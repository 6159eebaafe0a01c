import { describe, int } from "../base/index.ts";

/**
 * The key words of a seed with x64 off: 0, then the seed's low 32 bits.
 *
 * @param name how errors name the argument, `fn: "seed"` by convention
 * @throws TypeError if `seed` is neither a number, a bigint nor a boolean
 * @throws RangeError if it is not finite, or beyond int64
 */
export function seedWords(seed: unknown, name: string): Uint32Array {
  return Uint32Array.of(0, lowWordOf(seed, name));
}

function lowWordOf(seed: unknown, name: string): number {
  if (typeof seed === "boolean") return seed ? 1 : 0;
  if (typeof seed === "number" && Number.isFinite(seed)) {
    const whole = Math.trunc(seed);
    if (whole >= -(2 ** 63) && whole < 2 ** 63) return whole >>> 0;
  } else if (typeof seed === "bigint") {
    if (BigInt.asIntN(64, seed) === seed) return Number(BigInt.asUintN(32, seed));
  } else {
    return int(seed, name);
  }
  throw new RangeError(`${name} expected an integer from -2^63 to 2^63 - 1, got ${describe(seed)}`);
}
