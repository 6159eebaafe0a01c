import type { ArrayData, DType } from "../data/index.ts";
import type { FileDType } from "./dtypes.ts";
import { LITTLE_ENDIAN, reverseEach } from "./dtypes.ts";

/** An array under its name. */
export type NamedData = readonly [name: string, data: ArrayData];

/** A piece of a file that is written. */
export interface Part {
  readonly bytes: Uint8Array;
  /** The array whose elements they are. */
  readonly label?: string;
}

/** A file to be written, in pieces that are made when they are asked for. */
export interface EncodedFile {
  readonly size: number;
  parts(): Iterable<Part>;
}

const FILE_DTYPE: Readonly<Record<DType, FileDType>> = {
  float32: "F32",
  bfloat16: "BF16",
  float16: "F16",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint32: "U32",
  uint16: "U16",
  uint8: "U8",
  bool: "BOOL",
};

/** What a file calls `dtype`. */
export function fileDType(dtype: DType): FileDType {
  return FILE_DTYPE[dtype];
}

/** The elements of `data`, little-endian: its own memory where the host is that too. */
export function elementBytes({ storage: { data } }: ArrayData): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (LITTLE_ENDIAN || data.BYTES_PER_ELEMENT === 1) return bytes;
  const swapped = new Uint8Array(bytes);
  reverseEach(swapped, data.BYTES_PER_ELEMENT);
  return swapped;
}

/** Orders by the bytes of UTF-8, which is the order of code points. */
export function compareNames(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // Halves of pairs stand for code points above all others.
    return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
