import type { LoadErrorPlace, TensorEntry } from "../weights/index.ts";
import { bitsOf, byteLength, decodeTensor, LoadError } from "../weights/index.ts";
import { parseJson } from "./folder.ts";
import type { Store } from "./store.ts";
import type { ZarrArray } from "./zarr/array.ts";
import { loadArray } from "./zarr/load.ts";
import { readZarr2, ZARRAY } from "./zarr/v2.ts";
import { readZarr3, ZARR_JSON } from "./zarr/v3.ts";

/** An array of the checkpoint. */
export interface ArrayEntry {
  /** How the caller knows it: the path joined by `/`. */
  readonly name: string;
  /** What its keys in the store begin with. */
  readonly key: string;
}

/** Reads the metadata of an array; its elements are read when they are asked for. */
export async function openArray(
  store: Store,
  { name, key }: ArrayEntry,
  zarr3: boolean,
  complete: boolean,
  signal: AbortSignal | undefined,
): Promise<TensorEntry> {
  const place = { source: store.nameOf(key), tensor: name };
  const array = await readMetadata(store, key, zarr3, place, signal);
  return {
    dtype: array.dtype,
    shape: array.shape,
    bytes: byteLength(array.dtype, array.shape, place),
    load: (signal) => loadArray(store, key, array, { complete, place, signal }),
  };
}

async function readMetadata(
  store: Store,
  key: string,
  zarr3: boolean,
  place: LoadErrorPlace,
  signal: AbortSignal | undefined,
): Promise<ZarrArray> {
  const file = `${key}/${zarr3 ? ZARR_JSON : ZARRAY}`;
  const bytes = await store.get(file, signal);
  if (bytes === undefined) throw new LoadError("Incomplete", `expected ${JSON.stringify(file)}, got none`, place);
  return (zarr3 ? readZarr3 : readZarr2)(parseJson(bytes, store.nameOf(file)), place);
}

/**
 * The arrays of a store without `_METADATA`, in the order of their keys, and the Zarr format of each. Keys are paths
 * joined by dots.
 *
 * @returns undefined where the store cannot list its keys
 */
export async function findArrays(store: Store): Promise<(ArrayEntry & { readonly zarr3: boolean })[] | undefined> {
  const keys = await store.keys();
  if (keys === undefined) return undefined;
  const found = [];
  for (const key of keys) {
    const match = /^(.+)\/(\.zarray|zarr\.json)$/.exec(key);
    if (match !== null)
      found.push({ name: match[1]!.replaceAll(".", "/"), key: match[1]!, zarr3: match[2] === ZARR_JSON });
  }
  return found;
}

/** The value of a 0-d array as JavaScript's own: integers that a number cannot hold are bigints. */
export async function readScalar(entry: TensorEntry, place: LoadErrorPlace, signal?: AbortSignal): Promise<unknown> {
  if (entry.shape.length > 0) throw new LoadError("BadMetadata", "expected a scalar of rank 0", place);
  const bytes = await entry.load(signal);
  if (bytes.length * 8 !== bitsOf(entry.dtype)) throw new LoadError("SizeMismatch", "expected one element", place);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (entry.dtype) {
    case "F64":
      return view.getFloat64(0, true);
    case "I64":
      return toNumber(view.getBigInt64(0, true));
    case "U64":
      return toNumber(view.getBigUint64(0, true));
    case "BOOL":
      return decodeTensor("BOOL", [], bytes, place).item() === 1;
    default:
      return decodeTensor(entry.dtype, [], bytes, place).item();
  }
}

function toNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
