import { BRAND, describe, hasBrand, LimitError } from "../base/index.ts";
import type { ArrayData } from "./arraydata.ts";
import { arrayData, assertElements, EXPOSED, plainOf, PRIVATE, scalarData } from "./arraydata.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { storageFor } from "./dtype.ts";
import type { Shape } from "./shape.ts";
import { MAX_SIZE, sizeOf } from "./shape.ts";

/** Wrappers, such as an nnx Variable, give their array under this registered symbol, as `__jax_array__` does. */
export const TO_ARRAY: unique symbol = Symbol.for("flaxen.toArray") as never;

/**
 * Arrays, of any copy of the package, have their raw data under this name. A string, because most functions for deep
 * equality look at nothing else.
 */
export const DATA = "~data";

/** Nested arrays of numbers, booleans or bigints, all of one shape. */
export type Nested = number | boolean | bigint | readonly Nested[];

/** Typed arrays that convert: 64-bit types become 32-bit ones, as in JAX with x64 off. */
export type AnyTypedArray = TypedArray | Float64Array | Uint8ClampedArray | BigInt64Array | BigUint64Array;

/** What every array function takes where it takes an array. */
export type ArrayLike =
  { readonly [DATA]: ArrayData } | { readonly [TO_ARRAY]: () => unknown } | AnyTypedArray | Nested;

/**
 * The raw data of anything array-like. Typed arrays and nested arrays are copied; arrays are shared.
 *
 * @param name how errors name the argument, `fn: "x"` by convention
 * @throws TypeError if `x` is not array-like, is ragged, holds something other than numbers, or is detached
 */
export function toData(x: unknown, name: string): ArrayData {
  if (typeof x === "number") return scalarData("float32", x);
  if (typeof x === "object" || typeof x === "function") {
    if (x !== null) {
      // First, because it is the most frequent and the fastest check. Asking a typed array for symbols costs 40 ns
      // (Node 20, 2026-11).
      if (x instanceof Float32Array && x.length > 0) return fromFloats(x);
      if (DATA in x) {
        const raw = (x as { [DATA]: ArrayData })[DATA];
        if (plainOf(raw).storage.access !== PRIVATE) assertElements(plainOf(raw), name);
        return raw;
      }
      if (TO_ARRAY in x) return toData((x as { [TO_ARRAY]: () => unknown })[TO_ARRAY](), name);
      if (hasBrand(x, "NDArray")) return fromForeign(x as never);
      if (ArrayBuffer.isView(x) && !(Object.prototype.toString.call(x) === "[object DataView]"))
        return fromTyped(x as never, name);
      if (Array.isArray(x)) return fromNested(x, name);
    }
  } else if (typeof x === "boolean" || typeof x === "bigint") {
    return fromNested(x, name);
  }
  throw new TypeError(
    `${name} expected an array, a typed array, a number or nested numbers, got ${describe(x)}${hint(x)}`,
  );
}

/**
 * Like `toData`, for a function that reads `x` before it returns and keeps nothing of it: a Float32Array is not copied.
 */
export function viewData(x: unknown, name: string): ArrayData {
  return x instanceof Float32Array && x.length > 0
    ? { shape: [x.length], dtype: "float32", storage: { data: x, access: EXPOSED } }
    : toData(x, name);
}

/** The raw data of an operand, or the number itself: a bare number or bigint is weak. */
export function toOperand(x: unknown, name: string): ArrayData | number {
  if (typeof x === "number") return x;
  return typeof x === "bigint" ? Number(x) : toData(x, name);
}

function hint(x: unknown): string {
  const brand = x === null || x === undefined ? undefined : (x as { [BRAND]?: string })[BRAND];
  if (brand === "Key") return ". random.keyData(key) gives a key's words as an array";
  if (brand === "Module") return ". Call the module, or pass one of its params";
  return "";
}

/** An array of another copy of the package. Only its public members are known, and its `data` is not ours to share. */
function fromForeign(x: { shape: Shape; dtype: DType; data: TypedArray }): ArrayData {
  return arrayData([...x.shape], x.dtype, x.data.slice());
}

