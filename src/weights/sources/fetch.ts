import { LoadError } from "../errors.ts";
import { isHtml } from "../recognise.ts";
import { lengthError } from "./errors.ts";
import { blobSource } from "./memory.ts";
import type { Request } from "./ranges.ts";
import { rangeOf, rangeReads } from "./ranges.ts";
import type { ByteSource, OnBytes, ResponseLike } from "./source.ts";
import { piecesOf, sliceChunks } from "./stream.ts";

/** The bytes of the first request: the header of most files, and all of small ones. */
export const FIRST_BYTES = 65_536;

/** What is needed of `fetch`. */
export type FetchLike = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal | null },
) => Promise<ResponseLike>;

/** What is needed of a `Cache` of the Cache API. It keeps responses by the address of the file. */
export interface CacheLike {
  match(request: string): Promise<ResponseLike | undefined>;
  put(request: string, response: Response): Promise<unknown>;
}

export interface FetchOptions {
  /** Headers of the requests, for private files. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Used in place of `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Where a file by URL is stored whole, and read from the next time. By default none is. */
  readonly cache?: CacheLike | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The file at `url`: in ranges where the server has them, else streamed whole, once.
 *
 * @param whole - whether to ask for all of it at once
 * @throws LoadError `Fetch` with the status
 */
export async function urlSource(
  url: string,
  options: FetchOptions,
  whole: boolean,
  onBytes: OnBytes,
): Promise<ByteSource> {
  const { fetch = globalThis.fetch as FetchLike, cache, signal } = options;
  const request: Request = async (range, signal) => {
    try {
      const headers = { ...options.headers, ...(range && { Range: range }) };
      return await fetch(url, { headers, signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      const message = `no answer (in a browser the host must allow CORS): ${(cause as Error).message}`;
      throw new LoadError("Fetch", message, { source: url }, { cause });
    }
  };
  const sibling = (name: string): URL => new URL(encodeURIComponent(name), url);
  if (cache !== undefined) return { ...(await cachedSource(cache, request, url, signal, onBytes)), sibling };
  let response = await request(whole ? "" : `bytes=0-${FIRST_BYTES - 1}`, signal);
  const range = rangeOf(response);
  if (range?.begin === 0) {
    const { size, head } = await wholeSource(response, url, signal, onBytes, 206);
    if (size !== range.end) throw lengthError(url, range.end, size);
    return { name: url, size: range.size, head: head!, read: rangeReads(response, url, request, onBytes), sibling };
  }
  if (response.status !== 200) await response.body?.getReader().cancel();
  // 416 is an empty file, and a 206 may not say what of it is there.
  if (response.status === 206 || response.status === 416) response = await request("", signal);
  return { ...(await wholeSource(response, url, signal, onBytes)), sibling };
}

/** The body of a response, in memory. @throws LoadError as `bodyOf` does */
export async function wholeSource(
  response: ResponseLike,
  name: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
  status = 200,
): Promise<ByteSource> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const bytes of bodyOf(response, name, signal, onBytes, status)) {
    chunks.push(bytes);
    size += bytes.length;
  }
  const read: ByteSource["read"] = async (begin, end) => sliceChunks(chunks, begin, end, name);
  return { name, size, read, head: await read(0, Math.min(size, FIRST_BYTES)) };
}

/** Stored whole by the first who asks; what is read is a reference to what is stored. */
async function cachedSource(
  cache: CacheLike,
  request: Request,
  url: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
): Promise<ByteSource> {
  let stored = await cache.match(url);
  if (stored === undefined) {
    const response = await request("", signal);
    const pieces = bodyOf(response, url, signal, onBytes, 200);
    // What is not a file of weights is not stored, and what is not whole breaks off.
    let piece = await pieces.next();
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        if (piece.done) return controller.close();
        controller.enqueue(piece.value);
        piece = await pieces.next();
      },
      cancel: () => void pieces.return(),
    });
    await cache.put(url, new Response(body, { headers: response.headers as Headers })).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw cause instanceof LoadError ? cause : new LoadError("Fetch", String(cause), { source: url }, { cause });
    });
    stored = await cache.match(url);
  }
  if (stored === undefined) throw new LoadError("Fetch", "the cache did not keep it", { source: url });
  return blobSource(await stored.blob(), url, onBytes);
}

/**
 * The pieces of a body, which are counted.
 *
 * @throws LoadError `Fetch` for an answer other than `status`, or a page; `Incomplete` unless the body has the bytes
 * that were announced
 */
async function* bodyOf(
  response: ResponseLike,
  source: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
  status: number,
): AsyncGenerator<Uint8Array, void> {
  if (response.status !== status) throw statusError(response, source);
  const length = announcedLength(response);
  let size = 0;
  if (status === 200) onBytes(0, undefined, length);
  for await (const bytes of piecesOf(response.body, source, signal)) {
    if (size === 0 && isHtml(bytes))
      throw new LoadError("Fetch", "expected a file, got an HTML page", { source, status });
    size += bytes.length;
    onBytes(bytes.length);
    yield bytes;
  }
  if (length !== undefined && length !== size) throw lengthError(source, length, size);
}

/** The length that is announced of the body; that of a compressed one says nothing. */
function announcedLength({ headers }: ResponseLike): number | undefined {
  return headers.get("content-encoding") ? undefined : Number(headers.get("content-length") ?? NaN) || undefined;
}

function statusError({ status }: ResponseLike, source: string): LoadError {
  const fix = status === 401 || status === 403 ? '. A private file needs "headers"' : "";
  return new LoadError("Fetch", `expected status 200 or 206, got ${status}${fix}`, { source, status });
}
