import type { FileDType, LoadErrorPlace } from "../../weights/index.ts";
import { bitsOf } from "../../weights/index.ts";
import { toHalf } from "../../data/index.ts";
import { unsupportedCodec, zarrError } from "./array.ts";

/**
 * The bytes of the element that stands in chunks which are not there.
 *
 * @param value - the metadata's `fill_value`: a number, a boolean, `"NaN"`, `"Infinity"`, `"-Infinity"`; null is 0
 * @throws LoadError `BadZarr` if it is no such value, `CodecUnsupported` if the element type has only 0 here
 */
export function fillBytes(value: unknown, dtype: FileDType, bigEndian: boolean, place: LoadErrorPlace): Uint8Array {
  const bytes = new Uint8Array(bitsOf(dtype) / 8);
  const number = value === null || value === undefined ? 0 : fillNumber(value, place);
  // -0 has bits of its own.
  if (Object.is(number, 0)) return bytes;
  const view = new DataView(bytes.buffer);
  const integer = dtype === "BOOL" || /^[IU]/.test(dtype);
  if (integer && !Number.isSafeInteger(number)) throw zarrError(`a fill value of ${dtype}`, value, place);
  switch (dtype) {
    case "F32":
      view.setFloat32(0, number, !bigEndian);
      break;
    case "F64":
      view.setFloat64(0, number, !bigEndian);
      break;
    case "F16":
    case "BF16":
      view.setUint16(0, toHalf(dtype === "F16" ? "float16" : "bfloat16", Math.fround(number)), !bigEndian);
      break;
    case "I64":
    case "U64":
      view.setBigInt64(0, BigInt(number), !bigEndian);
      break;
    default:
      if (!integer) throw unsupportedCodec(`a fill value of ${dtype}`, value, place);
      if (bytes.length === 4) view.setInt32(0, number, !bigEndian);
      else if (bytes.length === 2) view.setInt16(0, number, !bigEndian);
      else view.setInt8(0, number);
  }
  return bytes;
}

function fillNumber(value: unknown, place: LoadErrorPlace): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number") return value;
  if (value === "NaN" || value === "Infinity" || value === "-Infinity") return Number(value);
  throw zarrError("a fill value", value, place);
}
