import type { FileDType } from "../dtypes.ts";
import { byteLength } from "../dtypes.ts";
import type { LoadErrorPlace } from "../errors.ts";
import { LoadError } from "../errors.ts";
import type { TensorInfo } from "../file.ts";
import { decodeUtf8 } from "../json.ts";
import { toShape } from "../shape.ts";
import type { Literal } from "./literal.ts";
import { parseLiteral } from "./literal.ts";

/** What the header of a .npy says. */
export interface NpyHeader extends TensorInfo {
  readonly bigEndian: boolean;
  /** Whether the first axis is the one that varies fastest. */
  readonly fortranOrder: boolean;
  /** Where the data begins. */
  readonly dataOffset: number;
}

/** How raw bytes of two are read, the `V2` that NumPy writes for bfloat16. */
export type VoidAs = "bfloat16" | undefined;

/** The most bytes before the data: magic, version, length, header. */
export const MAX_HEAD = 12 + 65_535;

/** How many bytes of a .npy that begins with `head` [12 or more] are before its data, if it is one. */
export function npyHeadSize(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset);
  if (head.length < 12) return head.length;
  return Math.min(head[6] === 1 ? 10 + view.getUint16(8, true) : 12 + view.getUint32(8, true), MAX_HEAD);
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * The header of the .npy that begins with `head`.
 *
 * @param size - the bytes of the .npy; `head` has the first {@link MAX_HEAD} of them, or all
 * @throws LoadError `BadNpy`, `HeaderTooLarge`, `BadShape`, `Overflow`, `DtypeUnknown` or `DtypeUnsupported`
 */
export function parseNpyHeader(head: Uint8Array, size: number, voidAs: VoidAs, place: LoadErrorPlace): NpyHeader {
  const bad = (expected: string): LoadError => new LoadError("BadNpy", `expected ${expected}`, place);
  if (!MAGIC.every((byte, i) => head[i] === byte) || head.length < 10) throw bad("a NumPy .npy");
  const version = head[6]!;
  if (version < 1 || version > 3 || head[7] !== 0) throw bad(`version 1, 2 or 3, got ${version}.${head[7]}`);
  const start = version === 1 ? 10 : 12;
  if (head.length < start) throw bad("the length of the header");
  const view = new DataView(head.buffer, head.byteOffset);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > MAX_HEAD - 12)
    throw new LoadError("HeaderTooLarge", `expected a header of at most ${MAX_HEAD - 12} bytes, got ${length}`, place);
  const dataOffset = start + length;
  if (dataOffset > size || dataOffset > head.length) throw bad(`a header of ${length} bytes`);
  const bytes = head.subarray(start, dataOffset);
  const text = version === 3 ? decodeUtf8(bytes, place) : latin1(bytes);

  const dict = parseLiteral(text);
  if (!(dict instanceof Map)) throw bad("a dict as its header");
  const [descr, fortranOrder, shape] = ["descr", "fortran_order", "shape"].map((key) => dict.get(key)) as Literal[];
  if (dict.size !== 3 || descr === undefined || shape === undefined || typeof fortranOrder !== "boolean")
    throw bad('a header with "descr", "fortran_order" and "shape"');
  if (!Array.isArray(shape) || shape.isTuple !== true) throw bad('"shape" to be a tuple');
  const sizes = toShape(shape, place);
  const { dtype, bigEndian } = toDType(descr, voidAs, place);
  return {
    dtype,
    shape: sizes,
    bytes: byteLength(dtype, sizes, place),
    bigEndian,
    fortranOrder: fortranOrder && sizes.length > 1,
    dataOffset,
  };
}

function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** NumPy's letters with the sizes that flaxen knows. */
const KINDS: Readonly<Record<string, Readonly<Record<number, FileDType>>>> = {
  f: { 2: "F16", 4: "F32", 8: "F64" },
  i: { 1: "I8", 2: "I16", 4: "I32", 8: "I64" },
  u: { 1: "U8", 2: "U16", 4: "U32", 8: "U64" },
  b: { 1: "BOOL" },
};

function toDType(descr: Literal, voidAs: VoidAs, place: LoadErrorPlace): { dtype: FileDType; bigEndian: boolean } {
  if (Array.isArray(descr) && descr.isTuple !== true)
    throw new LoadError("DtypeUnsupported", "structured dtypes have no counterpart in flaxen", place);
  if (typeof descr !== "string") throw new LoadError("BadNpy", 'expected "descr" to be a string', place);
  const [, order, kind, size] = /^([<>|])([a-zA-Z])(\d*)(?:\[\w+\])?$/.exec(descr) ?? [];
  const name = JSON.stringify(descr);
  if (kind === undefined) throw new LoadError("DtypeUnknown", name, place);
  if (kind === "V" && size === "2" && voidAs === "bfloat16") return { dtype: "BF16", bigEndian: order === ">" };
  if (Object.hasOwn(KINDS, kind)) {
    const dtype = KINDS[kind]![Number(size)];
    if (dtype !== undefined) return { dtype, bigEndian: order === ">" };
    if (kind !== "f" || size !== "16") throw new LoadError("DtypeUnknown", name, place);
  }
  throw new LoadError("DtypeUnsupported", unsupportedText(kind, size!, name), place);
}

function unsupportedText(kind: string, size: string, name: string): string {
  if (kind === "O") return "Python objects are a pickle, which runs code: never read. Save arrays of numbers";
  if (kind === "V" && size === "2")
    return `raw bytes, ${name}. If they were bfloat16 when NumPy wrote them, say { voidAs: "bfloat16" }`;
  return `${name} has no counterpart in flaxen`;
}
