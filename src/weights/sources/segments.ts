import { LoadError } from "../errors.ts";
import type { ByteSource, ByteStreamLike, OnBytes } from "./source.ts";

/** The first piece of memory; each is twice the one before, so that no announced length is believed. */
const FIRST_SEGMENT = 2 ** 16;
const LONGEST_SEGMENT = 64 * 2 ** 20;

/** The whole of a stream, in pieces: engines refuse one buffer of several GiB. */
export class Segments {
  readonly #segments: Uint8Array[] = [];
  readonly #starts: number[] = [];
  #room = 0;
  size = 0;

  /** Adds `bytes` at the end. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#room === 0) {
        this.#room = Math.min(FIRST_SEGMENT * 2 ** this.#segments.length, LONGEST_SEGMENT);
        this.#starts.push(this.size);
        this.#segments.push(new Uint8Array(this.#room));
      }
      const last = this.#segments.at(-1)!;
      const part = bytes.subarray(at, at + this.#room);
      last.set(part, last.length - this.#room);
      this.#room -= part.length;
      this.size += part.length;
      at += part.length;
    }
  }

  /** The bytes [begin, end): a view where one piece has them, else a copy. */
  slice(begin: number, end: number): Uint8Array {
    let i = this.#starts.findLastIndex((start) => start <= begin);
    if (i < 0) return new Uint8Array(0);
    const first = this.#segments[i]!.subarray(begin - this.#starts[i]!, end - this.#starts[i]!);
    if (first.length === end - begin) return first;
    const bytes = new Uint8Array(end - begin);
    bytes.set(first);
    for (let at = first.length; at < bytes.length;) {
      const part = this.#segments[++i]!.subarray(0, bytes.length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** This as a source that nobody else writes to. */
  toSource(name: string, sibling: ByteSource["sibling"]): ByteSource {
    return {
      name,
      size: this.size,
      read: async (begin, end) => this.slice(begin, end),
      sibling,
      close: async () => {},
    };
  }
}

/**
 * Calls `take` with every piece of `stream` until it ends.
 *
 * @throws LoadError `Fetch` if it breaks off; the reason of `signal` if that ended it
 */
export async function drain(
  stream: ByteStreamLike,
  take: (bytes: Uint8Array) => void,
  source: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const reader = stream.getReader();
  // A stalled read hears of the signal by being cancelled.
  const cancel = (): void => void reader.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return;
      take(value!);
    }
  } catch (cause) {
    signal?.throwIfAborted();
    cancel();
    if (cause instanceof LoadError) throw cause;
    throw new LoadError("Fetch", `the connection broke off: ${(cause as Error).message}`, { source }, { cause });
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** All bytes of `stream`, counted as they come. */
export async function collect(
  stream: ByteStreamLike | null,
  source: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
): Promise<Segments> {
  const segments = new Segments();
  if (stream === null) return segments;
  await drain(
    stream,
    (bytes) => {
      segments.push(bytes);
      onBytes(bytes.length, undefined);
    },
    source,
    signal,
  );
  return segments;
}
