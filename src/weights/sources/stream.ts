import { allocate } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import type { ByteStreamLike } from "./source.ts";

/**
 * The pieces of `stream`, which is cancelled when nobody wants more of them.
 *
 * @throws LoadError `Fetch` if it breaks off; the reason of `signal` if that ended it
 */
export async function* piecesOf(
  stream: ByteStreamLike | null,
  source: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = stream?.getReader();
  // A stalled read hears of the signal by being cancelled.
  const cancel = (): unknown => reader?.cancel(signal?.reason).catch(() => {});
  signal?.addEventListener("abort", cancel);
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true };
      signal?.throwIfAborted();
      if (done) return;
      yield value!;
    }
  } catch (cause) {
    signal?.throwIfAborted();
    throw new LoadError("Fetch", `broken off: ${(cause as Error).message}`, { source }, { cause });
  } finally {
    cancel();
    signal?.removeEventListener("abort", cancel);
  }
}

/** The bytes [begin, end) of `chunks`, copied: engines refuse one buffer of several GiB, so that they stay apart. */
export function sliceChunks(chunks: readonly Uint8Array[], begin: number, end: number, source: string): Uint8Array {
  const bytes = allocate(end - begin, { source });
  let start = 0;
  for (const chunk of chunks) {
    copyOverlap(chunk, start, bytes, begin);
    start += chunk.length;
    if (start >= end) break;
  }
  return bytes;
}

/** Copies what `from`, which begins at `fromStart`, has of `to`, which begins at `toStart`. */
export function copyOverlap(from: Uint8Array, fromStart: number, to: Uint8Array, toStart: number): void {
  const begin = Math.max(fromStart, toStart);
  const end = Math.min(fromStart + from.length, toStart + to.length);
  if (begin < end) to.set(from.subarray(begin - fromStart, end - fromStart), begin - toStart);
}
