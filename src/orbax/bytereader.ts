import { LoadError } from "../weights/index.ts";
import type { LoadErrorPlace } from "../weights/index.ts";

/** LEB128 numbers of 2^53 and more are refused; these take at most 8 bytes. */
const MAX_VARINT = 10;

/** Reads OCDBT's numbers from the start of some bytes to their end; reading past it is `BadOcdbt`. */
export class ByteReader {
  readonly bytes: Uint8Array;
  readonly place: LoadErrorPlace;
  /** The next byte to read. */
  at = 0;

  constructor(bytes: Uint8Array, place: LoadErrorPlace) {
    this.bytes = bytes;
    this.place = place;
  }

  /** How many bytes are not read yet. */
  get left(): number {
    return this.bytes.length - this.at;
  }

  u8(): number {
    if (this.left < 1) throw this.error("more bytes, got the end");
    return this.bytes[this.at++]!;
  }

  /** The next `count` bytes, a view. */
  take(count: number): Uint8Array {
    if (count > this.left) throw this.error(`${count} more bytes, got ${this.left}`);
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  /** A number in LEB128. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT; i++) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      if (byte < 128) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
      scale *= 128;
    }
    throw this.error("a number below 2^53");
  }

  /** `count` numbers in LEB128, each at most `max`. */
  varints(count: number, max: number = Number.MAX_SAFE_INTEGER): number[] {
    this.expect(count);
    const values: number[] = [];
    for (let i = 0; i < count; i++) {
      const value = this.varint();
      if (value > max) throw this.error(`a number of at most ${max}, got ${value}`);
      values.push(value);
    }
    return values;
  }

  /** Checks that `count` items of at least one byte can follow, before a list is made for them. */
  expect(count: number): void {
    if (count > this.left) throw this.error(`${count} more items, got ${this.left} bytes`);
  }

  end(): void {
    if (this.left > 0) throw this.error(`the end, got ${this.left} more bytes`);
  }

  error(expected: string): LoadError {
    return new LoadError("BadOcdbt", `expected ${expected} (byte ${this.at} of the decoded node)`, this.place);
  }
}
