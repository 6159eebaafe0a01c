import { assertTakes, describe, hasBrand } from "../base/index.ts";
import type { Filter, Module, State } from "../nnx/index.ts";
import type { NamedArrays, SaveOptions, SaveToOptions, ShardOptions, Target } from "../weights/index.ts";
import { saveParts as saveNamedParts, saveTo as saveNamedTo, save as saveNamed } from "../weights/index.ts";
import { TIED } from "./filenames.ts";
import { modelArrays } from "./modelarrays.ts";
import type { NameMap } from "./rules.ts";

/** What a model is saved with, beside the options of named arrays. */
export interface ModelOptions {
  /** Which leaves to save. Default Param, BatchStat and OptState; the names of the others are told to `onLeftOut`. */
  readonly only?: Filter | undefined;
  /** The rules by which such a file is loaded: the file gets the names and layouts that they expect. */
  readonly map?: NameMap | undefined;
}

/** A model, or its state; or models by name, which their paths begin with. */
export type Savable = Module<never[], unknown> | State | { readonly [name: string]: Module<never[], unknown> };

type ForModel<Options> = Omit<Options, "only"> & ModelOptions;
export type SaveModelOptions = ForModel<SaveOptions>;
export type ShardModelOptions = ForModel<ShardOptions>;
export type SaveModelToOptions = ForModel<SaveToOptions>;

/** The names of what `save` and `saveParts` take, and of what `saveTo` takes. */
const SAVE_OPTIONS = ["map", "format", "dtype", "only", "onLeftOut", "metadata", "maxShardBytes"];
const SAVE_TO_OPTIONS = [...SAVE_OPTIONS, "onProgress", "signal"];

/**
 * A file with the weights of a model, of its state, or with arrays by name, as bytes.
 *
 * Of a model the names are the paths joined by dots. What several of its parts share is written once, under its first
 * path; the metadata of a safetensors file say what the others are. PRNG keys are written as their uint32 data.
 *
 * safetensors is written with canonical bytes: equal arrays give equal files. msgpack nests by the parts of the names,
 * between slashes if any name has one, else between dots: `flax.serialization.msgpack_restore` reads it. .npz is what
 * `numpy.load` reads; bfloat16, which NumPy has not, is written there as float32. .npy takes one array.
 *
 * @param model - a module or State, or an object of modules; or a Map or pairs of names and arrays, or an object of
 * them, which may nest
 * @returns one file; with `maxShardBytes` a Map of files by name, the index among them
 * @throws TypeError if something is not an array, a rule cannot be undone, or an option does not belong to the format
 * @throws RangeError if names collide or cannot be written, or no rule leads to a parameter
 *
 * @example
 * const bytes = weights.save(model, { dtype: "bfloat16", metadata: { step: "12" } });
 * weights.readSafetensors(bytes).info("kernel") // => { dtype: "BF16", shape: [3, 4], bytes: 24 }
 */
export function save(model: Savable, options?: SaveModelOptions): Uint8Array;
export function save(model: Savable, options: ShardModelOptions): Map<string, Uint8Array>;
export function save(weights: NamedArrays, options?: SaveOptions): Uint8Array;
export function save(weights: NamedArrays, options: ShardOptions): Map<string, Uint8Array>;
export function save(
  weights: Savable | NamedArrays,
  options: SaveModelOptions | SaveOptions = {},
): Uint8Array | Map<string, Uint8Array> {
  assertTakes(arguments, "save", "weights options", SAVE_OPTIONS);
  return saveNamed(...toNamed(weights, options, "save"));
}

/**
 * The same file in pieces, which are never joined: `new Blob(saveParts(model))`, or a sequence of writes. They share
 * the memory of the arrays; do not change them.
 *
 * @returns the pieces in order; with `maxShardBytes` a Map of them by the name of the file
 * @throws TypeError, RangeError as `save` does
 *
 * @example
 * const blob = new Blob(weights.saveParts(model));
 * (await weights.open(blob)).names // => ["kernel"]
 */
export function saveParts(model: Savable, options?: SaveModelOptions): Uint8Array<ArrayBuffer>[];
export function saveParts(model: Savable, options: ShardModelOptions): Map<string, Uint8Array<ArrayBuffer>[]>;
export function saveParts(weights: NamedArrays, options?: SaveOptions): Uint8Array<ArrayBuffer>[];
export function saveParts(weights: NamedArrays, options: ShardOptions): Map<string, Uint8Array<ArrayBuffer>[]>;
export function saveParts(
  weights: Savable | NamedArrays,
  options: SaveModelOptions | SaveOptions = {},
): Uint8Array<ArrayBuffer>[] | Map<string, Uint8Array<ArrayBuffer>[]> {
  assertTakes(arguments, "saveParts", "weights options", SAVE_OPTIONS);
  return saveNamedParts(...toNamed(weights, options, "saveParts"));
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
 * await weights.saveTo(stream, model);
 * weights.readSafetensors(Uint8Array.from(bytes)).names // => ["kernel"]
 */
export function saveTo(
  target: Target | ((file: string) => Target),
  model: Savable,
  options?: SaveModelToOptions,
): Promise<void>;
export function saveTo(
  target: Target | ((file: string) => Target),
  weights: NamedArrays,
  options?: SaveToOptions,
): Promise<void>;
export async function saveTo(
  target: Target | ((file: string) => Target),
  weights: Savable | NamedArrays,
  options: SaveModelToOptions | SaveToOptions = {},
): Promise<void> {
  assertTakes(arguments, "saveTo", "target weights options", SAVE_TO_OPTIONS);
  await saveNamedTo(target, ...toNamed(weights, options, "saveTo"));
}

/** The arrays of a model by their names in the file; named arrays as they are. */
function toNamed(
  weights: Savable | NamedArrays,
  options: SaveModelOptions | SaveOptions,
  fn: string,
): [NamedArrays, SaveOptions] {
  const { only, map, ...rest } = options as SaveModelOptions;
  if (!isSavable(weights)) {
    if (map !== undefined) throw new TypeError(`${fn}: "map" expected a model, got ${describe(weights)}`);
    return [weights, options as SaveOptions];
  }
  const { arrays, tied, leftOut } = modelArrays(weights, only, map, fn);
  if (leftOut.length > 0) rest.onLeftOut?.(leftOut);
  const { format = "safetensors" } = rest;
  if (tied.size === 0 || format !== "safetensors") return [arrays, rest];
  return [arrays, { ...rest, metadata: withTied(rest.metadata, tied) }];
}

/** Whether this is a model or its state: an object of models is one too. */
function isSavable(weights: Savable | NamedArrays): weights is Savable {
  if (hasBrand(weights, "Module") || hasBrand(weights, "State")) return true;
  return Object.values(weights ?? {}).some((part) => hasBrand(part, "Module"));
}

/** The caller's metadata, and which parameters share an array. */
function withTied(metadata: SaveOptions["metadata"], tied: ReadonlyMap<string, string>): Map<string, string> {
  const own = metadata instanceof Map ? [...metadata] : Object.entries(metadata ?? {});
  return new Map([[TIED, JSON.stringify(Object.fromEntries(tied))], ...(own as [string, string][])]);
}
