import { allocate } from "../bytes.ts";
import { LoadError } from "../errors.ts";
import { changedError, lengthError } from "./errors.ts";
import type { ByteSource, OnBytes, ReadOptions, ResponseLike } from "./source.ts";
import { copyOverlap, piecesOf } from "./stream.ts";

/** Asks for the bytes of `range` of a file, or for all of it. An answer is whatever the server said. */
export type Request = (range: string, signal: AbortSignal | undefined) => Promise<ResponseLike>;

/** Reads with at most this many bytes between them are one request. */
const MERGE_GAP = 65_536;

/** A request of several reads is not longer than this, so that more than one connection has work. */
const MERGED_BYTES = 16 * 2 ** 20;

/** The most requests at once: what browsers open to a host. */
const MAX_REQUESTS = 6;

/** A read that waits for its bytes. */
interface Waiting extends ReadOptions {
  readonly begin: number;
  readonly end: number;
  /** Allocated when the server has begun to answer. */
  bytes?: Uint8Array;
  resolve(bytes: Uint8Array): void;
  reject(reason: unknown): void;
}

/** Reads that are one request, by their first bytes. */
interface Group {
  readonly begin: number;
  end: number;
  readonly reads: Waiting[];
}

/**
 * Reads of the file that `first` is the start of. Those that are asked for in one go are
 * merged where they are neighbours.
 */
export function rangeReads(first: ResponseLike, url: string, request: Request, onBytes: OnBytes): ByteSource["read"] {
  const version = versionOf(first);
  const { size } = rangeOf(first)!;
  const groups: Group[] = [];
  let waiting: Waiting[] = [];
  let active = 0;

  /** Makes requests of all reads that wait. */
  function merge(): void {
    let group: Group | undefined;
    for (const read of waiting.sort((a, b) => a.begin - b.begin)) {
      const { begin, end } = read;
      if (group && begin - group.end <= MERGE_GAP && end - group.begin <= MERGED_BYTES) {
        group.reads.push(read);
        group.end = Math.max(group.end, end);
      } else groups.push((group = { begin, end, reads: [read] }));
    }
    waiting = [];
    while (active < MAX_REQUESTS && groups.length > 0) void work();
  }

  /** Sends one request after the other until none is left. */
  async function work(): Promise<void> {
    active++;
    for (let group; (group = groups.shift()) !== undefined;) {
      const { reads } = group;
      await answer(group).catch((error: unknown) => reads.forEach(({ reject }) => reject(error)));
    }
    active--;
  }

  async function answer({ begin, end, reads }: Group): Promise<void> {
    const controller = new AbortController();
    // Nobody waits for it any more.
    const abort = (): void => {
      if (reads.every(({ signal }) => signal?.aborted)) controller.abort();
    };
    for (const { signal } of reads) signal?.addEventListener("abort", abort);
    let at = begin;
    try {
      abort();
      controller.signal.throwIfAborted();
      const response = await request(`bytes=${begin}-${end - 1}`, controller.signal);
      checkAnswer(response, begin, end);
      for await (const bytes of piecesOf(response.body, url, controller.signal)) {
        const from = at;
        at += bytes.length;
        if (at > end) break;
        onBytes(bytes.length, reads.find((read) => read.end > from)?.label);
        for (const read of reads) {
          if (read.begin >= at || read.end <= from) continue;
          read.bytes ??= allocate(read.end - read.begin, { source: url, tensor: read.label });
          copyOverlap(bytes, from, read.bytes, read.begin);
          if (read.end <= at) read.resolve(read.bytes);
        }
      }
      if (at !== end) throw lengthError(url, end - begin, at - begin);
    } catch (error) {
      controller.abort();
      throw error;
    } finally {
      for (const { signal } of reads) signal?.removeEventListener("abort", abort);
    }
  }

  function checkAnswer(response: ResponseLike, begin: number, end: number): void {
    const { status } = response;
    const range = rangeOf(response);
    const isOther = versionOf(response) !== version || (range !== undefined && range.size !== size);
    if (isOther && (status === 200 || status === 206)) throw changedError(url);
    if (range?.begin !== begin || range.end !== end)
      throw new LoadError("Fetch", `expected bytes ${begin} to ${end}, got status ${status}`, { source: url, status });
  }

  return async (begin, end, options = {}) => {
    const { signal } = options;
    let abort!: () => void;
    try {
      return await new Promise((resolve, reject) => {
        abort = () => reject(signal!.reason);
        signal?.addEventListener("abort", abort);
        if (waiting.length === 0) queueMicrotask(merge);
        waiting.push({ ...options, begin, end, resolve, reject });
      });
    } finally {
      signal?.removeEventListener("abort", abort);
    }
  };
}

interface Range {
  readonly begin: number;
  readonly end: number;
  readonly size: number;
}

/** What a 206 answer says that it holds; undefined if it does not say, or holds something packed. */
export function rangeOf({ status, headers }: ResponseLike): Range | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  if (status !== 206 || match === null || headers.get("content-encoding")) return undefined;
  const [begin, last, size] = match.slice(1).map(Number) as [number, number, number];
  return begin <= last && last < size ? { begin, end: last + 1, size } : undefined;
}

/** What tells one version of a file from another; null where the server does not say. */
function versionOf({ headers }: ResponseLike): string | null {
  return headers.get("etag") ?? headers.get("last-modified");
}
