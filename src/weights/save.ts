import { describe } from "../base/index.ts";
import { joinBytes } from "./bytes.ts";
import type { EncodedFile, NamedData } from "./encoded.ts";
import { encodeMsgpack } from "./msgpack/encode.ts";
import type { NamedArrays, NamingOptions } from "./named.ts";
import { brokenError, isBroken, toNamedData } from "./named.ts";
import { encodeNpy, encodeNpz } from "./numpy/write.ts";
import { isRelative } from "./numpy/zip.ts";
import type { Progress } from "./progress.ts";
import { ProgressMeter } from "./progress.ts";
import { encodeShards } from "./safetensors/shards.ts";
import { encodeSafetensors } from "./safetensors/write.ts";
import type { Target } from "./sinks.ts";
import { openSink } from "./sinks.ts";

/** The formats that are written. */
export type WritableFormat = "safetensors" | "msgpack" | "npy" | "npz";

const WRITABLE: readonly WritableFormat[] = ["safetensors", "msgpack", "npy", "npz"];

export interface SaveOptions extends NamingOptions {
  /** Default `safetensors`. */
  readonly format?: WritableFormat | undefined;
  /** Texts by name, for safetensors. */
  readonly metadata?: ReadonlyMap<string, string> | Readonly<Record<string, string>> | undefined;
}

export interface ShardOptions extends SaveOptions {
  /** The most bytes of arrays in one file: the others go to further files, and an index says what is where. */
  readonly maxShardBytes: number;
}

