import type { HalfDType } from "../base/index.ts";

export { fromHalf, widen } from "../base/index.ts";

/** One float32 seen as its bits, for the conversions. */
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

/** float32 to the nearest bfloat16, ties to even, as bits. Every NaN becomes the quiet NaN of its sign. */
function toBfloat16(x: number): number {
  FLOAT[0] = x;
  const bits = BITS[0]!;
  if (x !== x) return ((bits >>> 16) & 0x8000) | 0x7fc0;
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

/**
 * float32 to the nearest float16, ties to even, subnormals kept, as bits. Every NaN becomes the quiet NaN of its sign.
 */
function toFloat16(x: number): number {
  FLOAT[0] = x;
  const sign = (BITS[0]! >>> 16) & 0x8000;
  if (x !== x) return sign | 0x7e00;
  const magnitude = Math.abs(x);
  if (magnitude < 2 ** -14) return sign | roundEven(magnitude * 2 ** 24);
  if (magnitude >= 65520) return sign | 0x7c00;
  const bits = BITS[0]! & 0x7fffffff;
  return sign | ((bits - 0x38000000 + 0xfff + ((bits >>> 13) & 1)) >>> 13);
}

/** The nearest integer, ties to even. */
function roundEven(x: number): number {
  const whole = Math.floor(x);
  const rest = x - whole;
  if (rest === 0.5) return whole % 2 === 0 ? whole : whole + 1;
  return rest < 0.5 ? whole : whole + 1;
}

/** The bits of the number of `dtype` nearest to the float32 `x`, ties to even. */
export function toHalf(dtype: HalfDType, x: number): number {
  return dtype === "bfloat16" ? toBfloat16(x) : toFloat16(x);
}

/** Every element of `from` [n] float32 rounded to `dtype`. */
export function narrow(dtype: HalfDType, from: Float32Array, to: Uint16Array): void {
  const round = dtype === "bfloat16" ? toBfloat16 : toFloat16;
  for (let i = 0; i < to.length; i++) to[i] = round(from[i]!);
}
