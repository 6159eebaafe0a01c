import { BackwardBits, bitsAt } from "./bitstream.ts";
import { zstdError } from "./errors.ts";
import { nextState, readFse } from "./fse.ts";

/** A Huffman code: what the next `log` bits stand for, and how many of them the symbol takes. */
export interface HuffmanTable {
  readonly log: number;
  readonly symbols: Uint8Array;
  readonly lengths: Uint8Array;
}

const MAX_LOG = 11;
const MAX_SYMBOLS = 256;
const MAX_WEIGHTS_LOG = 6;
const MAX_WEIGHT = MAX_LOG + 1;

/**
 * Reads the description of a Huffman code from `bytes[start, end)`.
 *
 * @returns the code and the byte after its description
 *
 * Source: RFC 8878, section 4.2.1.
 */
export function readHuffman(bytes: Uint8Array, start: number, end: number): [table: HuffmanTable, next: number] {
  if (start >= end) throw zstdError("a Huffman code", start);
  const header = bytes[start]!;
  const direct = header >= 128;
  const next = start + 1 + (direct ? (header - 126) >> 1 : header);
  if (next > end) throw zstdError("a Huffman code that is whole", start);
  const weights = direct ? directWeights(bytes, start + 1, header - 127) : codedWeights(bytes, start + 1, next);
  return [huffmanOf(weights, start), next];
}

function directWeights(bytes: Uint8Array, start: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (bytes[start + (i >> 1)]! >> (i & 1 ? 0 : 4)) & 15);
}

/** Weights in an FSE code with two states that take turns. */
function codedWeights(bytes: Uint8Array, start: number, end: number): number[] {
  const [table, next] = readFse(bytes, start, end, MAX_WEIGHTS_LOG, MAX_WEIGHT);
  const stream = new BackwardBits(bytes, next, end);
  let state = stream.read(table.log);
  let other = stream.read(table.log);
  if (stream.left < 0) throw zstdError("a Huffman code that is whole", start);
  const weights: number[] = [];
  for (;;) {
    if (weights.length >= MAX_SYMBOLS) throw zstdError(`a Huffman code of at most ${MAX_SYMBOLS} symbols`, start);
    weights.push(table.symbols[state]!);
    const following = nextState(table, state, stream);
    state = other;
    other = following;
    if (stream.left >= 0) continue;
    weights.push(table.symbols[state]!);
    return weights;
  }
}

/** The code of these weights; the last symbol's is not written, it fills up what the others leave. */
function huffmanOf(weights: number[], offset: number): HuffmanTable {
  let sum = 0;
  for (const weight of weights) {
    if (weight > MAX_WEIGHT) throw zstdError(`Huffman weights of at most ${MAX_WEIGHT}`, offset);
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const log = 32 - Math.clz32(sum);
  const rest = (1 << log) - sum;
  if (sum === 0 || log > MAX_LOG || (rest & (rest - 1)) !== 0 || weights.length >= MAX_SYMBOLS)
    throw zstdError("a complete Huffman code", offset);
  weights.push(32 - Math.clz32(rest));
  // Symbols of low weight, which take the most bits, come first.
  const counts = new Uint32Array(MAX_WEIGHT + 1);
  for (const weight of weights) counts[weight]! += weight > 0 ? 1 << (weight - 1) : 0;
  const places = new Uint32Array(MAX_WEIGHT + 1);
  for (let weight = 1; weight < MAX_WEIGHT; weight++) places[weight + 1] = places[weight]! + counts[weight]!;
  const symbols = new Uint8Array(1 << log);
  const lengths = new Uint8Array(1 << log);
  for (let symbol = 0; symbol < weights.length; symbol++) {
    const weight = weights[symbol]!;
    if (weight === 0) continue;
    const place = places[weight]!;
    const past = (places[weight] = place + (1 << (weight - 1)));
    for (let i = place; i < past; i++) {
      symbols[i] = symbol;
      lengths[i] = log + 1 - weight;
    }
  }
  return { log, symbols, lengths };
}

/** Decodes the stream `bytes[start, end)`, which must hold exactly the symbols of `to[from, past)`. */
export function readSymbols(
  { log, symbols, lengths }: HuffmanTable,
  bytes: Uint8Array,
  start: number,
  end: number,
  to: Uint8Array,
  from: number,
  past: number,
): void {
  const stream = new BackwardBits(bytes, start, end);
  const mask = (1 << log) - 1;
  let { left } = stream;
  let i = from;
  // Two symbols are at most 22 bits, which one load has.
  for (const last = past - 1; i < last && left >= 24;) {
    const word = bitsAt(bytes, start, left - 24);
    const first = (word >>> (24 - log)) & mask;
    const taken = lengths[first]!;
    const second = (word >>> (24 - log - taken)) & mask;
    to[i] = symbols[first]!;
    to[i + 1] = symbols[second]!;
    left -= taken + lengths[second]!;
    i += 2;
  }
  stream.left = left;
  for (; i < past; i++) {
    const index = stream.peek(log);
    to[i] = symbols[index]!;
    stream.left -= lengths[index]!;
  }
  if (stream.left !== 0) throw zstdError("a Huffman stream of the announced length", start);
}