const TYPED_DTYPES: Record<string, DType> = {
  Float32Array: "float32",
  Float64Array: "float32",
  Int32Array: "int32",
  Int16Array: "int16",
  Int8Array: "int8",
  BigInt64Array: "int32",
  BigUint64Array: "uint32",
  Uint32Array: "uint32",
  Uint16Array: "uint16",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
};

/** Up to this many elements a loop copies faster than `set` (Node 20, 2026-11). */
const TINY = 16;

function fromFloats(x: Float32Array): ArrayData {
  const n = x.length;
  const data = new Float32Array(n);
  if (n <= TINY) for (let i = 0; i < n; i++) data[i] = x[i]!;
  else data.set(x);
  return arrayData([n], "float32", data);
}

function fromTyped(x: AnyTypedArray, name: string): ArrayData {
  const kind = x[Symbol.toStringTag] as string;
  const dtype = Object.hasOwn(TYPED_DTYPES, kind) ? TYPED_DTYPES[kind]! : undefined;
  if (dtype === undefined) throw new TypeError(`${name} expected a typed array of a known type, got ${kind}`);
  if (x.length === 0) assertAttached(x, name);
  const data = storageFor(dtype, x.length);
  if (kind === "BigInt64Array" || kind === "BigUint64Array") {
    for (let i = 0; i < x.length; i++) data[i] = Number(BigInt.asUintN(32, x[i] as bigint));
  } else {
    data.set(x as Exclude<AnyTypedArray, BigInt64Array | BigUint64Array>);
  }
  return arrayData([x.length], dtype, data);
}

/** Throws if the buffer of `x` is detached. A detached buffer looks empty; only making a view shows it. */
function assertAttached(x: AnyTypedArray, name: string): void {
  try {
    // oxlint-disable-next-line no-new -- the attempt is the test
    new Uint8Array(x.buffer);
  } catch (cause) {
    throw new TypeError(
      `${name} expected a usable typed array, got one whose buffer is detached (transferred to another thread)`,
      { cause },
    );
  }
}

function fromNested(x: Nested, name: string): ArrayData {
  const shape: number[] = [];
  let first: unknown = x;
  while (Array.isArray(first)) {
    shape.push(first.length);
    first = first[0];
  }
  const size = sizeOf(shape);
  if (size > MAX_SIZE) throw new LimitError(`${name} expected at most ${MAX_SIZE} elements, got ${size}`);
  const dtype = typeof first === "number" ? "float32" : nestedDType(x);
  const data = storageFor(dtype, size);
  let at = 0;
  const fill = (part: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(part) || part.length !== shape[depth]) throw ragged(part, depth, shape, name);
      for (const item of part) fill(item, depth + 1);
      return;
    }
    if (Array.isArray(part)) throw ragged(part, depth, shape, name);
    data[at++] = element(part, dtype, name);
  };
  fill(x, 0);
  return arrayData(shape, dtype, data);
}

/** A number anywhere makes all of a list floats. */
function nestedDType(x: Nested): DType {
  const kind = Object.keys(ELEMENT_DTYPES).find((type) => holds(x, type));
  return ELEMENT_DTYPES[kind!] ?? "float32";
}

function holds(x: unknown, type: string): boolean {
  return Array.isArray(x) ? x.some((item) => holds(item, type)) : typeof x === type;
}

/** A JavaScript number is a float. Bigints and integer typed arrays are integers. The first that a list has counts. */
const ELEMENT_DTYPES: Record<string, DType> = { number: "float32", bigint: "int32", boolean: "bool" };

function element(x: unknown, dtype: DType, name: string): number {
  if (typeof x === "number") return x;
  if (typeof x === "boolean") return x ? 1 : 0;
  if (typeof x === "bigint") return dtype === "float32" ? Number(x) : Number(BigInt.asIntN(32, x));
  throw new TypeError(`${name} expected numbers inside the array, got ${describe(x)}`);
}

function ragged(part: unknown, depth: number, shape: Shape, name: string): TypeError {
  const want = depth < shape.length ? `an array of length ${shape[depth]}` : "a number";
  return new TypeError(`${name} expected nested arrays of one shape: at depth ${depth} ${want}, got ${describe(part)}`);
}
