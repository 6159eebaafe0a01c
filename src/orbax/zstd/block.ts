import { zstdError } from "./errors.ts";
import { type HuffmanTable, readHuffman, readSymbols } from "./huffman.ts";
import type { Output } from "./output.ts";
import { readSequences, type SequenceTables } from "./sequences.ts";

/** No block holds more, decompressed. */
export const MAX_BLOCK = 128 * 1024;

/** What a block takes over from the blocks before it in its frame. */
export interface FrameState {
  huffman: HuffmanTable | undefined;
  readonly tables: SequenceTables;
  readonly recent: [number, number, number];
}

export function newFrameState(): FrameState {
  return { huffman: undefined, tables: {}, recent: [1, 4, 8] };
}

/** Decompresses the compressed block `bytes[start, end)`. */
export function readBlock(bytes: Uint8Array, start: number, end: number, state: FrameState, output: Output): void {
  const [literals, next] = readLiterals(bytes, start, end, state);
  readSequences(bytes, next, end, literals, state.tables, state.recent, output);
}

/**
 * @returns the literals and the byte after their section
 *
 * Source: RFC 8878, section 3.1.1.3.1.
 */
function readLiterals(
  bytes: Uint8Array,
  start: number,
  end: number,
  state: FrameState,
): [literals: Uint8Array, next: number] {
  if (start >= end) throw zstdError("a block that is whole", start);
  const kind = bytes[start]! & 3;
  const format = (bytes[start]! >> 2) & 3;
  const compressed = kind >= 2;
  const headerSize = compressed ? [3, 3, 4, 5][format]! : [1, 2, 1, 3][format]!;
  let next = start + headerSize;
  if (next > end) throw zstdError("a block that is whole", start);
  if (!compressed) {
    const size = littleEndian(bytes, start, headerSize) >> (headerSize === 1 ? 3 : 4);
    const past = next + (kind === 0 ? size : 1);
    if (size > MAX_BLOCK || past > end) throw zstdError("literals that fit their block", start);
    return [kind === 0 ? bytes.subarray(next, past) : new Uint8Array(size).fill(bytes[next]!), past];
  }
  const width = [10, 10, 14, 18][format]!;
  const sizes = littleEndian(bytes, start, headerSize);
  const size = Math.floor(sizes / 16) % 2 ** width;
  const past = next + Math.floor(sizes / 2 ** (4 + width));
  if (size > MAX_BLOCK || past > end) throw zstdError("literals that fit their block", start);
  if (kind === 2) [state.huffman, next] = readHuffman(bytes, next, past);
  if (state.huffman === undefined) throw zstdError("an earlier Huffman code to repeat", start);
  const literals = new Uint8Array(size);
  if (format === 0) readSymbols(state.huffman, bytes, next, past, literals, 0, size);
  else readFourStreams(state.huffman, bytes, next, past, literals);
  return [literals, past];
}

/** Four streams, each of a quarter of the literals; the sizes of three come first. */
function readFourStreams(
  table: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  literals: Uint8Array,
): void {
  const share = (literals.length + 3) >> 2;
  if (start + 6 > end || 3 * share > literals.length) throw zstdError("four streams of literals", start);
  let from = start + 6;
  for (let i = 0; i < 4; i++) {
    const past = i === 3 ? end : from + littleEndian(bytes, start + 2 * i, 2);
    if (past > end) throw zstdError("streams that fit their block", start);
    readSymbols(table, bytes, from, past, literals, i * share, i === 3 ? literals.length : (i + 1) * share);
    from = past;
  }
}

/** The number in `size` bytes, at most 6; its bits from 32 on are exact. */
export function littleEndian(bytes: Uint8Array, start: number, size: number): number {
  let value = 0;
  for (let i = size - 1; i >= 0; i--) value = value * 256 + bytes[start + i]!;
  return value;
}
