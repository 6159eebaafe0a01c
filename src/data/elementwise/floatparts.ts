/** The parts and the neighbours of floats, by their bits. Arrays of one shape. */
import { flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { arrayData, castData, emptyData, floatsOf } from "../arraydata.ts";
import { isHalf } from "../dtype.ts";

const word = new Uint32Array(1);
const real = new Float32Array(word.buffer);

/** The exponents e of `x` = m * 2^e with 0.5 <= |m| < 1, int32; 0 for zeros, infinities and NaN. */
export function exponentData(x: ArrayData): ArrayData {
  const from = floatsOf(x);
  const out = emptyData(x.shape, "int32");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    real[0] = flush(from[i]!);
    const biased = (word[0]! >>> 23) & 0xff;
    to[i] = biased === 0 || biased === 255 ? 0 : biased - 126;
  }
  return out;
}

/** x * 2^n, rounded once. */
export function ldexpData(x: ArrayData, n: ArrayData): ArrayData {
  const from = floatsOf(x);
  const powers = n.storage.data;
  const out = emptyData(x.shape, "float32");
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) {
    // Beyond 300 nothing changes; halves are normal numbers in double precision.
    const power = Math.min(Math.max(powers[i]!, -300), 300);
    to[i] = flush(Math.fround(flush(from[i]!) * 2 ** power));
  }
  return castData(out, x.dtype);
}

/** The next number of the dtype after `x` towards `y`; `y` where they are equal. Subnormals count as they are. */
export function nextafterData(x: ArrayData, y: ArrayData): ArrayData {
  const half = isHalf(x.dtype);
  const [from, towards] = [floatsOf(x), floatsOf(y)];
  const bits = half ? (x.storage.data as Uint16Array) : new Uint32Array(from.buffer, from.byteOffset, from.length);
  const targets = half
    ? (y.storage.data as Uint16Array)
    : new Uint32Array(towards.buffer, towards.byteOffset, towards.length);
  const out = half ? new Uint16Array(bits.length) : new Uint32Array(bits.length);
  const sign = half ? 0x8000 : 0x80000000;
  for (let i = 0; i < out.length; i++) {
    const [a, b] = [from[i]!, towards[i]!];
    if (a !== a) out[i] = bits[i]!;
    else if (a === b || b !== b) out[i] = targets[i]!;
    else if (a === 0) out[i] = b > 0 ? 1 : sign + 1;
    else out[i] = bits[i]! + (a < b === a > 0 ? 1 : -1);
  }
  return arrayData(x.shape, x.dtype, half ? (out as Uint16Array) : new Float32Array(out.buffer));
}
