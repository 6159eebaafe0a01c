import { BackwardBits } from "./bitstream.ts";
import { zstdError } from "./errors.ts";
import { type FseTable, fseOf, fseOfOne, nextState, readFse } from "./fse.ts";
import type { Output } from "./output.ts";

/** The codes of the three numbers of a sequence; a block may repeat those of the block before. */
export interface SequenceTables {
  literals?: FseTable;
  offsets?: FseTable;
  matches?: FseTable;
}

/** One of the three numbers: what its codes may be, and the code that need not be written. */
interface Field {
  readonly maxLog: number;
  readonly maxSymbol: number;
  readonly defaultLog: number;
  readonly defaultCounts: readonly number[];
}

const LITERALS: Field = {
  maxLog: 9,
  maxSymbol: 35,
  defaultLog: 6,
  defaultCounts: [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1,
  ],
};
const OFFSETS: Field = {
  maxLog: 8,
  maxSymbol: 31,
  defaultLog: 5,
  defaultCounts: [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
};
const MATCHES: Field = {
  maxLog: 9,
  maxSymbol: 52,
  defaultLog: 6,
  defaultCounts: [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
  ],
};

/** Codes 16 to 35 of a literal length: the extra bits. */
const LITERAL_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
/** Codes 32 to 52 of a match length: the extra bits. */
const MATCH_BITS = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const MIN_MATCH = 3;

/** The first length of each code, and how many extra bits are added to it. */
interface Lengths {
  readonly bases: Uint32Array;
  readonly bits: Uint8Array;
}

/** Codes below `first` are lengths themselves, the others cover ranges of 2^bits, one after the other. */
function lengthsOf(first: number, extra: readonly number[], min: number): Lengths {
  const bases = new Uint32Array(first + extra.length);
  const bits = new Uint8Array(bases.length);
  let base = min;
  for (let code = 0; code < bases.length; code++) {
    bits[code] = code < first ? 0 : extra[code - first]!;
    bases[code] = base;
    base += 1 << bits[code]!;
  }
  return { bases, bits };
}

let literalLengths: Lengths | undefined;
let matchLengths: Lengths | undefined;

/**
 * Reads the sequences section `bytes[start, end)` of a block and carries it out: each sequence copies literals to
 * `output`, then repeats what stands `offset` bytes back.
 *
 * @param tables - the codes of the block before; this block's afterwards
 * @param recent - the last three offsets; changed
 *
 * Source: RFC 8878, sections 3.1.1.3.2 to 3.1.1.5.
 */
export function readSequences(
  bytes: Uint8Array,
  start: number,
  end: number,
  literals: Uint8Array,
  tables: SequenceTables,
  recent: [number, number, number],
  output: Output,
): void {
  const [count, modesAt] = sequenceCount(bytes, start, end);
  if (count === 0) {
    if (modesAt !== end) throw zstdError("the end of a block without sequences", modesAt);
    output.append(literals, 0, literals.length);
    return;
  }
  if (modesAt >= end) throw zstdError("a block that is whole", start);
  const modes = bytes[modesAt]!;
  if ((modes & 3) !== 0) throw zstdError("no reserved bits", modesAt);
  let next = modesAt + 1;
  const table = (mode: number, field: Field, repeated: FseTable | undefined): FseTable => {
    const [found, past] = tableOf(mode & 3, bytes, next, end, field, repeated);
    next = past;
    return found;
  };
  const lengthTable = (tables.literals = table(modes >> 6, LITERALS, tables.literals));
  const offsetTable = (tables.offsets = table(modes >> 4, OFFSETS, tables.offsets));
  const matchTable = (tables.matches = table(modes >> 2, MATCHES, tables.matches));
  literalLengths ??= lengthsOf(16, LITERAL_BITS, 0);
  matchLengths ??= lengthsOf(32, MATCH_BITS, MIN_MATCH);

  const stream = new BackwardBits(bytes, next, end);
  let lengthState = stream.read(lengthTable.log);
  let offsetState = stream.read(offsetTable.log);
  let matchState = stream.read(matchTable.log);
  let used = 0;
  for (let i = 0; i < count; i++) {
    const offsetCode = offsetTable.symbols[offsetState]!;
    const matchCode = matchTable.symbols[matchState]!;
    const lengthCode = lengthTable.symbols[lengthState]!;
    const offsetValue = 2 ** offsetCode + stream.read(offsetCode);
    const match = matchLengths.bases[matchCode]! + stream.read(matchLengths.bits[matchCode]!);
    const length = literalLengths.bases[lengthCode]! + stream.read(literalLengths.bits[lengthCode]!);
    if (stream.left < 0 || used + length > literals.length) throw zstdError("sequences that fit their block", start);
    output.append(literals, used, used + length);
    used += length;
    output.repeat(takeOffset(offsetValue, length, recent), match);
    if (i === count - 1) break;
    lengthState = nextState(lengthTable, lengthState, stream);
    matchState = nextState(matchTable, matchState, stream);
    offsetState = nextState(offsetTable, offsetState, stream);
  }
  if (stream.left !== 0) throw zstdError("sequences that fill their block", start);
  output.append(literals, used, literals.length);
}

/** @returns the number of sequences and the byte after it */
function sequenceCount(bytes: Uint8Array, start: number, end: number): [count: number, next: number] {
  const first = start < end ? bytes[start]! : 255;
  const next = start + (first < 128 ? 1 : first < 255 ? 2 : 3);
  if (next > end) throw zstdError("a block that is whole", start);
  if (first < 128) return [first, next];
  if (first < 255) return [((first - 128) << 8) + bytes[start + 1]!, next];
  return [bytes[start + 1]! + (bytes[start + 2]! << 8) + 0x7f00, next];
}

/** @returns the code that `mode` announces, and the byte after its description */
function tableOf(
  mode: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  field: Field,
  repeated: FseTable | undefined,
): [table: FseTable, next: number] {
  if (mode === 0) return [fseOf(field.defaultCounts, field.defaultLog), start];
  if (mode === 2) return readFse(bytes, start, end, field.maxLog, field.maxSymbol);
  if (mode === 1) {
    if (start >= end || bytes[start]! > field.maxSymbol) throw zstdError("a symbol of its code", start);
    return [fseOfOne(bytes[start]!), start + 1];
  }
  if (repeated === undefined) throw zstdError("an earlier code to repeat", start);
  return [repeated, start];
}

/** The offset that `value` means: 1 to 3 are recent ones. Keeps `recent` in order. */
function takeOffset(value: number, literals: number, recent: [number, number, number]): number {
  if (value > 3) {
    recent[2] = recent[1];
    recent[1] = recent[0];
    return (recent[0] = value - 3);
  }
  const index = value - (literals === 0 ? 0 : 1);
  if (index === 0) return recent[0];
  const offset = index === 3 ? recent[0] - 1 : recent[index]!;
  if (offset === 0) throw zstdError("an offset of at least 1");
  if (index !== 1) recent[2] = recent[1];
  recent[1] = recent[0];
  return (recent[0] = offset);
}
