import type { ArrayData, DType } from "../data/index.ts";
import { itemSize } from "../data/index.ts";
import type { FileDType } from "./dtypes.ts";
import { bitsOf, dtypeOf, FILE_DTYPES, LITTLE_ENDIAN, reverseEach } from "./dtypes.ts";

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

/** What a file calls `dtype`. */
export function fileDType(dtype: DType): FileDType {
  return FILE_DTYPES.find((file) => dtypeOf(file) === dtype && bitsOf(file) === 8 * itemSize(dtype))!;
}

/** The elements of `data`, little-endian: its own memory where the host is that too. */
export function elementBytes({ storage: { data } }: ArrayData): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (LITTLE_ENDIAN || data.BYTES_PER_ELEMENT === 1) return bytes;
  return reverseEach(bytes.slice(), data.BYTES_PER_ELEMENT);
}

/** Orders by the bytes of UTF-8, which is the order of code points. */
export function compareNames(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  // Two that differ in the second half of a pair differ alike by it.
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}
