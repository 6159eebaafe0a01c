import { NDArray } from "../array/index.ts";
import type { DType, TypedArray } from "../data/index.ts";
import { arrayData, storageFor } from "../data/index.ts";
import type { LoadErrorPlace } from "./errors.ts";
import { LoadError } from "./errors.ts";

/**
 * The element types of files, by safetensors' names and in its order, which is how it sorts them, last first. C128 is
 * not one of its own.
 */
export const FILE_DTYPES = [
  "BOOL",
  "F4",
  "F6_E2M3",
  "F6_E3M2",
  "U8",
  "I8",
  "F8_E5M2",
  "F8_E4M3",
  "F8_E8M0",
  "F8_E4M3FNUZ",
  "F8_E5M2FNUZ",
  "I16",
  "U16",
  "F16",
  "BF16",
  "I32",
  "U32",
  "F32",
  "C64",
  "F64",
  "I64",
  "U64",
  "C128",
] as const;

/** An element type of a file, by safetensors' name. */
export type FileDType = (typeof FILE_DTYPES)[number];

export function isFileDType(x: string): x is FileDType {
  return FILE_DTYPES.includes(x as never);
}

/** The bits of an element of `dtype`. */
export function bitsOf(dtype: FileDType): number {
  return Number(/\d+/.exec(dtype) ?? 8);
}

/** The dtype that an array of `dtype` becomes; null where flaxen has none. */
export function dtypeOf(dtype: FileDType): DType | null {
  const bits = bitsOf(dtype);
  switch (dtype[0]) {
    case "B":
      return dtype === "BOOL" ? "bool" : "bfloat16";
    case "I":
    case "U":
      return `${dtype[0] === "U" ? "uint" : "int"}${Math.min(bits, 32)}` as DType;
    case "F":
      return bits < 8 ? null : bits === 16 ? "float16" : "float32";
    default:
      return null;
  }
}

/**
 * The bytes of an array of `dtype` and `shape`.
 *
 * @throws LoadError `Overflow` if they are more than a number counts, `SizeMismatch` if they end inside a byte
 */
export function byteLength(dtype: FileDType, shape: readonly number[], place: LoadErrorPlace): number {
  let bits = 1;
  for (const factor of [...shape, bitsOf(dtype)]) {
    bits *= factor;
    if (bits > Number.MAX_SAFE_INTEGER)
      throw new LoadError("Overflow", `expected a size below 2^53, got ${dtype}[${shape.join(", ")}]`, place);
  }
  if (bits % 8 !== 0)
    throw new LoadError(
      "SizeMismatch",
      `expected whole bytes, got ${dtype}[${shape.join(", ")}] = ${bits} bits`,
      place,
    );
  return bits / 8;
}

/**
 * The array of `shape` whose elements are `bytes`, little-endian and row-major.
 *
 * The array takes the bytes over, without a copy, where the element type stays, the bytes are aligned to it and the
 * host is little-endian; the caller must not change them afterwards. Bits are kept, NaN payloads included. F64 is
 * rounded to float32, I64 and U64 become int32 and uint32.
 *
 * @param dtype - the element type in the file
 * @throws LoadError `DtypeUnsupported`, `DtypeRange` (a 64-bit integer that does not fit), `BadValue` (a BOOL that is
 * neither 0 nor 1), `SizeMismatch`
 */
export function decodeTensor(
  dtype: FileDType,
  shape: readonly number[],
  bytes: Uint8Array,
  place: LoadErrorPlace,
): NDArray {
  const becomes = dtypeOf(dtype);
  if (becomes === null) throw unsupportedError(dtype, place);
  const expected = byteLength(dtype, shape, place);
  if (bytes.length !== expected)
    throw new LoadError("SizeMismatch", `expected ${expected} bytes, got ${bytes.length}`, place);
  return new NDArray(arrayData([...shape], becomes, elementsOf(dtype, becomes, bytes, place)));
}

/** @returns the error for an element type that is listed and not read */
export function unsupportedError(dtype: string, place: LoadErrorPlace): LoadError {
  return new LoadError(
    "DtypeUnsupported",
    `${dtype} has no counterpart in flaxen. Convert it where it was made`,
    place,
  );
}

function elementsOf(dtype: FileDType, becomes: DType, bytes: Uint8Array, place: LoadErrorPlace): TypedArray {
  switch (dtype) {
    case "F64":
      return new Float32Array(wordsOf(Float64Array, bytes));
    case "I64":
    case "U64":
      return narrowInts(dtype, wordsOf(Int32Array, bytes), place);
    case "BOOL":
      checkBools(bytes, place);
      return bytes;
    default:
      if (dtype.startsWith("F8")) return widenF8(dtype, bytes);
      return viewAs(becomes, bytes);
  }
}

