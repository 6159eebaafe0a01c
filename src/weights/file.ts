import type { NDArray } from "../array/index.ts";
import type { DType } from "../data/index.ts";
import type { FileDType } from "./dtypes.ts";

/** The formats that are read. */
export type Format = "safetensors" | "msgpack" | "npy" | "npz" | "orbax";

/** What a file says of one of its arrays. */
export interface TensorInfo {
  /** The element type in the file, by safetensors' name whatever the format: `F32`, `BF16`, `I64`, ... */
  readonly dtype: FileDType;
  readonly shape: readonly number[];
  /** The bytes of its elements in the file, before any compression. */
  readonly bytes: number;
}

export interface GetOptions {
  /** The dtype to cast to. Without it: the file's own, float32 and int32 or uint32 for those that flaxen has not. */
  readonly dtype?: DType | undefined;
  /** Ends the reading; the promise rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The names of `GetOptions`. */
export const GET_OPTIONS = ["dtype", "signal"];

/** What every opened file has, whatever its format. */
export interface FileListing {
  readonly format: Format;
  /** The path, address or name of the file, for messages. */
  readonly source: string;
  /** The arrays' names, in the file's order; the path joined by `/` in a format that nests. */
  readonly names: readonly string[];
  /** What the file says of itself: safetensors' `__metadata__`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The leaves that are not arrays, by name: numbers, bigints, strings, booleans, null, bytes and lists of them. */
  readonly extra: ReadonlyMap<string, unknown>;

  /**
   * The element type, shape and size of an array, without reading it.
   *
   * @throws LoadError `TensorMissing` if there is no such name
   */
  info(name: string): TensorInfo;
}

/**
 * An opened file of weights. Arrays are read when they are asked for, one at a time.
 *
 * @example
 * const file = await weights.open(weights.save({ w: jnp.array([1, 2]), b: jnp.array(3) }));
 * file.names // => ["b", "w"]
 * file.info("w") // => { dtype: "F32", shape: [2], bytes: 8 }
 * (await file.get("w")).tolist() // => [1, 2]
 */
export interface WeightsFile extends FileListing, AsyncIterable<[name: string, array: NDArray]> {
  /**
   * Reads an array, and only its bytes.
   *
   * @throws LoadError if there is no such name, the bytes are damaged or the element type has no counterpart here
   */
  get(name: string, options?: GetOptions): Promise<NDArray>;

  /**
   * Reads the arrays of `names` (default: all) in that order. While one is worked on, small ones behind it are read
   * already, up to 8 MiB ahead.
   */
  read(names?: Iterable<string>, options?: GetOptions): AsyncIterableIterator<[name: string, array: NDArray]>;

  /** Gives the file or connection back. Arrays that were read stay; reading more is an error. */
  close(): Promise<void>;
}