export interface SaveToOptions extends SaveOptions {
  readonly maxShardBytes?: number | undefined;
  /** Told how much is written, at most 60 times a second and once at the end. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Ends the writing; the promise rejects with its reason. A file by path is not made then. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * A file with the arrays of `weights`, as bytes.
 *
 * safetensors is written with canonical bytes: equal arrays give equal files. msgpack nests by the parts of the names,
 * between slashes if any name has one, else between dots: `flax.serialization.msgpack_restore` reads it. .npz is what
 * `numpy.load` reads; bfloat16, which NumPy has not, is written there as float32. .npy takes one array.
 *
 * @param weights - a Map or pairs of names and arrays, or an object of them, which may nest
 * @returns one file; with `maxShardBytes` a Map of files by name, the index among them
 * @throws TypeError if something is not an array, or an option does not belong to the format
 * @throws RangeError if names collide or cannot be written
 *
 * @example
 * const bytes = weights.save({ w: jnp.array([1.5, 2]) }, { dtype: "bfloat16", metadata: { step: "12" } });
 * weights.readSafetensors(bytes).info("w") // => { dtype: "BF16", shape: [2], bytes: 4 }
 */
export function save(weights: NamedArrays, options?: SaveOptions): Uint8Array;
export function save(weights: NamedArrays, options: ShardOptions): Map<string, Uint8Array>;
export function save(
  weights: NamedArrays,
  options: SaveOptions | ShardOptions = {},
): Uint8Array | Map<string, Uint8Array> {
  if (!isSharded(options)) return toBytes(encode(weights, options, "save"));
  return new Map([...encodeParts(weights, options, "save")].map(([name, file]) => [name, toBytes(file)]));
}

/**
 * The same file in pieces, which are never joined: `new Blob(saveParts(weights))`, or a sequence of writes. They share
 * the memory of the arrays; do not change them.
 *
 * @returns the pieces in order; with `maxShardBytes` a Map of them by the name of the file
 * @throws TypeError, RangeError as `save` does
 *
 * @example
 * const blob = new Blob(weights.saveParts({ w: jnp.ones([3]) }));
 * (await (await weights.open(blob)).get("w")).tolist() // => [1, 1, 1]
 */
export function saveParts(weights: NamedArrays, options?: SaveOptions): Uint8Array<ArrayBuffer>[];
export function saveParts(weights: NamedArrays, options: ShardOptions): Map<string, Uint8Array<ArrayBuffer>[]>;
export function saveParts(
  weights: NamedArrays,
  options: SaveOptions | ShardOptions = {},
): Uint8Array<ArrayBuffer>[] | Map<string, Uint8Array<ArrayBuffer>[]> {
  if (!isSharded(options)) return toParts(encode(weights, options, "saveParts"));
  return new Map([...encodeParts(weights, options, "saveParts")].map(([name, file]) => [name, toParts(file)]));
}

/**
 * Writes the same file to `target`, one array after the other.
 *
 * @param target - a path, a WritableStream (it is closed), a FileHandle of Node (it stays open) or of a browser's file
 * system; with `maxShardBytes` the path of a folder, or a function that gives the target of each file by its name
 * @returns when everything is written. A file by path appears whole or not at all.
 * @throws TypeError, RangeError as `save` does; the reason of `signal`
 *
 * @example
 * const bytes = [];
 * const stream = new WritableStream({ write: (part) => void bytes.push(...part) });
 * await weights.saveTo(stream, { w: jnp.ones([3]) });
 * weights.readSafetensors(Uint8Array.from(bytes)).names // => ["w"]
 */
export async function saveTo(
  target: Target | ((file: string) => Target),
  weights: NamedArrays,
  options: SaveToOptions = {},
): Promise<void> {
  const { onProgress, signal } = options;
  signal?.throwIfAborted();
  const files = isSharded(options)
    ? encodeParts(weights, options, "saveTo")
    : new Map([["", encode(weights, options, "saveTo")]]);
  const meter = onProgress && new ProgressMeter(onProgress);
  if (meter !== undefined) meter.total = [...files.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [name, file] of files) {
    const sink = await openSink(target, name);
    try {
      for (const { bytes, label } of file.parts()) {
        signal?.throwIfAborted();
        await sink.write(bytes);
        meter?.add(bytes.length, label);
      }
      signal?.throwIfAborted();
      await sink.close();
    } catch (error) {
      await sink.abort(error);
      throw error;
    }
  }
  meter?.flush();
}

function isSharded(options: SaveOptions | ShardOptions | SaveToOptions): options is ShardOptions {
  return (options as Partial<ShardOptions>).maxShardBytes !== undefined;
}

function encode(weights: NamedArrays, options: SaveOptions, fn: string): EncodedFile {
  const { format = "safetensors" } = options;
  const arrays = toNamedData(weights, options, fn);
  const metadata = toMetadata(options, fn);
  if (format === "safetensors") return encodeSafetensors(checkNames(arrays, isOwn, fn), metadata);
  if (format === "npz") return encodeNpz(checkNames(arrays, isRelative, fn));
  if (format === "npy" && arrays.length === 1) return encodeNpy(arrays[0]![1]);
  if (format === "npy") throw new RangeError(`${fn}: expected one array for a .npy, got ${arrays.length}`);
  if (format !== "msgpack")
    throw new RangeError(`${fn}: "format" expected ${WRITABLE.join(", ")}, got ${describe(format)}`);
  const separator = arrays.some(([name]) => name.includes("/")) ? "/" : ".";
  return encodeMsgpack(arrays, (name) => name.split(separator));
}

function encodeParts(weights: NamedArrays, options: ShardOptions, fn: string): Map<string, EncodedFile> {
  const { maxShardBytes, format = "safetensors" } = options;
  if (format !== "safetensors" || !(maxShardBytes > 0))
    throw new RangeError(`${fn}: "maxShardBytes" expected bytes, and safetensors, got ${describe(maxShardBytes)}`);
  const arrays = checkNames(toNamedData(weights, options, fn), isOwn, fn);
  return encodeShards(arrays, toMetadata(options, fn), maxShardBytes);
}

function toMetadata({ metadata = {}, format = "safetensors" }: SaveOptions, fn: string): ReadonlyMap<string, string> {
  const entries: [unknown, unknown][] = metadata instanceof Map ? [...metadata] : Object.entries(metadata);
  for (const [key, text] of entries) {
    if (typeof key !== "string" || typeof text !== "string" || format !== "safetensors")
      throw new TypeError(`${fn}: metadata[${describe(key)}] expected a string, of safetensors, got ${describe(text)}`);
    if (isBroken(key + text)) throw brokenError(key + text, fn);
  }
  return new Map(entries as [string, string][]);
}

/** A name that the format does not keep for itself. */
function isOwn(name: string): boolean {
  return name !== "__metadata__";
}

function checkNames(arrays: readonly NamedData[], isAllowed: (name: string) => boolean, fn: string) {
  for (const [name] of arrays)
    if (!isAllowed(name)) throw new RangeError(`${fn}: expected another name, got ${describe(name)}`);
  return arrays;
}

function toBytes(file: EncodedFile): Uint8Array {
  return joinBytes(toParts(file));
}

function toParts(file: EncodedFile): Uint8Array<ArrayBuffer>[] {
  return Array.from(file.parts(), ({ bytes }) => bytes as Uint8Array<ArrayBuffer>);
}
