/** The 16-bit floats: their arrays hold the bits, as uint16 words. */
export type HalfDType = "bfloat16" | "float16";

/** One float32 seen as its bits, for the conversions. */
const FLOAT = new Float32Array(1);
const BITS = new Uint32Array(FLOAT.buffer);

function fromBfloat16(bits: number): number {
  BITS[0] = bits << 16;
  return FLOAT[0]!;
}

function fromFloat16(bits: number): number {
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  BITS[0] = ((bits & 0x7fff) + 0x1c000) << 13;
  return sign * FLOAT[0]!;
}

/** The number with these bits, exact. */
export function fromHalf(dtype: HalfDType, bits: number): number {
  return dtype === "bfloat16" ? fromBfloat16(bits) : fromFloat16(bits);
}

/** Every element of `from` [n] of `dtype` as float32, exact. */
export function widen(dtype: HalfDType, from: Uint16Array, to: Float32Array): void {
  if (dtype === "bfloat16") {
    const words = new Uint32Array(to.buffer, to.byteOffset, to.length);
    for (let i = 0; i < words.length; i++) words[i] = from[i]! << 16;
  } else {
    for (let i = 0; i < to.length; i++) to[i] = fromFloat16(from[i]!);
  }
}