type WordArray = Float64Array | TypedArray;
type WordConstructor<T extends WordArray> = {
  new (buffer: ArrayBufferLike, offset: number, length: number): T;
  readonly BYTES_PER_ELEMENT: number;
};

function viewAs(dtype: DType, bytes: Uint8Array): TypedArray {
  return wordsOf(storageFor(dtype, 0).constructor as WordConstructor<TypedArray>, bytes);
}

export const LITTLE_ENDIAN = /* @__PURE__ */ new Uint8Array(/* @__PURE__ */ new Uint16Array([1]).buffer)[0] === 1;

/** Little-endian `bytes` as an array of `Words`: a view where they are aligned and the host is little-endian too. */
function wordsOf<T extends WordArray>(Words: WordConstructor<T>, bytes: Uint8Array): T {
  const size = Words.BYTES_PER_ELEMENT;
  const aligned = bytes.byteOffset % size === 0 && LITTLE_ENDIAN;
  const own = aligned ? bytes : new Uint8Array(bytes);
  if (!LITTLE_ENDIAN) reverseEach(own, size);
  return new Words(own.buffer, own.byteOffset, own.length / size);
}

/** `bytes`, with each `size` of them reversed, in place: from one byte order to the other. */
export function reverseEach(bytes: Uint8Array, size: number): Uint8Array {
  for (let start = 0; start < bytes.length; start += size) {
    for (let low = start, high = start + size - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
  return bytes;
}

/** Pairs of words as 32-bit integers, where every high word is what the low one's sign (or 0) says. */
function narrowInts(dtype: "I64" | "U64", pairs: Int32Array, place: LoadErrorPlace): TypedArray {
  const signed = dtype === "I64";
  // A 64-bit integer was swapped as two words of 32 bits, so the low word comes first on every host.
  const to = storageFor(signed ? "int32" : "uint32", pairs.length / 2);
  for (let i = 0; i < to.length; i++) {
    const low = pairs[2 * i]!;
    if (pairs[2 * i + 1] !== (signed ? low >> 31 : 0)) throw rangeError(dtype, pairs, i, place);
    to[i] = low;
  }
  return to;
}

function rangeError(dtype: "I64" | "U64", pairs: Int32Array, index: number, place: LoadErrorPlace): LoadError {
  const high = pairs[2 * index + 1]!;
  const value = (BigInt(dtype === "I64" ? high : high >>> 0) << 32n) | BigInt(pairs[2 * index]! >>> 0);
  const target = dtype === "I64" ? "int32" : "uint32";
  return new LoadError("DtypeRange", `expected ${dtype} values that fit ${target}, got ${value} at ${index}`, place);
}

function checkBools(bytes: Uint8Array, place: LoadErrorPlace): void {
  for (let i = 0; i < bytes.length; i++)
    if (bytes[i]! > 1) throw new LoadError("BadValue", `expected BOOL bytes of 0 or 1, got ${bytes[i]} at ${i}`, place);
}

function widenF8(dtype: FileDType, bytes: Uint8Array): Float32Array {
  const table = Float32Array.from({ length: 256 }, (_, bits) => float8(dtype, bits));
  const to = new Float32Array(bytes.length);
  for (let i = 0; i < to.length; i++) to[i] = table[bytes[i]!]!;
  return to;
}

/** The number that the 8 `bits` stand for. */
function float8(dtype: FileDType, bits: number): number {
  if (dtype === "F8_E8M0") return bits === 255 ? NaN : scaled(1, bits - 127);
  const fnuz = dtype.endsWith("FNUZ");
  const fractionBits = dtype.startsWith("F8_E5") ? 2 : 3;
  const magnitude = bits & 0x7f;
  const exponent = magnitude >> fractionBits;
  const fraction = magnitude & ((1 << fractionBits) - 1);
  const bias = (fractionBits === 2 ? 15 : 7) + (fnuz ? 1 : 0);
  if (fnuz && bits === 0x80) return NaN;
  if (dtype === "F8_E4M3" && magnitude === 0x7f) return NaN;
  const sign = bits & 0x80 ? -1 : 1;
  if (dtype === "F8_E5M2" && exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  const whole = exponent === 0 ? fraction : fraction + (1 << fractionBits);
  return sign * scaled(whole, Math.max(exponent, 1) - bias - fractionBits);
}

/** `x` times 2 to the power `exponent`, exact. */
function scaled(x: number, exponent: number): number {
  let result = x;
  for (let i = 0; i < Math.abs(exponent); i++) result *= exponent < 0 ? 0.5 : 2;
  return result;
}
