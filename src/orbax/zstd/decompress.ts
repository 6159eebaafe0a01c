import { LoadError } from "../../weights/index.ts";
import { type FrameState, littleEndian, MAX_BLOCK, newFrameState, readBlock } from "./block.ts";
import { zstdError } from "./errors.ts";
import { Output } from "./output.ts";
import { platformZstd } from "./platform.ts";
import { xxhash64Low } from "./xxhash64.ts";

const MAGIC = 0xfd2fb528;
/** 16 magic numbers that differ in their last four bits. */
const SKIPPABLE_MAGIC = 0x184d2a50;
/** Bytes of a magic number, of the length of a skippable frame and of a checksum. */
const WORD = 4;
const BLOCK_HEADER = 3;
/** Until more is written, the output takes this many times the input at most. */
const START_RATIO = 4;

interface FrameHeader {
  /** The byte after the header. */
  readonly next: number;
  readonly maxBlock: number;
  readonly contentSize: number | undefined;
  readonly hasChecksum: boolean;
}

/**
 * Decompresses zstd data: any number of frames. Dictionaries are refused; checksums are checked.
 *
 * @param limit - the most bytes that may come out; memory is taken as they do
 * @throws LoadError `BadZstd`, `CrcMismatch`, or `LimitBytes` if more than `limit` bytes come out
 *
 * Source: RFC 8878.
 */
export function decompressZstd(bytes: Uint8Array, limit: number): Uint8Array {
  const output = new Output(START_RATIO * bytes.length, limit);
  let at = 0;
  while (at < bytes.length) {
    if (at + WORD > bytes.length) throw zstdError("a frame", at);
    const magic = littleEndian(bytes, at, WORD);
    if (magic === MAGIC) at = readFrame(bytes, at + WORD, output);
    else if (magic - (magic % 16) === SKIPPABLE_MAGIC) at = skipFrame(bytes, at + WORD);
    else throw zstdError("the magic number of a frame", at);
  }
  if (at === 0) throw zstdError("a frame, got no bytes");
  return output.take();
}

/**
 * Decompresses zstd data that must give exactly `size` bytes, by the platform's decoder where there is one.
 *
 * @throws LoadError `BadZstd`, `CrcMismatch`, `LimitBytes`, or `SizeMismatch` if fewer bytes come out
 */
export function decompressExactly(bytes: Uint8Array, size: number): Uint8Array {
  const quick = isOneFrame(bytes) ? platformZstd(bytes, size) : undefined;
  if (quick !== undefined) return quick;
  const result = decompressZstd(bytes, size);
  if (result.length === size) return result;
  throw new LoadError("SizeMismatch", `zstd: expected ${size} bytes decompressed, got ${result.length}`);
}

/** Whether `bytes` are one frame of blocks and nothing else; what is in the blocks is not looked at. */
function isOneFrame(bytes: Uint8Array): boolean {
  if (bytes.length < WORD || littleEndian(bytes, 0, WORD) !== MAGIC) return false;
  const { next, hasChecksum } = readHeader(bytes, WORD);
  let at = next;
  for (let last = false; !last;) {
    if (at + BLOCK_HEADER > bytes.length) return false;
    const block = littleEndian(bytes, at, BLOCK_HEADER);
    last = (block & 1) === 1;
    at += BLOCK_HEADER + (((block >> 1) & 3) === 1 ? 1 : block >> 3);
  }
  return at + (hasChecksum ? WORD : 0) === bytes.length;
}

function skipFrame(bytes: Uint8Array, start: number): number {
  const next = start + WORD + (start + WORD <= bytes.length ? littleEndian(bytes, start, WORD) : 0);
  if (next > bytes.length) throw zstdError("a frame that is whole", start);
  return next;
}

/** @returns the byte after the frame whose header begins at `start` */
function readFrame(bytes: Uint8Array, start: number, output: Output): number {
  const header = readHeader(bytes, start);
  const from = output.length;
  output.frameStart = from;
  const state = newFrameState();
  let at = header.next;
  for (let last = false; !last;) {
    if (at + BLOCK_HEADER > bytes.length) throw zstdError("a frame that is whole", at);
    const block = littleEndian(bytes, at, BLOCK_HEADER);
    last = (block & 1) === 1;
    at = decodeBlock(bytes, at + BLOCK_HEADER, (block >> 1) & 3, block >> 3, header.maxBlock, state, output);
  }
  const size = output.length - from;
  if (header.contentSize !== undefined && size !== header.contentSize)
    throw zstdError(`${header.contentSize} bytes in the frame, got ${size}`);
  if (!header.hasChecksum) return at;
  if (at + WORD > bytes.length) throw zstdError("a frame that is whole", at);
  if (littleEndian(bytes, at, WORD) !== xxhash64Low(output.since(from))) throw checksumError(at);
  return at + WORD;
}

function checksumError(offset: number): LoadError {
  return new LoadError("CrcMismatch", `zstd: the checksum at byte ${offset} is not that of the frame`);
}

/** @returns the byte after the block's content, which begins at `start` */
function decodeBlock(
  bytes: Uint8Array,
  start: number,
  kind: number,
  size: number,
  maxBlock: number,
  state: FrameState,
  output: Output,
): number {
  const next = start + (kind === 1 ? 1 : size);
  if (kind === 3 || size > maxBlock || next > bytes.length) throw zstdError("a block that is whole", start);
  const from = output.length;
  if (kind === 0) output.append(bytes, start, next);
  else if (kind === 1) output.fill(bytes[start]!, size);
  else readBlock(bytes, start, next, state, output);
  if (output.length - from > maxBlock) throw zstdError(`at most ${maxBlock} bytes in a block`, start);
  return next;
}

/** Source: RFC 8878, section 3.1.1.1. */
function readHeader(bytes: Uint8Array, start: number): FrameHeader {
  const descriptor = start < bytes.length ? bytes[start]! : 0;
  const single = (descriptor & 0x20) !== 0;
  const sizeCode = descriptor >> 6;
  const dictionarySize = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][sizeCode]!;
  const windowBytes = single ? 0 : 1;
  const next = start + 1 + windowBytes + dictionarySize + sizeBytes;
  if (next > bytes.length) throw zstdError("a frame that is whole", start);
  if (descriptor & 8) throw zstdError("no reserved bits", start);
  if (littleEndian(bytes, next - sizeBytes - dictionarySize, dictionarySize) !== 0)
    throw zstdError("no dictionary", start);
  const announced = littleEndian(bytes, next - sizeBytes, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
  const contentSize = sizeBytes === 0 ? undefined : announced;
  const window = single ? announced : windowSize(bytes[start + 1]!);
  return { next, maxBlock: Math.min(MAX_BLOCK, window), contentSize, hasChecksum: (descriptor & 4) !== 0 };
}

/** An exponent in 5 bits and eighths of it in 3. */
function windowSize(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}
