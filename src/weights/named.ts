import type { NDArray } from "../array/index.ts";
import { describe, hasBrand } from "../base/index.ts";
import { assertConcrete, castData, DATA, isFloat, TO_ARRAY, toData } from "../data/index.ts";
import type { AnyTypedArray, ArrayData, DType } from "../data/index.ts";
import type { NamedData } from "./encoded.ts";
import { fileDType } from "./encoded.ts";
import type { TensorInfo } from "./file.ts";

/** An array that is saved: an NDArray or Variable, or a typed array, which is flat. */
export type Saveable = NDArray | { readonly [TO_ARRAY]: () => unknown } | AnyTypedArray;

/** Arrays by name: a Map, pairs, or an object, which may nest; names inside it are joined by dots. */
export type NamedArrays = Iterable<readonly [name: string, array: Saveable]> | SaveableTree;

export interface SaveableTree {
  readonly [name: string]: Saveable | SaveableTree;
}

export interface NamingOptions {
  /** The dtype to cast floats to; integers and bools stay. */
  readonly dtype?: DType | undefined;
  /** Which arrays to save; the others are told to `onLeftOut`. */
  readonly only?: ((name: string, info: TensorInfo) => boolean) | undefined;
  /** Told the names of the arrays that `only` left out. */
  readonly onLeftOut?: ((names: string[]) => void) | undefined;
}

/**
 * The arrays of `weights` that are saved, cast.
 *
 * @throws TypeError if something is no array, has no values, or `dtype` is no float
 * @throws RangeError if a name comes twice or is no text
 */
export function toNamedData(weights: NamedArrays, options: NamingOptions, fn: string): NamedData[] {
  const { dtype, only, onLeftOut } = options;
  if (dtype !== undefined && !isFloat(dtype))
    throw new TypeError(`${fn}: "dtype" expected float32, bfloat16 or float16, got ${describe(dtype)}`);
  const named = new Map<string, ArrayData>();
  const leftOut = new Set<string>();
  for (const [name, value] of entriesOf(weights, fn)) {
    if (/\p{Surrogate}/u.test(name))
      throw new RangeError(`${fn}: expected names without halves of surrogate pairs, got ${describe(name)}`);
    if (named.has(name) || leftOut.has(name))
      throw new RangeError(`${fn}: expected every name once, got ${describe(name)} again`);
    const data = toData(value, `${fn}: weights[${describe(name)}]`);
    assertConcrete(data);
    const saved = dtype !== undefined && isFloat(data.dtype) ? castData(data, dtype) : data;
    if (only === undefined || only(name, infoOf(saved))) named.set(name, saved);
    else leftOut.add(name);
  }
  if (leftOut.size > 0) onLeftOut?.([...leftOut]);
  return [...named];
}

function infoOf({ dtype, shape, storage }: ArrayData): TensorInfo {
  return { dtype: fileDType(dtype), shape: [...shape], bytes: storage.data.byteLength };
}

function* entriesOf(weights: NamedArrays, fn: string): Generator<readonly [string, unknown]> {
  const expected = "expected a Map or object of arrays by name";
  if (weights === null || typeof weights !== "object" || isArrayLike(weights))
    throw new TypeError(`${fn}: "weights" ${expected}, got ${describe(weights)}`);
  if (!(Symbol.iterator in weights)) return yield* leavesOf(weights as SaveableTree, "", fn);
  for (const pair of weights as Iterable<readonly [string, unknown]>) {
    if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== "string")
      throw new TypeError(`${fn}: "weights" ${expected}, got ${describe(pair)} among its entries`);
    const [name, value] = pair as [string, unknown];
    if (!isArrayLike(value)) throw leafError(name, value, fn);
    yield [name, value];
  }
}

function* leavesOf(tree: SaveableTree, path: string, fn: string): Generator<readonly [string, unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    const name = path === "" ? key : `${path}.${key}`;
    if (isArrayLike(value)) yield [name, value];
    else if (isPlainObject(value)) yield* leavesOf(value, name, fn);
    else throw leafError(name, value, fn);
  }
}

function isPlainObject(x: unknown): x is SaveableTree {
  if (x === null || typeof x !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(x);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isArrayLike(x: unknown): x is Saveable {
  if ((typeof x !== "object" && typeof x !== "function") || x === null) return false;
  return DATA in x || TO_ARRAY in x || ArrayBuffer.isView(x) || hasBrand(x, "NDArray");
}

function leafError(name: string, value: unknown, fn: string): TypeError {
  const fix = typeof value === "number" || Array.isArray(value) ? ". Make an array of it: jnp.array(x, dtype)" : "";
  return new TypeError(`${fn}: weights[${describe(name)}] expected an array, got ${describe(value)}${fix}`);
}
