import { LoadError } from "../errors.ts";
import type { Request } from "./fetch.ts";
import { drain } from "./segments.ts";
import type { ByteSource, OnBytes, ResponseLike } from "./source.ts";

/** Reads with at most this many bytes between them are one request. */
const MERGE_GAP = 65_536;

/** A request of several reads is not longer than this, so that more than one connection has work. */
const MERGED_BYTES = 16 * 2 ** 20;

/** The most requests at once: what browsers open to a host. */
const MAX_REQUESTS = 6;

/** A read that waits for its bytes. */
interface Waiting {
  readonly begin: number;
  readonly end: number;
  readonly label: string | undefined;
  /** Allocated when a server has begun to answer. */
  bytes: Uint8Array | undefined;
  aborted: boolean;
  resolve(bytes: Uint8Array): void;
  reject(reason: unknown): void;
}

/** Reads that are one request, by their first bytes. */
interface Group {
  readonly reads: Waiting[];
  readonly begin: number;
  end: number;
  readonly controller: AbortController;
}

/** Reads a file over HTTP in ranges; reads that are asked for in one go are merged where they are neighbours. */
export class RangeReader {
  /** How many bytes the first answer brings. */
  readonly firstBytes: number;
  readonly #url: string;
  readonly #request: Request;
  readonly #onBytes: OnBytes;
  readonly #size: number;
  readonly #version: string | null;
  #waiting: Waiting[] = [];
  #groups: Group[] = [];
  #active = 0;

  /** A reader of the file that `response`, the answer to a range from 0, is the start of; undefined if it does not say enough. */
  static of(response: ResponseLike, url: string, request: Request, onBytes: OnBytes): RangeReader | undefined {
    const range = rangeOf(response);
    return range?.begin === 0 ? new RangeReader(range, versionOf(response), url, request, onBytes) : undefined;
  }

  private constructor(range: Range, version: string | null, url: string, request: Request, onBytes: OnBytes) {
    this.firstBytes = range.end;
    this.#size = range.size;
    this.#version = version;
    this.#url = url;
    this.#request = request;
    this.#onBytes = onBytes;
  }

  toSource(sibling: ByteSource["sibling"]): ByteSource {
    const read: ByteSource["read"] = (begin, end, { signal, label } = {}) => this.#read(begin, end, label, signal);
    return { name: this.#url, size: this.#size, read, sibling, close: async () => {} };
  }

  #read(begin: number, end: number, label: string | undefined, signal: AbortSignal | undefined): Promise<Uint8Array> {
    const { promise, resolve, reject } = withResolvers<Uint8Array>();
    const read: Waiting = { begin, end, label, bytes: undefined, aborted: false, resolve, reject };
    if (this.#waiting.length === 0) queueMicrotask(() => this.#merge());
    this.#waiting.push(read);
    const abort = (): void => {
      read.aborted = true;
      reject(signal!.reason);
      for (const { reads, controller } of this.#groups)
        if (reads.includes(read) && reads.every(({ aborted }) => aborted)) controller.abort(signal!.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
    return promise.finally(() => signal?.removeEventListener("abort", abort));
  }

  /** Makes requests of all reads that wait. */
  #merge(): void {
    const reads = this.#waiting.filter(({ aborted }) => !aborted).sort((a, b) => a.begin - b.begin || a.end - b.end);
    this.#waiting = [];
    let group: Group | undefined;
    for (const read of reads) {
      if (
        group !== undefined &&
        read.begin - group.end <= MERGE_GAP &&
        Math.max(read.end, group.end) - group.begin <= MERGED_BYTES
      ) {
        group.reads.push(read);
        group.end = Math.max(group.end, read.end);
      } else {
        group = { reads: [read], begin: read.begin, end: read.end, controller: new AbortController() };
        this.#groups.push(group);
      }
    }
    this.#start();
  }

  #start(): void {
    for (const group of this.#groups.slice(this.#active, MAX_REQUESTS)) {
      this.#active++;
      this.#fetch(group)
        .catch((error: unknown) => group.reads.forEach(({ reject }) => reject(error)))
        .finally(() => {
          this.#groups.splice(this.#groups.indexOf(group), 1);
          this.#active--;
          this.#start();
        });
    }
  }

  async #fetch({ reads, begin, end, controller: { signal } }: Group): Promise<void> {
    signal.throwIfAborted();
    const response = await this.#request(`bytes=${begin}-${end - 1}`, signal);
    try {
      this.#check(response, begin, end);
    } catch (error) {
      void response.body?.getReader().cancel();
      throw error;
    }
    let at = begin;
    let next = 0;
    const take = (bytes: Uint8Array): void => {
      const from = at;
      at += bytes.length;
      if (at > end) throw lengthError(this.#url, begin, end - begin, at - begin);
      this.#onBytes(bytes.length, reads[next]?.label);
      for (const read of reads) {
        if (read.aborted || read.end <= from || read.begin >= at) continue;
        read.bytes ??= new Uint8Array(read.end - read.begin);
        read.bytes.set(
          bytes.subarray(Math.max(read.begin - from, 0), Math.min(read.end, at) - from),
          Math.max(from - read.begin, 0),
        );
        if (read.end > at) continue;
        read.resolve(read.bytes);
        next++;
      }
    };
    if (response.body !== null) await drain(response.body, take, this.#url, signal);
    if (at !== end) throw lengthError(this.#url, begin, end - begin, at - begin);
  }

  #check(response: ResponseLike, begin: number, end: number): void {
    const { status } = response;
    const place = { source: this.#url, offset: begin, status };
    const range = rangeOf(response);
    const version = versionOf(response);
    if ((status === 206 || status === 200) && version !== this.#version)
      throw new LoadError("StateChanged", `expected version ${this.#version}, got ${version}`, place);
    if (status !== 206 || range === undefined)
      throw new LoadError("Fetch", `expected status 206 and its Content-Range, got ${status}`, place);
    if (range.size !== this.#size)
      throw new LoadError("StateChanged", `expected a file of ${this.#size} bytes, got ${range.size}`, place);
    if (range.begin !== begin || range.end !== end)
      throw new LoadError("Fetch", `expected bytes ${begin} to ${end}, got ${range.begin} to ${range.end}`, place);
  }
}

interface Range {
  readonly begin: number;
  readonly end: number;
  readonly size: number;
}

/** What a 206 answer says that it holds; undefined if that is not said, or not of the bytes themselves. */
function rangeOf({ headers }: ResponseLike): Range | undefined {
  const encoding = headers.get("content-encoding");
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get("content-range") ?? "");
  if (match === null || (encoding !== null && encoding !== "identity")) return undefined;
  const [begin, last, size] = match.slice(1).map(Number) as [number, number, number];
  return begin <= last && last < size ? { begin, end: last + 1, size } : undefined;
}

/** What tells one version of a file from another; null where the server does not say. */
function versionOf({ headers }: ResponseLike): string | null {
  return headers.get("etag") ?? headers.get("last-modified");
}

function lengthError(source: string, offset: number, expected: number, got: number): LoadError {
  return new LoadError("Incomplete", `expected ${expected} bytes, got ${got}`, { source, offset });
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
