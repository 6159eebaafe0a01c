import type { LoadErrorPlace } from "../../weights/index.ts";
import { byteLength, LoadError } from "../../weights/index.ts";
import type { Store } from "../store.ts";
import type { Target, ZarrArray } from "./array.ts";
import { product } from "./array.ts";
import { fillBox } from "./copybox.ts";
import { indices, MAX_CHUNKS } from "./grid.ts";

/** An array has at most as many elements. */
const MAX_ELEMENTS = 2 ** 31 - 1;

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether every chunk was written, so that one which is not there is lost; else it stands for the fill value. */
  readonly complete: boolean;
  readonly place: LoadErrorPlace;
}

/**
 * Reads the chunks of the array at `path` and puts them together: little-endian, row-major, in a buffer of its own.
 *
 * @throws LoadError `Incomplete`, `LimitEntries`, or what the codecs find
 */
export async function loadArray(
  store: Store,
  path: string,
  array: ZarrArray,
  options: LoadOptions,
): Promise<Uint8Array> {
  const { shape, chunkShape } = array;
  const { place, signal } = options;
  const size = byteLength(array.dtype, shape, place);
  if (product(shape) > MAX_ELEMENTS)
    throw new LoadError("Limit", `expected at most ${MAX_ELEMENTS} elements, got [${shape.join(", ")}]`, place);
  const counts = shape.map((size, axis) => Math.ceil(size / chunkShape[axis]!));
  if (product(counts) > MAX_CHUNKS)
    throw new LoadError("LimitEntries", `expected at most ${MAX_CHUNKS} chunks, got ${product(counts)}`, place);
  const keyOf = (index: readonly number[]): string => `${path}/${array.keyOf(index)}`;
  if (options.complete) {
    for (const index of indices(counts)) if (store.has(keyOf(index)) === false) throw missingError(keyOf(index), place);
  }

  let target: Target | undefined;
  for (const index of indices(counts)) {
    const key = keyOf(index);
    const encoded = await store.get(key, signal);
    signal?.throwIfAborted();
    if (encoded === undefined && options.complete) throw missingError(key, place);
    if (encoded !== undefined && array.decodeWhole !== undefined && sameShape(shape, chunkShape))
      return toLittleEndian(
        inPlace(place, () => array.decodeWhole!(encoded)),
        array,
      );
    target ??= { bytes: allocate(size, place), shape, itemSize: array.fill.length };
    const origin = index.map((i, axis) => i * chunkShape[axis]!);
    if (encoded === undefined) fillBox(array.fill, chunkShape, origin, target);
    else inPlace(place, () => array.decode(encoded, origin, target!));
  }
  return toLittleEndian(target?.bytes ?? new Uint8Array(size), array);
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.every((size, i) => size === b[i]);
}

function allocate(size: number, place: LoadErrorPlace): Uint8Array {
  try {
    return new Uint8Array(size);
  } catch (cause) {
    throw new LoadError("Limit", `cannot allocate ${size} bytes`, place, { cause });
  }
}

/** Runs `decode`; an error that it throws says which array it was. */
function inPlace<T>(place: LoadErrorPlace, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof LoadError) || error.tensor !== undefined) throw error;
    throw new LoadError(error.code, error.message.replace(/^\w+: /, ""), place, { cause: error });
  }
}

function missingError(key: string, place: LoadErrorPlace): LoadError {
  return new LoadError("Incomplete", `expected the chunk ${JSON.stringify(key)}, got none`, place);
}

/** Swaps the bytes of every element where the array is big-endian. */
function toLittleEndian(bytes: Uint8Array, { bigEndian, fill }: ZarrArray): Uint8Array {
  const size = fill.length;
  if (!bigEndian || size === 1) return bytes;
  const swapped = new Uint8Array(bytes);
  for (let at = 0; at < swapped.length; at += size) swapped.subarray(at, at + size).reverse();
  return swapped;
}
