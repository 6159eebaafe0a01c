import type { FileDType, LoadErrorPlace } from "../../weights/index.ts";
import { LoadError } from "../../weights/index.ts";

/** An array that is being put together from its chunks. */
export interface Target {
  readonly bytes: Uint8Array;
  readonly shape: readonly number[];
  readonly itemSize: number;
}

/** A box of an array: its first element's indices, and its sizes, which may go beyond the array's end. */
export interface Box {
  readonly origin: readonly number[];
  readonly shape: readonly number[];
}

/** Decodes a chunk and writes its elements into the array. */
export type ChunkDecoder = (encoded: Uint8Array, origin: readonly number[], target: Target) => void;

/** What the metadata of a Zarr array say. */
export interface ZarrArray {
  readonly dtype: FileDType;
  readonly bigEndian: boolean;
  readonly shape: readonly number[];
  readonly chunkShape: readonly number[];
  /** The bytes of the element that chunks hold which are not there, in the byte order of the array. */
  readonly fill: Uint8Array;
  /** The key of the chunk at `index` of the grid, below the array's own. */
  keyOf(index: readonly number[]): string;
  readonly decode: ChunkDecoder;
  /** The elements of the chunk that is the whole array, where it can be had without a copy. */
  decodeWhole?(encoded: Uint8Array): Uint8Array;
}

/** A chunk has at most this many times the array's elements, or this many where they are few. */
const MAX_CHUNK_RATIO = 8;
const MIN_CHUNK_LIMIT = 2 ** 24;
const MAX_RANK = 32;

/** @throws LoadError `BadZarr` unless `value` is a list of sizes, each at least `min` */
export function checkSizes(value: unknown, what: string, min: number, place: LoadErrorPlace): number[] {
  if (!Array.isArray(value) || value.some((size) => !Number.isSafeInteger(size) || size < min))
    throw zarrError(`"${what}" as a list of sizes of at least ${min}`, value, place);
  if (value.length > MAX_RANK)
    throw new LoadError("LimitRank", `expected at most ${MAX_RANK} axes, got ${value.length}`, place);
  return value as number[];
}

/** @throws LoadError `BadZarr` unless chunks of `chunkShape` can make up an array of `shape` */
export function checkChunkShape(value: unknown, shape: readonly number[], place: LoadErrorPlace): number[] {
  const chunkShape = checkSizes(value, "chunk shape", 1, place);
  if (chunkShape.length !== shape.length) throw zarrError(`chunks of ${shape.length} axes`, value, place);
  const limit = Math.max(MIN_CHUNK_LIMIT, MAX_CHUNK_RATIO * product(shape));
  if (product(chunkShape) > limit) throw zarrError(`chunks of at most ${limit} elements`, value, place);
  return chunkShape;
}

export function product(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total * size, 1);
}

const PREVIEW = 80;

/** @returns the error for metadata that do not describe an array */
export function zarrError(expected: string, value: unknown, place: LoadErrorPlace): LoadError {
  return new LoadError("BadZarr", `expected ${expected}, got ${preview(value)}`, place);
}

/** @returns the error for metadata that ask for what is not read here */
export function unsupportedCodec(what: string, value: unknown, place: LoadErrorPlace): LoadError {
  const message = `${what} ${preview(value)} is not read here. Save the checkpoint with Orbax's own settings`;
  return new LoadError("CodecUnsupported", message, place);
}

function preview(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > PREVIEW ? `${text.slice(0, PREVIEW)}...` : text;
}
