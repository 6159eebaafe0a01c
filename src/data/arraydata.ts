import { flush, LimitError, shapesOnly } from "../base/index.ts";
import type { Allocator, Storage } from "./access.ts";
import { allocation, PRIVATE } from "./access.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { isHalf, itemSize, RANGE, storageFor, viewOf } from "./dtype.ts";
import { fromHalf, narrow, toHalf, widen } from "./half.ts";
import type { Shape } from "./shape.ts";
import { formatShape, MAX_SIZE, sizeOf } from "./shape.ts";
import { MIN_BYTES, unfilledBuffer } from "./unfilled.ts";

export { ATTENDED, EXPOSED, isImmutable, PRIVATE } from "./access.ts";
export type { Access, Storage } from "./access.ts";

/** An array without methods: row-major elements with a shape. The functions of src/data work on these. */
export interface ArrayData {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly storage: Storage;
  /** The values, where the elements are out of reach because the array is being differentiated. */
  readonly plain?: ArrayData;
  /** Whether the elements are out of reach now. */
  readonly isTraced?: boolean;
}

/** `x` for reading its values: the array itself, or its values if it is being differentiated. */
export function plainOf(x: ArrayData): ArrayData {
  return x.plain ?? x;
}

/**
 * Stands for elements that were never allocated. Under `shapesOnly` it looks empty, so that loops over elements do
 * nothing. Elsewhere reading an element throws.
 */
class AbstractStorage implements Storage {
  access = PRIVATE;
  private readonly nothing: TypedArray;

  constructor(nothing: TypedArray) {
    this.nothing = nothing;
  }

  get data(): TypedArray {
    if (shapesOnly.on) return this.nothing;
    throw noValues();
  }
}

function noValues(): TypeError {
  const got = "got one that has a shape but no values, made under nnx.evalShape";
  return new TypeError(`expected an array with values, ${got}. Load values first: nnx.update(model, state)`);
}

/** Whether `x` has a shape but no values. */
export function isAbstract(x: ArrayData): boolean {
  return plainOf(x).storage instanceof AbstractStorage;
}

/** @throws TypeError if `x` has a shape but no values, even under `shapesOnly`, or if its buffer was detached */
export function assertConcrete(x: ArrayData): void {
  if (isAbstract(x)) throw noValues();
  assertElements(plainOf(x), "This");
}

/**
 * Stops a use of elements that were sent away, or whose region was closed. Only those that were handed out can have
 * been sent.
 *
 * @param fn what uses them, for the message
 * @throws TypeError if the buffer of `x` was detached, or `x` leaked from a function under `nnx.jit`
 */
export function assertElements(x: ArrayData, fn: string): void {
  const { storage } = x;
  if (storage.access === PRIVATE) return;
  if (storage.access.isClosed) {
    storage.access.leaveLate!();
    if (storage.access.isClosed) throw leakedError(x, fn);
  }
  // Pending elements are of nobody else, and must not be computed for this.
  if (storage.isPending === true) return;
  if (storage.data.length === 0 && sizeOf(x.shape) !== 0) throw detachedError(x, fn);
}

function leakedError({ shape, dtype }: ArrayData, fn: string): TypeError {
  return new TypeError(
    `${fn} expected an array with its elements, got ${dtype}${formatShape(shape)} that leaked from a function under ` +
      "nnx.jit, whose arrays end with the call. Return it from the function, or keep it in an nnx.Variable",
  );
}

function detachedError({ shape, dtype }: ArrayData, fn: string): TypeError {
  return new TypeError(
    `${fn} expected an array with its elements, got ${dtype}${formatShape(shape)} whose buffer is detached: it was ` +
      "transferred to another thread. Send a copy, nnx.toTransferable(x)",
  );
}

/** An array without values, in any mode. */
export function abstractData(shape: Shape, dtype: DType): ArrayData {
  return { shape, dtype, storage: new AbstractStorage(storageFor(dtype, 0)) };
}

/**
 * An array over `data`, which the caller must not use afterwards. Under `shapesOnly`, an array with fewer elements than
 * its shape has no values.
 */
export function arrayData(shape: Shape, dtype: DType, data: TypedArray): ArrayData {
  if (shapesOnly.on && data.length !== sizeOf(shape)) return { shape, dtype, storage: new AbstractStorage(data) };
  return { shape, dtype, storage: { data, access: allocation.access } };
}

/**
 * An array of zeros.
 *
 * @throws LimitError if there are more than 2^31 - 1 elements, or the engine cannot allocate them
 */
export function zerosData(shape: Shape, dtype: DType): ArrayData {
  return allocation.region === undefined
    ? arrayData(shape, dtype, allocate(shape, dtype))
    : allocateIn(allocation.region, shape, dtype, true);
}

/**
 * An array of any contents, for results of which every element is written. In a region they are those of an array that
 * is gone; elsewhere what a large one's memory held before, where the host gives it unzeroed.
 *
 * @throws LimitError if there are more than 2^31 - 1 elements, or the engine cannot allocate them
 */
