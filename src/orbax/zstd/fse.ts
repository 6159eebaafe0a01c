import { bitsAt } from "./bitstream.ts";
import type { BackwardBits } from "./bitstream.ts";
import { zstdError } from "./errors.ts";

/** A finite state entropy code: what each state stands for, and which states follow. */
export interface FseTable {
  /** A state is this many bits. */
  readonly log: number;
  readonly symbols: Uint8Array;
  /** How many bits choose the next state. */
  readonly bits: Uint8Array;
  /** What these bits are added to. */
  readonly bases: Uint16Array;
}

/** A code of one symbol, which takes no bits. */
export function fseOfOne(symbol: number): FseTable {
  return { log: 0, symbols: new Uint8Array([symbol]), bits: new Uint8Array(1), bases: new Uint16Array(1) };
}

/**
 * The code of 2^`log` states in which symbol `i` has `counts[i]` of them; -1 is one state, for "less than one".
 *
 * Source: RFC 8878, section 4.1.1.
 */
export function fseOf(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  const bits = new Uint8Array(size);
  const bases = new Uint16Array(size);
  const next = counts.map((count) => Math.abs(count));
  let high = size;
  for (const [symbol, count] of counts.entries()) if (count === -1) symbols[--high] = symbol;
  const step = (size >> 1) + (size >> 3) + 3;
  let place = 0;
  for (const [symbol, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      symbols[place] = symbol;
      do place = (place + step) & (size - 1);
      while (place >= high);
    }
  }
  for (let state = 0; state < size; state++) {
    const number = next[symbols[state]!]!++;
    const width = log - (31 - Math.clz32(number));
    bits[state] = width;
    bases[state] = (number << width) - size;
  }
  return { log, symbols, bits, bases };
}

/**
 * Reads the counts of a code from `bytes[start, end)`.
 *
 * @returns the code and the byte after its description
 */
export function readFse(
  bytes: Uint8Array,
  start: number,
  end: number,
  maxLog: number,
  maxSymbol: number,
): [table: FseTable, next: number] {
  const available = (end - start) * 8;
  const log = (bitsAt(bytes, start, 0) & 15) + 5;
  if (available < 8 || log > maxLog) throw zstdError(`an FSE code of at most ${maxLog} bits`, start);
  let bit = 4;
  let remaining = 1 << log;
  const counts: number[] = [];
  while (remaining > 0) {
    if (bit > available || counts.length > maxSymbol) throw zstdError("an FSE code that is whole", start);
    // A value of 0 to remaining + 1: the low ones take a bit less.
    const width = 32 - Math.clz32(remaining + 1);
    const low = (1 << width) - 2 - remaining;
    const small = bitsAt(bytes, start, bit) & ((1 << (width - 1)) - 1);
    let value = bitsAt(bytes, start, bit) & ((1 << width) - 1);
    if (small < low) value = small;
    else if (value >= 1 << (width - 1)) value -= low;
    bit += small < low ? width - 1 : width;
    counts.push(value - 1);
    remaining -= Math.abs(value - 1);
    if (value !== 1) continue;
    // A count of 0 is followed by how many more there are, in twos of bits.
    let repeat = 3;
    while (repeat === 3) {
      repeat = bitsAt(bytes, start, bit) & 3;
      bit += 2;
      if (bit > available || counts.length + repeat > maxSymbol + 1)
        throw zstdError("an FSE code that is whole", start);
      for (let i = 0; i < repeat; i++) counts.push(0);
    }
  }
  if (bit > available) throw zstdError("an FSE code that is whole", start);
  return [fseOf(counts, log), start + ((bit + 7) >> 3)];
}

/** The state that follows `state`. */
export function nextState(table: FseTable, state: number, stream: BackwardBits): number {
  return table.bases[state]! + stream.read(table.bits[state]!);
}
