import { LoadError } from "../errors.ts";
import { isHtml } from "../recognise.ts";
import { lengthError } from "./errors.ts";
import { blobSource } from "./memory.ts";
import type { Request } from "./ranges.ts";
import { rangeOf, rangeReads } from "./ranges.ts";
import type { ByteSource, OnBytes, ResponseLike } from "./source.ts";
import { drain, sliceChunks } from "./stream.ts";

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
  if (!whole) {
    const response = await request(`bytes=0-${FIRST_BYTES - 1}`, signal);
    const range = rangeOf(response);
    if (range?.begin === 0) {
      const { size, head } = await wholeSource(response, url, signal, onBytes, 206);
      if (size !== range.end) throw lengthError(url, range.end, size);
      return { name: url, size: range.size, head: head!, read: rangeReads(response, url, request, onBytes), sibling };
    }
    if (response.status === 200) return { ...(await wholeSource(response, url, signal, onBytes)), sibling };
    await response.body?.getReader().cancel();
    // 416 is an empty file, and a 206 may not say what of it is there.
    if (response.status !== 206 && response.status !== 416) throw statusError(response, url);
  }
  return { ...(await wholeSource(await request("", signal), url, signal, onBytes)), sibling };
}

/** The body of a response. @throws LoadError `Fetch` for an answer other than `status`, or a page */
export async function wholeSource(
  response: ResponseLike,
  name: string,
  signal: AbortSignal | undefined,
  onBytes: OnBytes,
  status = 200,
): Promise<ByteSource> {
  if (response.status !== status) throw statusError(response, name);
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (status === 200) onBytes(0, undefined, announcedLength(response));
  const take = (bytes: Uint8Array): void => {
    if (size === 0) checkNotHtml(bytes, response, name);
    chunks.push(bytes);
    size += bytes.length;
    onBytes(bytes.length);
  };
  await drain(response.body, take, name, signal);
  checkLength(response, name, size);
  const read: ByteSource["read"] = async (begin, end) => sliceChunks(chunks, begin, end, name);
  return { name, size, read, head: sliceChunks(chunks, 0, Math.min(size, FIRST_BYTES), name) };
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
    if (response.status !== 200) throw statusError(response, url);
    let size = 0;
    onBytes(0, undefined, announcedLength(response));
    // What is no file of weights, or not whole, breaks off, so that it is not stored.
    const check = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        if (size === 0) checkNotHtml(bytes, response, url);
        size += bytes.length;
        onBytes(bytes.length);
        controller.enqueue(bytes);
      },
      flush: () => checkLength(response, url, size),
    });
    const body = (response.body as ReadableStream<Uint8Array> | null)?.pipeThrough(check) ?? null;
    await cache.put(url, new Response(body, { headers: response.headers as Headers })).catch((cause: unknown) => {
      signal?.throwIfAborted();
      throw cause instanceof LoadError ? cause : new LoadError("Fetch", String(cause), { source: url }, { cause });
    });
    stored = await cache.match(url);
  }
  if (stored === undefined) throw new LoadError("Fetch", "the cache did not keep it", { source: url });
  return blobSource(await stored.blob(), url, onBytes);
}

/** The length that is announced of the body; that of a compressed one says nothing. */
function announcedLength({ headers }: ResponseLike): number | undefined {
  return headers.get("content-encoding") ? undefined : Number(headers.get("content-length") ?? NaN) || undefined;
}

/** @throws LoadError `Incomplete` unless the body has the bytes that were announced */
function checkLength(response: ResponseLike, source: string, got: number): void {
  const length = announcedLength(response) ?? got;
  if (length !== got) throw lengthError(source, length, got);
}

function checkNotHtml(head: Uint8Array, { status }: ResponseLike, source: string): void {
  if (isHtml(head)) throw new LoadError("Fetch", "expected a file, got an HTML page", { source, status });
}

function statusError({ status }: ResponseLike, source: string): LoadError {
  const fix = status === 401 || status === 403 ? '. A private file needs "headers"' : "";
  return new LoadError("Fetch", `expected status 200 or 206, got ${status}${fix}`, { source, status });
}