export function emptyData(shape: Shape, dtype: DType): ArrayData {
  return allocation.region === undefined
    ? arrayData(shape, dtype, allocate(shape, dtype, undefined, false))
    : allocateIn(allocation.region, shape, dtype, false);
}

/** Fewer elements are less than `unfilledBuffer` gives. Calls on few elements would notice that it is asked. */
const SMALL = MIN_BYTES / 4;

function allocate(shape: Shape, dtype: DType, region?: Allocator, zeroed = true): TypedArray {
  if (shapesOnly.on) return storageFor(dtype, 0);
  const size = sizeOf(shape);
  if (size > MAX_SIZE)
    throw new LimitError(`expected at most ${MAX_SIZE} elements, got ${dtype}${formatShape(shape)} = ${size}`);
  try {
    const taken = region?.take(dtype, size, zeroed);
    if (taken !== undefined) return taken;
    return zeroed || size < SMALL ? storageFor(dtype, size) : unfilledFor(dtype, size);
  } catch (cause) {
    throw new LimitError(`cannot allocate ${dtype}${formatShape(shape)}`, { cause });
  }
}

/** `size` elements of `dtype`, of any contents. */
function unfilledFor(dtype: DType, size: number): TypedArray {
  const buffer = unfilledBuffer(size * itemSize(dtype));
  return buffer === undefined ? storageFor(dtype, size) : viewOf(dtype, buffer);
}

/** An array in the memory of a region, if it is large. */
function allocateIn(region: Allocator, shape: Shape, dtype: DType, zeroed: boolean): ArrayData {
  const x = arrayData(shape, dtype, allocate(shape, dtype, region, zeroed));
  region.note(x.storage);
  return x;
}

/** The same elements in a storage of their own. */
export function copyData({ shape, dtype, storage: { data } }: ArrayData): ArrayData {
  if (shapesOnly.on) return arrayData(shape, dtype, data.slice());
  const out = emptyData(shape, dtype);
  out.storage.data.set(data);
  return out;
}

/** `x` in another dtype; itself where nothing changes. */
export function castData(x: ArrayData, dtype: DType): ArrayData {
  if (x.dtype === dtype) return x;
  if (isHalf(x.dtype) && dtype !== "bool") {
    const wide = emptyData(x.shape, "float32");
    widen(x.dtype, x.storage.data as Uint16Array, wide.storage.data as Float32Array);
    return castData(wide, dtype);
  }
  const from = x.storage.data;
  const out = emptyData(x.shape, dtype);
  const to = out.storage.data;
  if (isHalf(dtype)) {
    narrow(dtype, castData(x, "float32").storage.data as Float32Array, to as Uint16Array);
  } else if (dtype === "bool") {
    // A float32 subnormal counts as zero, as everywhere. A zero of a 16-bit float may have its sign bit set.
    if (isHalf(x.dtype)) for (let i = 0; i < to.length; i++) to[i] = (from[i]! & 0x7fff) === 0 ? 0 : 1;
    else if (x.dtype === "float32") for (let i = 0; i < to.length; i++) to[i] = flush(from[i]!) === 0 ? 0 : 1;
    else for (let i = 0; i < to.length; i++) to[i] = from[i] === 0 ? 0 : 1;
  } else if (x.dtype === "float32") {
    const [low, high] = RANGE[dtype as keyof typeof RANGE];
    for (let i = 0; i < to.length; i++) to[i] = saturate(from[i]!, low, high);
  } else {
    for (let i = 0; i < to.length; i++) to[i] = from[i]!;
  }
  return out;
}

/** A float as an integer, as XLA converts it: truncated and saturated, NaN is 0. */
function saturate(x: number, low: number, high: number): number {
  return x === x ? Math.min(Math.max(Math.trunc(x), low), high) : 0;
}

/**
 * How `dtype` stores the number `value`. Floats round. In an integer dtype a whole number wraps; another number is
 * truncated and saturated.
 */
export function encodeElement(dtype: DType, value: number): number {
  if (isHalf(dtype)) return toHalf(dtype, Math.fround(value));
  if (dtype === "bool") return value === 0 ? 0 : 1;
  return dtype === "float32" || Number.isInteger(value) ? value : saturate(value, RANGE[dtype][0], RANGE[dtype][1]);
}

/** The number that an element of `dtype` stands for, as it is stored. */
export function decodeElement(dtype: DType, stored: number): number {
  return isHalf(dtype) ? fromHalf(dtype, stored) : stored;
}

/** The elements of `x` as numbers: float32 for the 16-bit floats, else the storage itself. */
export function numbersOf(x: ArrayData): TypedArray {
  return isHalf(x.dtype) ? castData(x, "float32").storage.data : x.storage.data;
}

/** The float32 elements of `x`, cast where it is not float32. */
export function floatsOf(x: ArrayData): Float32Array {
  return castData(x, "float32").storage.data as Float32Array;
}

/** The number `value` as a scalar of `dtype`. */
export function scalarData(dtype: DType, value: number): ArrayData {
  const data = storageFor(dtype, 1);
  data[0] = encodeElement(dtype, value);
  return arrayData([], dtype, data);
}
