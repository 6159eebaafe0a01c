import { LoadError } from "../../weights/index.ts";
import type { Folder } from "../folder.ts";

/** A Response, or what has its methods. */
interface ResponseLike {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  arrayBuffer(): Promise<ArrayBuffer>;
}

/** What is needed of `fetch`. */
export type FetchLike = (
  url: string,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal | null },
) => Promise<ResponseLike>;

export interface UrlOptions {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Takes the place of the platform's `fetch`. */
  readonly fetch?: FetchLike | undefined;
}

/** The folder at `prefix`: a path is appended to the address, before its query. */
export function urlFolder(prefix: string, options: UrlOptions): Folder {
  const base = new URL(prefix);
  const send = options.fetch ?? (globalThis.fetch as FetchLike | undefined);
  if (send === undefined)
    throw new LoadError("Fetch", "there is no fetch here. Give one: { fetch }", { source: prefix });
  /** Files whose server does not give ranges: they were fetched whole, once. */
  const whole = new Map<string, Promise<Uint8Array>>();
  const versions = new Map<string, string>();

  function addressOf(path: string): string {
    const url = new URL(base);
    const parts = path.split("/").map(encodeURIComponent).join("/");
    url.pathname = `${url.pathname.replace(/\/$/, "")}/${parts}`;
    return url.href;
  }

  async function request(url: string, range: string | undefined, signal?: AbortSignal): Promise<ResponseLike> {
    signal?.throwIfAborted();
    try {
      const headers = { ...options.headers, ...(range !== undefined && { Range: range }) };
      return await send!(url, { headers, signal: signal ?? null });
    } catch (cause) {
      signal?.throwIfAborted();
      throw new LoadError("Fetch", networkMessage(cause), { source: url }, { cause });
    }
  }

  /** @throws LoadError `StateChanged` if the file is another one than before */
  function checkVersion(url: string, response: ResponseLike): void {
    const version = response.headers.get("etag");
    if (version === null) return;
    const before = versions.get(url);
    if (before !== undefined && before !== version)
      throw new LoadError("StateChanged", `expected version ${before}, got ${version}`, { source: url });
    versions.set(url, version);
  }

  return {
    name: prefix.replace(/\/+(?=$|\?)/, ""),
    async read(path, begin = 0, end, signal) {
      const url = addressOf(path);
      const known = whole.get(url);
      if (known !== undefined) return (await known).slice(begin, end);
      const ranged = end !== undefined;
      const response = await request(url, ranged ? `bytes=${begin}-${end - 1}` : undefined, signal);
      const { status } = response;
      if (status === 404 || status === 410) return undefined;
      if (status === 416) return new Uint8Array(0);
      if (status !== 200 && !(ranged && status === 206))
        throw new LoadError("Fetch", `expected status 200 or 206, got ${status}`, { source: url, status });
      checkVersion(url, response);
      if (status === 206) return checkRange(await bodyOf(response, url, signal), response, begin, end!, url);
      const bytes = bodyOf(response, url, signal);
      if (!ranged) return await bytes;
      whole.set(url, bytes);
      bytes.catch(() => whole.delete(url));
      return (await bytes).slice(begin, end);
    },
  };
}

async function bodyOf(response: ResponseLike, source: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    signal?.throwIfAborted();
    throw new LoadError("Fetch", networkMessage(cause), { source }, { cause });
  }
}

/** Checks that the answer holds the bytes that were asked for, up to the file's end. */
function checkRange(
  bytes: Uint8Array,
  { headers }: ResponseLike,
  begin: number,
  end: number,
  source: string,
): Uint8Array {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(headers.get("content-range") ?? "");
  const place = { source, offset: begin, status: 206 };
  if (match === null) throw new LoadError("Fetch", "expected a Content-Range in the answer", place);
  const [from, last] = [Number(match[1]), Number(match[2])];
  const past = match[3] === "*" ? end : Math.min(end, Number(match[3]));
  if (from !== begin || last + 1 !== past)
    throw new LoadError("Fetch", `expected bytes ${begin} to ${past}, got ${from} to ${last + 1}`, place);
  if (bytes.length !== past - begin)
    throw new LoadError("Incomplete", `expected ${past - begin} bytes, got ${bytes.length}`, place);
  return bytes;
}

function networkMessage(cause: unknown): string {
  return `the request failed: ${(cause as Error).message}. In a browser the server must allow it (CORS)`;
}
