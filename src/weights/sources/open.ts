import { describe, nodeModule } from "../../base/index.ts";
import { LoadError } from "../errors.ts";
import type { UrlModule } from "./disk.ts";
import { handleSource, pathSource } from "./disk.ts";
import type { FetchOptions } from "./fetch.ts";
import { FIRST_BYTES, urlSource, wholeSource } from "./fetch.ts";
import { blobSource, memorySource, toBytes } from "./memory.ts";
import { checkSha256 } from "./sha256.ts";
import type {
  BlobLike,
  ByteSource,
  FileHandleLike,
  FileSystemFileHandleLike,
  OnBytes,
  ResponseLike,
  Source,
} from "./source.ts";

export interface SourceOptions extends FetchOptions {
  /**
   * The expected SHA-256 of the file, in hexadecimal; of a sharded one, those of its index and files by name. The file
   * is read whole for it.
   */
  readonly sha256?: string | Readonly<Record<string, string>> | undefined;
  /** Whether arrays get their own copy of bytes in memory (default true); else the bytes must not change any more. */
  readonly copy?: boolean | undefined;
  /** Gives the other files of a sharded one, where they are not beside it: by name. */
  readonly files?: ((name: string) => Source | undefined) | undefined;
}

/** A source that answers from its first bytes, hears of the signal, and was checked against its hash. */
export interface CheckedSource extends ByteSource {
  /** The first bytes; all of a small file. */
  readonly head: Uint8Array;
}

/**
 * Opens `source` and reads its first bytes.
 *
 * @throws TypeError if it is none of the kinds of sources
 * @throws LoadError `Fetch`, `Checksum`, ...
 */
export async function openSource(source: Source, options: SourceOptions, onBytes: OnBytes): Promise<CheckedSource> {
  const { signal, sha256 } = options;
  signal?.throwIfAborted();
  const raw = await rawSource(source, options, onBytes);
  try {
    if (sha256 !== undefined) await checkSha256(raw, hashFor(raw.name, sha256), { signal });
    const head = raw.head ?? (await raw.read(0, Math.min(raw.size, FIRST_BYTES), { signal }));
    signal?.throwIfAborted();
    return { ...raw, head, read: readerOf(raw, head, signal, onBytes) };
  } catch (error) {
    await raw.close?.();
    throw error;
  }
}

async function rawSource(source: Source, options: SourceOptions, onBytes: OnBytes): Promise<ByteSource> {
  const { signal, sha256, copy = true } = options;
  if (typeof source === "string") {
    const isUrl = /^(?:https?|blob|data):/i.test(source);
    const url = isUrl ? undefined : await nodeModule<UrlModule>("node:url");
    if (url) return await pathSource(/^file:/i.test(source) ? url.fileURLToPath(source) : source, url, onBytes);
    const { href } = new URL(source, (globalThis as { location?: { href: string } }).location?.href);
    // Ranges save nothing of what is not a server's, and Node's of a blob: lack their last byte (Node 20, 2026-12).
    const whole = sha256 !== undefined || !href.startsWith("http");
    return await urlSource(href, options, whole, onBytes);
  }
  const bytes = bytesOf(source);
  if (bytes !== undefined) return memorySource(bytes, copy, onBytes);
  const { href, bodyUsed, url, fd, getFile, arrayBuffer, name } = (source ?? {}) as Partial<
    { href: string } & ResponseLike & FileHandleLike & FileSystemFileHandleLike & BlobLike
  >;
  if (href !== undefined) return await rawSource(href, options, onBytes);
  if (bodyUsed === false) return await wholeSource(source as ResponseLike, url || "response", signal, onBytes);
  if (fd !== undefined) return await handleSource(source as FileHandleLike, "file handle", onBytes);
  if (getFile !== undefined)
    return await rawSource(await (source as FileSystemFileHandleLike).getFile(), options, onBytes);
  if (arrayBuffer !== undefined && bodyUsed === undefined)
    return blobSource(source as BlobLike, name ?? "blob", onBytes);
  const kinds = "a path, URL, bytes, Blob, File, unread Response or file handle";
  throw new TypeError(`open: "source" expected ${kinds}, got ${describe(source)}`);
}

/** `x` as bytes; undefined if it is something else. */
function bytesOf(x: unknown): Uint8Array | undefined {
  // By its name: a buffer may be of another realm.
  const isBuffer = /^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(x));
  return isBuffer || ArrayBuffer.isView(x) ? toBytes(x as ArrayBufferLike) : undefined;
}

/** Reads of `raw` that take from `head` what it has whole, and end by either signal. */
function readerOf(
  raw: ByteSource,
  head: Uint8Array,
  whole: AbortSignal | undefined,
  onBytes: OnBytes,
): ByteSource["read"] {
  return async (begin, end, { signal = whole, label } = {}) => {
    whole?.throwIfAborted();
    signal?.throwIfAborted();
    if (end > raw.size)
      throw new LoadError("Incomplete", `expected ${end} bytes, got ${raw.size}`, { source: raw.name });
    if (end <= head.length) return head.slice(begin, end);
    // Read again rather than put together: a large array would be copied. They were counted before.
    if (begin < head.length) onBytes(begin - head.length, label);
    const either = signal === whole || whole === undefined ? signal : (AbortSignal.any?.([whole, signal!]) ?? signal);
    const bytes = await raw.read(begin, end, { signal: either, label });
    either?.throwIfAborted();
    return bytes;
  };
}

/** The hash that is expected of the file `name`. */
function hashFor(name: string, sha256: string | Readonly<Record<string, string>>): string {
  const file = name.replace(/[?#].*$/, "").replace(/^.*[\\/]/, "");
  const hash = typeof sha256 === "string" ? sha256 : sha256[file];
  if (/^[0-9a-f]{64}$/i.test(hash ?? "")) return hash!;
  throw new TypeError(`open: "sha256" expected 64 hexadecimal digits for ${file}, got ${describe(hash)}`);
}
