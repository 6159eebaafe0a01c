import { unfilledBuffer } from "./unfilled.ts";

/**
 * Smaller arrays are about as fast from the engine's own allocator. From here on a new one, with its zeros and its
 * share of the collections, takes more time than `relu` does to fill it (Node 24, 2026-12).
 */
const MIN_BYTES = 8192;

/** Buffers of a size that so many regions in sequence did not need are dropped. */
const MAX_AGE = 64;

/** The free buffers of one size. */
interface SizeClass {
  readonly buffers: ArrayBuffer[];
  /** The number of the last region that took or gave one. */
  usedIn: number;
}

/**
 * Buffers that regions take and give back, by their exact size, because a function that is called again asks for the
 * same sizes. New memory has to be zeroed, and mapped page by page as it is first written; this was both before.
 *
 * It keeps at most what one region has taken, the sizes that were used last. The collector frees it with its owner.
 */
export class BufferPool {
  /** Regions take arrays of so many bytes and more from the pool. */
  readonly minBytes: number = MIN_BYTES;
  readonly #free = new Map<number, SizeClass>();
  #regions = 0;
  #bytes = 0;
  #maxBytes = 0;

  /** The bytes that it keeps. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A buffer of `bytes`; of any contents, unless they are to be zeros. */
  take(bytes: number, zeroed: boolean): ArrayBuffer {
    const buffer = this.#free.get(bytes)?.buffers.pop();
    if (buffer === undefined) return (zeroed ? undefined : unfilledBuffer(bytes)) ?? new ArrayBuffer(bytes);
    this.#bytes -= bytes;
    if (zeroed) new Uint8Array(buffer).fill(0);
    return buffer;
  }

  /** Takes `buffers` back at the end of a region that took `bytes` in all. */
  give(buffers: Iterable<ArrayBuffer>, bytes: number): void {
    const now = ++this.#regions;
    this.#maxBytes = Math.max(this.#maxBytes, bytes);
    for (const buffer of buffers) {
      const size = buffer.byteLength;
      let known = this.#free.get(size);
      // The least recently used come first.
      if (known === undefined || known.usedIn !== now) {
        this.#free.delete(size);
        this.#free.set(size, (known = { buffers: known?.buffers ?? [], usedIn: now }));
      }
      known.buffers.push(buffer);
      this.#bytes += size;
    }
    for (const [size, { buffers: free, usedIn }] of this.#free) {
      const surplus = now - usedIn > MAX_AGE ? Infinity : Math.ceil((this.#bytes - this.#maxBytes) / size);
      this.#bytes -= size * free.splice(0, Math.max(0, surplus)).length;
      if (free.length === 0) this.#free.delete(size);
    }
  }
}
