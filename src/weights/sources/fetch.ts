import { LoadError } from "../errors.ts";
import { isHtml } from "../recognise.ts";
import { blobSource } from "./blob.ts";
import { RangeReader } from "./ranges.ts";
import { collect } from "./segments.ts";
import type { ByteSource, OnBytes, OpenedSource, ResponseLike } from "./source.ts";

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
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: FetchLike | undefined;
  readonly cache?: CacheLike | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Asks for `url`, or the bytes of `range` of it. An answer is whatever the server said. */
export type Request = (range: string | undefined, signal: AbortSignal | undefined) => Promise<ResponseLike>;

/**
 * The file at `url`: in ranges where the server has them, else streamed whole, once. With a cache it is stored whole
 * and read from there.
 *
 * @param whole - whether to ask for all of it at once
 * @throws LoadError `Fetch` with the status
 */
export async function urlSource(
  url: string,
  options: FetchOptions,
  whole: boolean,
  onBytes: OnBytes,
): Promise<OpenedSource> {
  const { fetch = globalThis.fetch as FetchLike, cache, signal } = options;
  const request: Request = async (range, signal) => {
    try {
      const headers = { ...options.headers, ...(range === undefined ? {} : { Range: range }) };
      return await fetch(url, { headers, signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      const message = `no answer: ${(cause as Error).message}. Is the host right? In a browser it must allow CORS`;
      throw new LoadError("Fetch", message, { source: url }, { cause });
    }
  };
  if (cache !== undefined) return await cachedSource(cache, request, url, signal, onBytes);
  if (!whole) {
    const response = await request(`bytes=0-${FIRST_BYTES - 1}`, signal);
    const reader = response.status === 206 ? RangeReader.of(response, url, request, onBytes) : undefined;
    if (reader !== undefined) {
      const head = (await collect(response.body, url, signal, onBytes)).slice(0, reader.firstBytes);
      checkNotHtml(head, response, url);
      if (head.length !== reader.firstBytes)
        throw new LoadError("Incomplete", `expected ${reader.firstBytes} bytes, got ${head.length}`, { source: url });
      return { ...reader.toSource(sibling(url)), head };
    }
    if (response.status === 200) return await responseSource(response, url, signal, onBytes);
    // Nothing of the file was taken yet: 416 is an empty file, and a 206 may not say how long the file is.
    await response.body?.getReader().cancel();
    if (response.status !== 206 && response.status !== 416) throw statusError(response, url);
  }
  return await responseSource(await request(undefined, signal), url, signal, onBytes);
}

/** The whole of a response. @throws LoadError `Fetch` for an answer other than 200, or a page */
export async function responseSource(
  response: ResponseLike,
  url: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
): Promise<ByteSource> {
  if (response.bodyUsed) throw new TypeError('open: "source" expected a Response that was not read, got a used one');
  if (response.status !== 200) throw statusError(response, url);
  const segments = await collect(response.body, url, signal, onBytes);
  checkNotHtml(segments.slice(0, Math.min(segments.size, 64)), response, url);
  const length = announcedLength(response);
  if (length !== undefined && length !== segments.size)
    throw new LoadError("Incomplete", `expected ${length} bytes, got ${segments.size}`, { source: url });
  return segments.toSource(url, sibling(url));
}

/** The length of the body; undefined if the server does not say, or says that of a compressed one. */
function announcedLength({ headers }: ResponseLike): number | undefined {
  const length = headers.get("content-length");
  return length === null || isEncoded(headers) ? undefined : Number(length);
}

function isEncoded(headers: ResponseLike["headers"]): boolean {
  return !["identity", null].includes(headers.get("content-encoding"));
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
    const response = await request(undefined, signal);
    if (response.status !== 200) throw statusError(response, url);
    try {
      await cache.put(url, checkedResponse(response, url, onBytes));
    } catch (cause) {
      signal?.throwIfAborted();
      if (cause instanceof LoadError) throw cause;
      throw new LoadError("Fetch", `cannot be cached: ${(cause as Error).message}`, { source: url }, { cause });
    }
    stored = await cache.match(url);
    if (stored === undefined) throw new LoadError("Fetch", "expected a cache that keeps what is put", { source: url });
  }
  return { ...blobSource(await stored.blob(), url, onBytes), sibling: sibling(url) };
}

/** `response`, which breaks off if it is no file of weights or not whole, so that no such thing is cached. */
function checkedResponse(response: ResponseLike, url: string, onBytes: OnBytes): Response {
  const length = announcedLength(response);
  let size = 0;
  const check = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      if (size === 0) checkNotHtml(bytes, response, url);
      size += bytes.length;
      onBytes(bytes.length, undefined);
      controller.enqueue(bytes);
    },
    flush() {
      if (length !== undefined && length !== size)
        throw new LoadError("Incomplete", `expected ${length} bytes, got ${size}`, { source: url });
    },
  });
  const body = response.body as ReadableStream<Uint8Array> | null;
  return new Response(body?.pipeThrough(check) ?? null, { headers: response.headers as Headers });
}

function sibling(url: string): ByteSource["sibling"] {
  return (name) => new URL(encodeURIComponent(name), url);
}

function checkNotHtml(head: Uint8Array, response: ResponseLike, url: string): void {
  if (!isHtml(head)) return;
  const message = "expected the file, got an HTML page. Ask for the raw file, or sign in by headers";
  throw new LoadError("Fetch", message, { source: url, status: response.status });
}

function statusError({ status }: ResponseLike, url: string): LoadError {
  const fix = status === 401 || status === 403 ? '. A private file needs "headers" or a "fetch" of yours' : "";
  return new LoadError("Fetch", `expected status 200 or 206, got ${status}${fix}`, { source: url, status });
}
