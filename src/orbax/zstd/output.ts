import { LoadError } from "../../weights/index.ts";
import { zstdError } from "./errors.ts";

/** Copies of fewer bytes are quicker in a loop (Node 20). */
const SHORT = 32;

/** Decompressed bytes. The buffer grows with what is written, never past `limit`. */
export class Output {
  #bytes: Uint8Array;
  readonly #limit: number;
  /** How many bytes are written. */
  length = 0;
  /** Where the current frame began: matches do not reach back over it. */
  frameStart = 0;

  /** @param capacity - how many bytes to allocate at once */
  constructor(capacity: number, limit: number) {
    this.#bytes = new Uint8Array(Math.min(capacity, limit));
    this.#limit = limit;
  }

  /** Appends `from[start, end)`. */
  append(from: Uint8Array, start: number, end: number): void {
    const count = end - start;
    this.#reserve(count);
    const to = this.#bytes;
    if (count < SHORT) for (let i = start, at = this.length; i < end; i++) to[at++] = from[i]!;
    else to.set(from.subarray(start, end), this.length);
    this.length += count;
  }

  /** Appends `byte`, `count` times. */
  fill(byte: number, count: number): void {
    this.#reserve(count);
    this.#bytes.fill(byte, this.length, this.length + count);
    this.length += count;
  }

  /** Appends the `count` bytes that begin `offset` bytes back; they may overlap what is appended. */
  repeat(offset: number, count: number): void {
    if (offset > this.length - this.frameStart) throw zstdError("an offset inside the frame");
    this.#reserve(count);
    const to = this.#bytes;
    const at = this.length;
    const past = at + count;
    if (count < SHORT || offset < count) for (let i = at; i < past; i++) to[i] = to[i - offset]!;
    else to.copyWithin(at, at - offset, past - offset);
    this.length = past;
  }

  /** The bytes written since `start`; a view. */
  since(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.length);
  }

  /** All bytes, in a buffer of their own. */
  take(): Uint8Array {
    return this.length === this.#bytes.length ? this.#bytes : this.#bytes.slice(0, this.length);
  }

  #reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.#bytes.length) return;
    if (needed > this.#limit)
      throw new LoadError("LimitBytes", `zstd: expected at most ${this.#limit} bytes decompressed, got more`);
    const grown = new Uint8Array(Math.min(this.#limit, Math.max(needed, 2 * this.#bytes.length)));
    grown.set(this.#bytes.subarray(0, this.length));
    this.#bytes = grown;
  }
}
