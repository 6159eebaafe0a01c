import { flush, LimitError, shapesOnly, UNCLONEABLE } from "../base/index.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { isHalf, RANGE, storageFor } from "./dtype.ts";
import { fromHalf, narrow, toHalf, widen } from "./half.ts";
import type { Shape } from "./shape.ts";
import { formatShape, MAX_SIZE, sizeOf } from "./shape.ts";

/**
 * The elements of one or more arrays. `access` is `PRIVATE` until a caller gets hold of `data`: from then on its
 * contents may change at any time, so no backend may keep a prepared copy of it, and its buffer may be detached.
 */
export interface Storage {
  readonly data: TypedArray;
  access: Access;
}

/**
 * Who can get at elements. Objects, not a boolean: deep equality takes the two for equal, and the symbol inside makes
 * `structuredClone` fail and say what to send, which would lose what is no plain data.
 */
export type Access = typeof PRIVATE;

/** Only arrays have the elements. */
export const PRIVATE: { readonly uncloneable: symbol } = Object.freeze({ uncloneable: UNCLONEABLE });

/** Only arrays have the elements, and attention has read them as keys or values before. */
export const ATTENDED: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** The elements were handed out. */
export const EXPOSED: Access = Object.freeze({ uncloneable: UNCLONEABLE });

/** Whether nobody can write to elements, so that a backend may keep a prepared copy of them. */
export function isImmutable({ access }: Storage): boolean {
  return access === PRIVATE || access === ATTENDED;
}

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
 * Stops a use of elements that were sent away. Only those that were handed out can have been.
 *
 * @param fn what uses them, for the message
 * @throws TypeError if the buffer of `x` was detached
 */
export function assertElements(x: ArrayData, fn: string): void {
  if (x.storage.access !== PRIVATE && x.storage.data.length === 0 && sizeOf(x.shape) !== 0) throw detachedError(x, fn);
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
  return { shape, dtype, storage: { data, access: PRIVATE } };
}

/**
 * An array of zeros.
 *
 * @throws LimitError if there are more than 2^31 - 1 elements, or the engine cannot allocate them
 */
export function zerosData(shape: Shape, dtype: DType): ArrayData {
  return arrayData(shape, dtype, allocate(shape, dtype));
}

function allocate(shape: Shape, dtype: DType): TypedArray {
  if (shapesOnly.on) return storageFor(dtype, 0);
  const size = sizeOf(shape);
  if (size > MAX_SIZE)
    throw new LimitError(`expected at most ${MAX_SIZE} elements, got ${dtype}${formatShape(shape)} = ${size}`);
  try {
    return storageFor(dtype, size);
  } catch (cause) {
    throw new LimitError(`cannot allocate ${dtype}${formatShape(shape)}`, { cause });
  }
}

/** `x` in another dtype; itself where nothing changes. */
export function castData(x: ArrayData, dtype: DType): ArrayData {
  if (x.dtype === dtype) return x;
  if (isHalf(x.dtype) && dtype !== "bool") {
    const wide = allocate(x.shape, "float32") as Float32Array;
    widen(x.dtype, x.storage.data as Uint16Array, wide);
    return castData(arrayData(x.shape, "float32", wide), dtype);
  }
  const from = x.storage.data;
  const to = allocate(x.shape, dtype);
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
  return arrayData(x.shape, dtype, to);
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
