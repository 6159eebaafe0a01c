import type { ArrayData, DType } from "../../data/index.ts";
import { castData, itemSize, sizeOf } from "../../data/index.ts";
import { joinBytes } from "../bytes.ts";
import type { EncodedFile, NamedData } from "../encoded.ts";
import { compareNames, elementBytes } from "../encoded.ts";
import { crc32 } from "./crc32.ts";

/** NumPy's name of a dtype. It has no bfloat16, which is written as the float32 of the same numbers. */
function descrOf(dtype: DType): string {
  if (dtype === "bfloat16") return "<f4";
  const size = itemSize(dtype);
  return `${size === 1 ? "|" : "<"}${dtype[0]}${size}`;
}

/** What NumPy leaves for a first axis that grows. */
const GROWING_DIGITS = 21;
const ALIGNMENT = 64;

/** A .npy of version 1.0, with NumPy's bytes. Source: NumPy 2.4 `numpy/lib/_format_impl.py` (`_write_array_header`). */
export function encodeNpy(data: ArrayData): EncodedFile {
  const header = npyHeader(data);
  return {
    size: header.length + dataSize(data),
    parts: () => [{ bytes: header }, { bytes: dataBytes(data) }],
  };
}

function npyHeader({ shape, dtype }: ArrayData): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${descrOf(dtype)}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const spare = shape.length === 0 ? 0 : GROWING_DIGITS - String(shape[0]).length;
  // Where it would end at a multiple NumPy goes on to the next.
  const length = (Math.floor((10 + dict.length + spare + 1) / ALIGNMENT) + 1) * ALIGNMENT;
  const text = `\x93NUMPY\x01\0..${dict}`.padEnd(length - 1, " ");
  const bytes = Uint8Array.from(`${text}\n`, (char) => char.charCodeAt(0));
  new DataView(bytes.buffer).setUint16(8, length - 10, true);
  return bytes;
}

function dataSize({ shape, dtype }: ArrayData): number {
  return sizeOf(shape) * (dtype === "bfloat16" ? 4 : itemSize(dtype));
}

function dataBytes(data: ArrayData): Uint8Array {
  return elementBytes(data.dtype === "bfloat16" ? castData(data, "float32") : data);
}

/** From here on a size or place takes Zip64. */
const WIDE = 0xffff_ffff;
const DATE_1980 = 0x21;

interface Member {
  readonly name: Uint8Array;
  readonly data: ArrayData;
  readonly header: Uint8Array;
  readonly size: number;
  readonly offset: number;
  crc: number;
}

/** A .npz: a zip of .npy files, stored, sorted by name and without times, so that equal arrays give equal files. */
export function encodeNpz(arrays: readonly NamedData[]): EncodedFile {
  let offset = 0;
  const members: Member[] = [...arrays]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([label, data]) => {
      const name = new TextEncoder().encode(`${label}.npy`);
      const header = npyHeader(data);
      const member = { name, data, header, size: header.length + dataSize(data), offset, crc: 0 };
      offset += localHeader(member).length + member.size;
      return member;
    });
  const labels = [...arrays].map(([label]) => label).sort(compareNames);
  const directorySize = members.reduce((sum, member) => sum + directoryEntry(member).length, 0);
  return {
    size: offset + directorySize + endRecord(members.length, offset, directorySize).length,
    *parts() {
      for (const [i, member] of members.entries()) {
        const bytes = dataBytes(member.data);
        member.crc = crc32(bytes, crc32(member.header));
        yield { bytes: localHeader(member) };
        yield { bytes: member.header };
        yield { bytes, label: labels[i]! };
      }
      for (const member of members) yield { bytes: directoryEntry(member) };
      yield { bytes: endRecord(members.length, offset, directorySize) };
    },
  };
}

/** Little-endian fields, each as [bytes, value]. */
function record(...fields: readonly (readonly [size: 2 | 4 | 8, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return bytes;
}

/** The fields that the local header and the directory share, from the version needed to the sizes. */
function common({ name, size, crc }: Member, wide: boolean): (readonly [2 | 4, number])[] {
  const utf8 = name.some((byte) => byte > 0x7f) ? 0x800 : 0;
  const shown = wide ? WIDE : size;
  return [
    [2, wide ? 45 : 20],
    [2, utf8],
    [2, 0],
    [2, 0],
    [2, DATE_1980],
    [4, crc],
    [4, shown],
    [4, shown],
    [2, name.length],
  ];
}

function localHeader(member: Member): Uint8Array {
  const wide = member.size >= WIDE;
  const extra = wide ? record([2, 1], [2, 16], [8, member.size], [8, member.size]) : new Uint8Array(0);
  return joinBytes([record([4, 0x04034b50], ...common(member, wide), [2, extra.length]), member.name, extra]);
}

function directoryEntry(member: Member): Uint8Array {
  const { size, offset, name } = member;
  const wide = size >= WIDE || offset >= WIDE;
  const extra = wide ? record([2, 1], [2, 24], [8, size], [8, size], [8, offset]) : new Uint8Array(0);
  const fields = record(
    [4, 0x02014b50],
    [2, wide ? 45 : 20],
    ...common(member, wide),
    [2, extra.length],
    [2, 0],
    [2, 0],
    [2, 0],
    [4, 0],
    [4, wide ? WIDE : offset],
  );
  return joinBytes([fields, name, extra]);
}

function endRecord(count: number, offset: number, size: number): Uint8Array {
  const wide = count >= 0xffff || offset >= WIDE || size >= WIDE;
  const shortCount = wide ? 0xffff : count;
  const end = record(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, shortCount],
    [2, shortCount],
    [4, wide ? WIDE : size],
    [4, wide ? WIDE : offset],
    [2, 0],
  );
  if (!wide) return end;
  const end64 = record(
    [4, 0x06064b50],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, count],
    [8, count],
    [8, size],
    [8, offset],
  );
  return joinBytes([end64, record([4, 0x07064b50], [4, 0], [8, offset + size], [4, 1]), end]);
}
