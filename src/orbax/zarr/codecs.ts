import type { LoadErrorPlace } from "../../weights/index.ts";
import { LoadError } from "../../weights/index.ts";
import { crc32c } from "../crc32c.ts";
import { decompressExactly, decompressZstd } from "../zstd/decompress.ts";
import { unsupportedCodec, zarrError } from "./array.ts";

/** A codec as Zarr 3 writes it. */
export interface CodecSpec {
  readonly name: string;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** A codec from bytes to bytes. */
export interface BytesCodec {
  /** The length of `size` bytes encoded, where it is always the same. */
  encodedSize(size: number): number | undefined;
  /** @param size - the exact length of the result, undefined where it is not known */
  decode(encoded: Uint8Array, size: number | undefined, limit: number): Uint8Array;
}

const CHECKSUM = 4;

export const ZSTD: BytesCodec = {
  encodedSize: () => undefined,
  decode: (encoded, size, limit) =>
    size === undefined ? decompressZstd(encoded, limit) : decompressExactly(encoded, size),
};

/** A checksum after the bytes. */
export const CRC32C: BytesCodec = {
  encodedSize: (size) => size + CHECKSUM,
  decode(encoded) {
    const end = encoded.length - CHECKSUM;
    if (end < 0) throw new LoadError("Incomplete", `expected a checksum of ${CHECKSUM} bytes, got ${encoded.length}`);
    const stored = new DataView(encoded.buffer, encoded.byteOffset + end, CHECKSUM).getUint32(0, true);
    const bytes = encoded.subarray(0, end);
    if (crc32c(bytes) !== stored)
      throw new LoadError("CrcMismatch", "the checksum of a chunk is not that of its bytes");
    return bytes;
  },
};

/** @throws LoadError `BadZarr` unless `value` is a list of codecs */
export function checkCodecs(value: unknown, place: LoadErrorPlace): CodecSpec[] {
  if (!Array.isArray(value)) throw zarrError("a list of codecs", value, place);
  return value.map((item: unknown) => {
    const { name, configuration = {} } = Object(typeof item === "string" ? { name: item } : item) as Partial<CodecSpec>;
    if (typeof name !== "string" || typeof configuration !== "object" || configuration === null)
      throw zarrError("a codec with a name", item, place);
    return { name, configuration };
  });
}

/** @throws LoadError `CodecUnsupported` if there is no such codec here */
export function bytesCodec(spec: CodecSpec, place: LoadErrorPlace): BytesCodec {
  if (spec.name === "zstd") return ZSTD;
  if (spec.name === "crc32c") return CRC32C;
  throw unsupportedCodec("codec", spec.name, place);
}

/**
 * Undoes `codecs`, the last one first.
 *
 * @param size - the length of what was encoded, undefined where it is not known
 * @param limit - the most bytes that an intermediate result may have
 */
export function undoBytesCodecs(
  encoded: Uint8Array,
  codecs: readonly BytesCodec[],
  size: number | undefined,
  limit: number,
): Uint8Array {
  const sizes = [size];
  for (const codec of codecs) {
    const before = sizes.at(-1);
    sizes.push(before === undefined ? undefined : codec.encodedSize(before));
  }
  let bytes = encoded;
  for (let i = codecs.length - 1; i >= 0; i--) bytes = codecs[i]!.decode(bytes, sizes[i], limit);
  if (size !== undefined && bytes.length !== size)
    throw new LoadError("SizeMismatch", `expected a chunk of ${size} bytes, got ${bytes.length}`);
  return bytes;
}
