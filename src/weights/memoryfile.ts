import { assertTakes } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import type { DType } from "../data/index.ts";
import type { FileListing, TensorInfo } from "./file.ts";
import { GET_OPTIONS } from "./file.ts";
import type { ListingParts } from "./lazyfile.ts";
import { finish, listing, readable } from "./lazyfile.ts";

/** An array whose bytes are in memory. */
export interface MemoryEntry extends TensorInfo {
  /** Its elements: little-endian, row-major. */
  load(): Uint8Array;
}

export interface CastOptions {
  /** The dtype to cast to. */
  readonly dtype?: DType | undefined;
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
  get(name: string, options?: CastOptions): NDArray;

  /** The arrays of `names` (default: all), in that order. */
  read(names?: Iterable<string>, options?: CastOptions): IterableIterator<[name: string, array: NDArray]>;

  /** Does nothing: there is nothing to give back. */
  close(): void;
}

/** The file that `parts` describe. */
export function memoryFile(parts: ListingParts<MemoryEntry>): MemoryFile {
  function get(name: string, options?: CastOptions): NDArray {
    assertTakes(arguments, "get", "name options", GET_OPTIONS);
    return finish(parts, name, readable(parts, name).load(), options);
  }
  function* read(wanted: Iterable<string> = parts.entries.keys(), options?: CastOptions) {
    for (const name of wanted) yield [name, get(name, options)] as [string, NDArray];
  }
  return { ...listing(parts), get, read, [Symbol.iterator]: () => read(), close() {} };
}
