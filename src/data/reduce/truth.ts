/** Whether elements are 0, by their bits: those of a zero are none, except for its sign. */
import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import type { TypedArray } from "../dtype.ts";
import { isHalf } from "../dtype.ts";
import { rawOf } from "../manipulation/copying.ts";
import { reduction } from "./axes.ts";

/** From so many bytes on they are read four at a time. */
const LONG = 64;

/** Whether any element over `axes` is not 0, or all are not. Neither NaN nor a subnormal is 0. */
export function truthData(kind: "any" | "all", x: ArrayData, axes: readonly number[], keepdims: boolean): ArrayData {
  const { data, n, inner, shape } = reduction(x, axes, keepdims);
  const out = zerosData(shape, "bool");
  const to = out.storage.data;
  const bits = rawOf(data);
  const mask = x.dtype === "float32" ? 0x7fffffff : isHalf(x.dtype) ? 0x7fff : -1;
  const any = kind === "any";
  if (inner > 1) byRows(bits, n, inner, mask, any, to);
  else
    for (let i = 0; i < to.length; i++) {
      const [start, end] = [i * n, (i + 1) * n];
      const isDecided = bits instanceof Uint8Array ? hasByte(bits, start, end, any) : has(bits, start, end, mask, any);
      to[i] = isDecided === any ? 1 : 0;
    }
  return out;
}

/** Whether an element from `start` to before `end` is other than 0, or, without `other`, whether one is 0. */
function has(x: TypedArray, start: number, end: number, mask: number, other: boolean): boolean {
  if (other) for (let i = start; i < end; i++) if ((x[i]! & mask) !== 0) return true;
  if (!other) for (let i = start; i < end; i++) if ((x[i]! & mask) === 0) return true;
  return false;
}

/** Like `has`, of bytes. */
function hasByte(x: Uint8Array, start: number, end: number, other: boolean): boolean {
  if (end - start < LONG) return has(x, start, end, -1, other);
  const first = start + (-(x.byteOffset + start) & 3);
  const words = new Int32Array(x.buffer, x.byteOffset + first, (end - first) >> 2);
  const last = first + 4 * words.length;
  return has(x, start, first, -1, other) || hasByteInWords(words, other) || has(x, last, end, -1, other);
}

/** A word has a byte of 0 where this has a bit: (w - 0x01010101) & ~w & 0x80808080. */
function hasByteInWords(words: Int32Array, other: boolean): boolean {
  if (other) return has(words, 0, words.length, -1, true);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (((word - 0x01010101) & ~word & 0x80808080) !== 0) return true;
  }
  return false;
}

/** Goes over the rows of [outer, n, inner] elements, because neighbours are read faster than columns. */
function byRows(x: TypedArray, n: number, inner: number, mask: number, any: boolean, out: TypedArray): void {
  if (x instanceof Uint8Array && ((x.byteOffset | out.byteOffset | inner) & 3) === 0)
    return byRowsOfWords(wordsOf(x), n, inner >> 2, any, out);
  if (!any) out.fill(1);
  for (let at = 0, line = 0; line < out.length; line += inner)
    for (let k = 0; k < n; k++, at += inner) {
      const end = at + inner;
      if (any) for (let i = at, j = line; i < end; i++, j++) out[j]! |= Number((x[i]! & mask) !== 0);
      else for (let i = at, j = line; i < end; i++, j++) out[j]! &= Number((x[i]! & mask) !== 0);
    }
}

/** Like `byRows`, of four bytes at a time: collects those that are not 0, or a bit of each that is. */
function byRowsOfWords(x: Int32Array, n: number, inner: number, any: boolean, out: TypedArray): void {
  const found = wordsOf(out);
  for (let at = 0, line = 0; line < found.length; line += inner)
    for (let k = 0; k < n; k++, at += inner)
      for (let j = 0; j < inner; j++) {
        const word = x[at + j]!;
        found[line + j]! |= any ? word : ~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f);
      }
  for (let i = 0; i < out.length; i++) out[i] = (out[i] !== 0) === any ? 1 : 0;
}

function wordsOf(bytes: TypedArray): Int32Array {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}
