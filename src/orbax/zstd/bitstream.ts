import { zstdError } from "./errors.ts";

/**
 * A stream of bits that is read from its end to its start. Its last byte holds a 1 above the first bit to read. Bits
 * before the start read as zeros; `left` is negative then.
 *
 * Source: RFC 8878, section 4.1 (FSE) and 4.2.2 (Huffman-coded streams).
 */
export class BackwardBits {
  readonly #bytes: Uint8Array;
  readonly #start: number;
  /** How many bits are not read yet. */
  left: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    const last = end > start ? bytes[end - 1]! : 0;
    if (last === 0) throw zstdError("a stream of bits that ends with a 1", end);
    this.#bytes = bytes;
    this.#start = start;
    this.left = (end - start) * 8 - Math.clz32(last) + 23;
  }

  /** The next `count` bits, at most 25, which stay unread. */
  peek(count: number): number {
    const from = this.left - count;
    if (from >= 0) return bitsAt(this.#bytes, this.#start, from) & ((1 << count) - 1);
    const { left } = this;
    if (left <= 0) return 0;
    return (bitsAt(this.#bytes, this.#start, 0) & ((1 << left) - 1)) << -from;
  }

  /** The next `count` bits, at most 31. */
  read(count: number): number {
    if (count > 16) {
      const high = this.read(count - 16);
      return high * 0x10000 + this.read(16);
    }
    const value = this.peek(count);
    this.left -= count;
    return value;
  }
}

/** At least 25 bits of `bytes` from bit `bit` after the byte `start`, lowest first; what follows the array is 0. */
export function bitsAt(bytes: Uint8Array, start: number, bit: number): number {
  const i = start + (bit >>> 3);
  return (bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24)) >>> (bit & 7);
}
