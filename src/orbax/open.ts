import { assertTakes, describe, nodeModule } from "../base/index.ts";
import type { Progress, WeightsFile } from "../weights/index.ts";
import { lazyFile, LoadError, ProgressMeter } from "../weights/index.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Folder } from "./folder.ts";
import type { LayoutOptions } from "./layout.ts";
import type { DirectoryHandleLike } from "./sources/directory.ts";
import { handleFolder } from "./sources/directory.ts";
import type { FileSystem } from "./sources/disk.ts";
import { diskFolder } from "./sources/disk.ts";
import type { BlobLike, FileLike } from "./sources/listing.ts";
import { filesByPath, listingFolder } from "./sources/listing.ts";
import type { UrlOptions } from "./sources/url.ts";
import { urlFolder } from "./sources/url.ts";

/**
 * Reads the bytes `[begin, end)` of a file of the checkpoint, the whole file without
 * them; undefined if it is not there.
 */
export type ReadFile = (
  path: string,
  begin?: number,
  end?: number,
  signal?: AbortSignal,
) => Uint8Array | undefined | Promise<Uint8Array | undefined>;

/**
 * Where a checkpoint is: the path of a folder, or an address that the files' paths are appended to; the files that a
 * person picked with a folder, or files by path; a folder of a browser's file system; functions that read and list.
 */
export type CheckpointSource =
  | string
  | { readonly href: string }
  | ReadonlyMap<string, BlobLike | Uint8Array>
  | Iterable<FileLike>
  | DirectoryHandleLike
  | { read: ReadFile; list?(path: string): readonly string[] | Promise<readonly string[]> };

export interface OpenOptions extends LayoutOptions, UrlOptions {
  /** Ends the opening and all later reading; promises reject with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes came, at most 60 times a second; `total` is undefined. It never changes what is read. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Whether an infinity or NaN is an error; by default their bits are kept. */
  readonly rejectNonFinite?: boolean | undefined;
}

const OPTIONS = ["signal", "onProgress", "rejectNonFinite", "step", "item", "headers", "fetch"];

/**
 * Opens an Orbax checkpoint: a tree that `StandardCheckpointer`, `PyTreeCheckpointer` or `orbax.checkpoint.v1` saved, a
 * step of a `CheckpointManager`, or its folder, of which the last step is read. Arrays are read when they are asked
 * for. Names are the paths joined by `/`; Python's numbers, strings, `None` and empty containers are in `extra`.
 *
 * @param source - where the checkpoint is
 * @returns the opened checkpoint, with the same interface as a file of `flaxen/weights`
 * @throws LoadError `WrongFormat`, `Uncommitted`, `BadMetadata`, `BadOcdbt`, `BadZarr`,
 * `CrcMismatch`, `Incomplete`, ...
 *
 * Source: Orbax 0.12.4, TensorStore 0.1.86 (OCDBT), Zarr 2 and 3.
 * @example
 * const bytes = (text) => new TextEncoder().encode(text);
 * const file = await orbax.open(new Map([
 *   ["w/.zarray", bytes('{"zarr_format":2,"shape":[2],"chunks":[2],"dtype":"<f4","order":"C","compressor":null}')],
 *   ["w/0", new Uint8Array(new Float32Array([1, 2]).buffer)],
 * ]));
 * file.info("w") // => { dtype: "F32", shape: [2], bytes: 8 }
 * (await file.get("w")).tolist() // => [1, 2]
 */
export async function open(source: CheckpointSource, options: OpenOptions = {}): Promise<WeightsFile> {
  assertTakes(arguments, "open", "source options", OPTIONS);
  const { signal, onProgress, rejectNonFinite } = options;
  signal?.throwIfAborted();
  const meter = onProgress && new ProgressMeter(onProgress);
  const folder = watched(await folderOf(source, options), signal, meter);
  const parts = await readCheckpoint(folder, options, signal);
  return lazyFile({
    ...parts,
    format: "orbax",
    source: folder.name,
    rejectNonFinite,
    close: async () => meter?.flush(),
  });
}

async function folderOf(source: CheckpointSource, options: UrlOptions): Promise<Folder> {
  if (typeof source === "string") return await pathOrUrl(source, options);
  if (typeof source !== "object" || source === null) throw sourceError(source);
  if ("href" in source) return await pathOrUrl(source.href, options);
  if ("getDirectoryHandle" in source) return handleFolder(source);
  if ("read" in source && typeof source.read === "function") return functionFolder(source);
  if (isMap(source)) return listingFolder("files", source);
  if (Symbol.iterator in source && !ArrayBuffer.isView(source))
    return listingFolder(...filesByPath(source as Iterable<FileLike>));
  throw sourceError(source);
}

async function pathOrUrl(source: string, options: UrlOptions): Promise<Folder> {
  if (/^https?:/i.test(source)) return urlFolder(source, options);
  const fs = await nodeModule<FileSystem>("node:fs/promises");
  if (fs !== undefined) return diskFolder(fs, await localPath(source));
  const base = (globalThis as { location?: { href: string } }).location?.href;
  if (base !== undefined) return urlFolder(new URL(source, base).href, options);
  throw new LoadError("Fetch", "folders by path need Node, Bun or Deno", { source });
}

async function localPath(source: string): Promise<string> {
  if (!/^file:/i.test(source)) return source.replace(/(?<=.)[\\/]+$/, "");
  const url = await nodeModule<{ fileURLToPath(url: string): string }>("node:url");
  return url!.fileURLToPath(source).replace(/(?<=.)[\\/]+$/, "");
}

/** By its methods: Maps of another realm are Maps too. */
function isMap(source: object): source is ReadonlyMap<string, BlobLike | Uint8Array> {
  return Object.prototype.toString.call(source) === "[object Map]";
}

function functionFolder(source: Extract<CheckpointSource, { read: ReadFile }>): Folder {
  return {
    name: "checkpoint",
    read: async (path, begin, end, signal) => await source.read(path, begin, end, signal),
    ...(source.list && { list: async (path) => await source.list!(path) }),
  };
}

/** The same folder, whose reads end by either signal and are counted. */
function watched(folder: Folder, whole: AbortSignal | undefined, meter: ProgressMeter | undefined): Folder {
  return {
    ...folder,
    async read(path, begin, end, signal) {
      whole?.throwIfAborted();
      const bytes = await folder.read(path, begin, end, signal ?? whole);
      whole?.throwIfAborted();
      meter?.add(bytes?.length ?? 0, undefined);
      return bytes;
    },
  };
}

function sourceError(source: unknown): TypeError {
  const kinds = "the path or address of a folder, files, a folder handle or { read }";
  return new TypeError(`open: "source" expected ${kinds}, got ${describe(source)}`);
}
