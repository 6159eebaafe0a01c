import { LoadError } from "../weights/index.ts";

/** The files of a checkpoint, wherever they are. Paths are relative, with `/` between their parts. */
export interface Folder {
  /** The path or address of the folder, for messages. */
  readonly name: string;
  /**
   * Reads the bytes `[begin, end)` of a file; the whole file without them.
   *
   * @returns fewer bytes where the file ends before, undefined where there is no such file
   */
  read(path: string, begin?: number, end?: number, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** The names of the files and folders in the folder `path`, where these can be listed. */
  list?(path: string): Promise<readonly string[]>;
}

/** The folder `path` of `folder`. */
export function subfolder(folder: Folder, path: string): Folder {
  if (path === "") return folder;
  const { list } = folder;
  return {
    name: `${folder.name}/${path}`,
    read: (name, begin, end, signal) => folder.read(`${path}/${name}`, begin, end, signal),
    ...(list && { list: (name) => list.call(folder, name === "" ? path : `${path}/${name}`) }),
  };
}

/**
 * Reads `length` bytes of a file from `offset` on.
 *
 * @throws LoadError `Incomplete` if the file is not there or ends before
 */
export async function readExactly(
  folder: Folder,
  path: string,
  offset: number,
  length: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const place = { source: `${folder.name}/${path}`, offset };
  if (!Number.isSafeInteger(offset + length))
    throw new LoadError("Incomplete", `expected ${length} bytes there`, place);
  if (length === 0) return new Uint8Array(0);
  const bytes = await folder.read(path, offset, offset + length, signal);
  if (bytes === undefined) throw new LoadError("Incomplete", "expected the file to be there", place);
  if (bytes.length !== length)
    throw new LoadError("Incomplete", `expected ${length} bytes there, got ${bytes.length}`, place);
  return bytes;
}

/**
 * Reads a file of JSON.
 *
 * @throws LoadError `BadMetadata` if it is none
 */
export async function readJson(folder: Folder, path: string, signal?: AbortSignal): Promise<unknown> {
  const bytes = await folder.read(path, undefined, undefined, signal);
  return bytes && parseJson(bytes, `${folder.name}/${path}`);
}

/** @throws LoadError `BadMetadata` */
export function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (cause) {
    throw new LoadError("BadMetadata", "expected JSON", { source }, { cause });
  }
}
