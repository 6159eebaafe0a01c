/** What Node, Bun and Deno have for memory that is not zeroed; JavaScript itself has nothing. */
interface Host {
  readonly Buffer?: { allocUnsafeSlow?(bytes: number): Uint8Array<ArrayBuffer> };
}

/**
 * Smaller ones are faster with their zeros, which bring them into the cache: by 1.1 to 1.2 on an AMD EPYC, while a Xeon
 * wants zeros up to 32 KiB (Node 22 and 24, 2026-12).
 */
export const MIN_BYTES: number = 2 ** 18;
/** Older versions of Node have no larger ones. */
const MAX_BYTES = 2 ** 30;

const { Buffer } = globalThis as Host;

/** A buffer of any contents, for who writes all of it; undefined for few bytes, and where the host has none. */
export function unfilledBuffer(bytes: number): ArrayBuffer | undefined {
  if (bytes < MIN_BYTES || bytes > MAX_BYTES) return undefined;
  const buffer = Buffer?.allocUnsafeSlow?.(bytes).buffer;
  // A stand-in for Node's may give a part of a larger one.
  return buffer?.byteLength === bytes ? buffer : undefined;
}
