import type { LoadErrorPlace } from "../../weights/index.ts";
import { LoadError } from "../../weights/index.ts";
import { ByteReader } from "../bytereader.ts";
import { crc32c } from "../crc32c.ts";
import { decompressZstd } from "../zstd/decompress.ts";

/** The first word of a manifest. */
export const MANIFEST_MAGIC = 0x0cdb3a2a;
/** The first word of a B+tree node. */
export const NODE_MAGIC = 0x0cdb20de;

/** Magic number, length, version, compression and checksum. */
const MIN_LENGTH = 4 + 8 + 1 + 1 + 4;
const CHECKSUM = 4;

/**
 * Takes a manifest or node out of its envelope: checks magic number, length, version and checksum, and decompresses.
 *
 * @param limit - the most bytes that it may have, decompressed
 * @throws LoadError `BadOcdbt`, `CrcMismatch`, `BadZstd`, `LimitBytes`
 *
 * Source: TensorStore 0.1.86 `tensorstore/kvstore/ocdbt/format/codec_util.cc`.
 */
export function openEnvelope(bytes: Uint8Array, magic: number, limit: number, place: LoadErrorPlace): ByteReader {
  if (bytes.length < MIN_LENGTH) throw envelopeError(`at least ${MIN_LENGTH} bytes, got ${bytes.length}`, place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(0) !== magic)
    throw envelopeError(`the magic number ${hex(magic)}, got ${hex(view.getUint32(0))}`, place);
  const length = view.getBigUint64(4, true);
  if (length !== BigInt(bytes.length)) throw envelopeError(`a length of ${bytes.length}, got ${length}`, place);
  const end = bytes.length - CHECKSUM;
  const computed = crc32c(bytes.subarray(0, end));
  const stored = view.getUint32(end, true);
  if (computed !== stored)
    throw new LoadError("CrcMismatch", `expected the checksum ${hex(stored)}, got ${hex(computed)}`, place);
  const reader = new ByteReader(bytes.subarray(0, end), place);
  reader.take(12);
  const version = reader.varint();
  if (version !== 0) throw envelopeError(`format version 0, got ${version}`, place);
  const compression = reader.varint();
  const body = reader.take(reader.left);
  if (compression === 0) return new ByteReader(body, place);
  if (compression !== 1) throw envelopeError(`compression 0 (none) or 1 (zstd), got ${compression}`, place);
  return new ByteReader(decompressZstd(body, limit), place);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, "0");
}

function envelopeError(expected: string, place: LoadErrorPlace): LoadError {
  return new LoadError("BadOcdbt", `expected ${expected}`, place);
}
