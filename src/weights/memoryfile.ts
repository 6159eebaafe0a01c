import type { NDArray } from "../array/index.ts";
import type { DType } from "../data/index.ts";
import { decodeTensor } from "./dtypes.ts";
import type { FileListing, TensorInfo } from "./file.ts";
import { checkFinite } from "./finite.ts";
import { entryOf, infoOf } from "./lazyfile.ts";

/** An array whose bytes are in memory. */
export interface MemoryEntry extends TensorInfo {
  /** Its elements: little-endian, row-major. */
  load(): Uint8Array;
}

/**
 * A file of weights whose bytes are in memory: like {@link WeightsFile}, but reading is synchronous. What takes the
 * one takes the other.
 *
 * @example
 * const file = weights.readSafetensors(weights.save({ w: jnp.array([1, 2]) }));
 * file.get("w").tolist() // => [1, 2]
 * [...file].map(([name]) => name) // => ["w"]
 */
export interface MemoryFile extends FileListing, Iterable<[name: string, array: NDArray]> {
  /**
   * An array. It shares the memory of the file's bytes where they are aligned and its element type needs no conversion.
   *
   * @throws LoadError if there is no such name or the element type has no counterpart here
   */
  get(name: string, options?: { readonly dtype?: DType | undefined }): NDArray;

  /** The arrays of `names` (default: all), in that order. */
  read(
    names?: Iterable<string>,
    options?: { readonly dtype?: DType | undefined },
  ): IterableIterator<[name: string, array: NDArray]>;

  /** Does nothing: there is nothing to give back. */
  close(): void;
}

/** What a reader found out about bytes in memory. */
export interface MemoryParts extends Pick<FileListing, "format" | "source"> {
  readonly entries: ReadonlyMap<string, MemoryEntry>;
  readonly metadata?: ReadonlyMap<string, string>;
  readonly extra?: ReadonlyMap<string, unknown>;
  readonly rejectNonFinite?: boolean | undefined;
}

/** The file that `parts` describe. */
export function memoryFile(parts: MemoryParts): MemoryFile {
  const { format, source, entries, metadata = new Map(), extra = new Map() } = parts;

  const get: MemoryFile["get"] = (name, { dtype } = {}) => {
    const entry = entryOf(entries, name, source);
    const place = { source, tensor: name };
    const array = decodeTensor(entry.dtype, entry.shape, entry.load(), place);
    if (parts.rejectNonFinite) checkFinite(array, place);
    return dtype === undefined ? array : array.astype(dtype);
  };

  function* read(wanted: Iterable<string> = entries.keys(), options?: { readonly dtype?: DType | undefined }) {
    for (const name of wanted) yield [name, get(name, options)] as [string, NDArray];
  }

  return {
    format,
    source,
    names: [...entries.keys()],
    metadata,
    extra,
    info: (name) => infoOf(entryOf(entries, name, source)),
    get,
    read,
    [Symbol.iterator]: () => read(),
    close() {},
  };
}
