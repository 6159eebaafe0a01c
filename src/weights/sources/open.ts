import { describe } from "../../base/index.ts";
import { LoadError } from "../errors.ts";
import { blobSource } from "./blob.ts";
import { handleSource, pathSource } from "./disk.ts";
import type { FetchOptions } from "./fetch.ts";
import { FIRST_BYTES, responseSource, urlSource } from "./fetch.ts";
import { memorySource, toBytes } from "./memory.ts";
import { nodeProcess } from "./node.ts";
import { checkSha256 } from "./sha256.ts";
import type {
  BlobLike,
  ByteSource,
  FileHandleLike,
  FileSystemFileHandleLike,
  OnBytes,
  OpenedSource,
  ResponseLike,
  Source,
} from "./source.ts";

export interface SourceOptions extends FetchOptions {
  /** The expected SHA-256 of the file, in hexadecimal; of a sharded one, those of its files by name. */
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
  const { signal } = options;
  signal?.throwIfAborted();
  const raw = await rawSource(source, options, onBytes);
  try {
    const hash = hashFor(raw.name, options.sha256);
    if (hash !== undefined) await checkSha256(raw, hash, signal);
    const head = raw.head ?? (await raw.read(0, Math.min(raw.size, FIRST_BYTES), { signal }));
    signal?.throwIfAborted();
    const sibling: ByteSource["sibling"] = (name) => options.files?.(name) ?? raw.sibling(name);
    return { ...raw, head, sibling, read: readerOf(raw, head, signal, onBytes) };
  } catch (error) {
    await raw.close();
    throw error;
  }
}

async function rawSource(source: Source, options: SourceOptions, onBytes: OnBytes): Promise<OpenedSource> {
  const { signal, sha256, copy = true } = options;
  const whole = sha256 !== undefined;
  if (typeof source === "string") {
    if (/^(?:https?|blob|data):/i.test(source)) return await urlSource(source, options, whole, onBytes);
    if (/^file:/i.test(source)) return await pathSource(new URL(source), onBytes);
    if (nodeProcess() !== undefined) return await pathSource(source, onBytes);
    const base = (globalThis as { location?: { href: string } }).location?.href;
    return await urlSource(new URL(source, base).href, options, whole, onBytes);
  }
  if (source === null || typeof source !== "object") throw sourceError(source);
  if (ArrayBuffer.isView(source)) return counted(memorySource(toBytes(source), "bytes", copy), onBytes);
  if ("href" in source) return await rawSource(source.href, options, onBytes);
  if ("bodyUsed" in source)
    return await responseSource(source as ResponseLike, (source as ResponseLike).url || "response", signal, onBytes);
  if ("fd" in source) return await handleSource(source as FileHandleLike, "file handle", onBytes);
  if ("getFile" in source)
    return await rawSource(await (source as FileSystemFileHandleLike).getFile(), options, onBytes);
  if ("arrayBuffer" in source && "size" in source)
    return blobSource(source as BlobLike, (source as BlobLike).name ?? "blob", onBytes);
  if (/^\[object (?:Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(source)))
    return counted(memorySource(toBytes(source as ArrayBufferLike), "bytes", copy), onBytes);
  throw sourceError(source);
}

function sourceError(source: unknown): TypeError {
  const kinds = "a path, URL, bytes, Blob, File, Response or file handle";
  return new TypeError(`open: "source" expected ${kinds}, got ${describe(source)}`);
}

function counted(source: ByteSource, onBytes: OnBytes): ByteSource {
  return {
    ...source,
    read(begin, end, options) {
      onBytes(end - begin, options?.label);
      return source.read(begin, end, options);
    },
  };
}

/** Reads of `raw` that take from `head` what it has whole, and end by either signal. */
function readerOf(
  raw: ByteSource,
  head: Uint8Array,
  whole: AbortSignal | undefined,
  onBytes: OnBytes,
): ByteSource["read"] {
  return async (begin, end, { signal, label } = {}) => {
    const either = anySignal(whole, signal);
    either?.throwIfAborted();
    if (end > raw.size)
      throw new LoadError("Incomplete", `expected ${end} bytes, got a file of ${raw.size}`, { source: raw.name });
    if (end <= head.length) return head.slice(begin, end);
    // Read again rather than put together: a large array would be copied. They were counted before.
    if (begin < head.length) onBytes(begin - head.length, label);
    return await raw.read(begin, end, { signal: either, label });
  };
}

function anySignal(a: AbortSignal | undefined, b: AbortSignal | undefined): AbortSignal | undefined {
  if (a === undefined || b === undefined || a === b) return a ?? b;
  if (AbortSignal.any !== undefined) return AbortSignal.any([a, b]);
  const either = new AbortController();
  for (const signal of [a, b]) {
    if (signal.aborted) either.abort(signal.reason);
    signal.addEventListener("abort", () => either.abort(signal.reason), { once: true });
  }
  return either.signal;
}

/** The hash that is expected of the file `name`. */
function hashFor(name: string, sha256: SourceOptions["sha256"]): string | undefined {
  if (sha256 === undefined) return undefined;
  const file = name.replace(/^.*[\\/]/, "").replace(/[?#].*$/, "");
  const hash = typeof sha256 === "string" ? sha256 : Object.hasOwn(sha256, file) ? sha256[file] : undefined;
  if (typeof hash === "string" && /^[0-9a-f]{64}$/i.test(hash)) return hash.toLowerCase();
  throw new TypeError(`open: "sha256" expected 64 hexadecimal digits for ${file}, got ${describe(hash)}`);
}
