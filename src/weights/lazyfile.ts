import { assertTakes } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import { MAX_SIZE, sizeOf } from "../data/index.ts";
import { decodeTensor, dtypeOf, unsupportedError } from "./dtypes.ts";
import { LoadError } from "./errors.ts";
import type { FileListing, GetOptions, TensorInfo, WeightsFile } from "./file.ts";
import { GET_OPTIONS } from "./file.ts";
import { checkFinite } from "./finite.ts";

/** An array of a file that is not read yet. */
export interface TensorEntry extends TensorInfo {
  /** Reads its elements: little-endian, row-major, in a buffer that nobody else writes to. */
  load(signal?: AbortSignal): Promise<Uint8Array>;
}

/** What a reader found out about a file. */
export interface ListingParts<Entry extends TensorInfo> extends Pick<FileListing, "format" | "source"> {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly extra?: ReadonlyMap<string, unknown>;
  readonly rejectNonFinite?: boolean | undefined;
}

export interface FileParts extends ListingParts<TensorEntry> {
  close(): Promise<void>;
}

/** While one array is worked on, this many bytes behind it are asked for already. */
const AHEAD = 8 * 2 ** 20;

/** The file that `parts` describe. */
export function lazyFile(parts: FileParts): WeightsFile {
  const { source, entries } = parts;
  let isOpen = true;

  async function get(name: string, options: GetOptions = {}): Promise<NDArray> {
    assertTakes(arguments, "get", "name options", GET_OPTIONS);
    const { load } = readable(parts, name);
    const { signal } = options;
    if (!isOpen) throw new LoadError("Closed", "expected an open file", { source, tensor: name });
    signal?.throwIfAborted();
    const bytes = await load(signal);
    signal?.throwIfAborted();
    return finish(parts, name, bytes, options);
  }

  async function* read(wanted: Iterable<string> = entries.keys(), options?: GetOptions) {
    const names = [...wanted];
    const sizes = names.map((name) => entryOf(parts, name).bytes);
    const started: Promise<NDArray>[] = [];
    let ahead = 0;
    for (const [i, name] of names.entries()) {
      for (let next = started.length; next < names.length && (next <= i || ahead + sizes[next]! <= AHEAD); next++) {
        ahead += sizes[next]!;
        started[next] = get(names[next]!, options);
        // Who stops early never looks at the arrays ahead: their errors are nobody's.
        started[next]!.catch(() => {});
      }
      const array = await started[i]!;
      delete started[i];
      ahead -= sizes[i]!;
      yield [name, array] as [string, NDArray];
    }
  }

  return {
    ...listing(parts),
    get,
    read,
    [Symbol.asyncIterator]: () => read(),
    async close() {
      if (!isOpen) return;
      isOpen = false;
      await parts.close();
    },
  };
}

/** What can be told of a file without reading its arrays. */
export function listing(parts: ListingParts<TensorInfo>): FileListing {
  const { format, source, entries, metadata = new Map(), extra = new Map() } = parts;
  const info: FileListing["info"] = (name) => {
    const { dtype, shape, bytes } = entryOf(parts, name);
    return { dtype, shape: [...shape], bytes };
  };
  return { format, source, names: [...entries.keys()], metadata, extra, info };
}

/** @throws LoadError `TensorMissing` if the file has no `name` */
export function entryOf<Entry extends TensorInfo>({ entries, source }: ListingParts<Entry>, name: string): Entry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const names = [...entries.keys()].slice(0, 3).join(", ");
  const message = `expected one of the file's ${entries.size} names: ${names}, ...`;
  throw new LoadError("TensorMissing", message, { source, tensor: name });
}

/** @throws LoadError `TensorMissing`, or `DtypeUnsupported`, `Limit` for an array that nothing here can hold */
export function readable<Entry extends TensorInfo>(parts: ListingParts<Entry>, name: string): Entry {
  const entry = entryOf(parts, name);
  const place = { source: parts.source, tensor: name };
  if (dtypeOf(entry.dtype) === null) throw unsupportedError(entry.dtype, place);
  const size = sizeOf(entry.shape);
  if (size > MAX_SIZE) throw new LoadError("Limit", `expected at most ${MAX_SIZE} elements, got ${size}`, place);
  return entry;
}

/** The array `name`, whose elements were read. */
export function finish(
  parts: ListingParts<TensorInfo>,
  name: string,
  bytes: Uint8Array,
  { dtype }: GetOptions = {},
): NDArray {
  const entry = parts.entries.get(name)!;
  const place = { source: parts.source, tensor: name };
  const array = decodeTensor(entry.dtype, entry.shape, bytes, place);
  if (parts.rejectNonFinite) checkFinite(array, place);
  return dtype === undefined ? array : array.astype(dtype);
}
