import type { NDArray } from "../array/index.ts";
import { describe, hasBrand } from "../base/index.ts";
import { assertConcrete, castData, DATA, isFloat, keep, plainOf, TO_ARRAY, toData } from "../data/index.ts";
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
 * @throws TypeError if something is not an array, has no values, or `dtype` is not a float
 * @throws RangeError if a name comes twice or is not a string
 */
export function toNamedData(weights: NamedArrays, options: NamingOptions, fn: string): NamedData[] {
  const { dtype, only = () => true, onLeftOut } = options;
  if (dtype !== undefined && !isFloat(dtype))
    throw new TypeError(`${fn}: "dtype" expected float32, bfloat16 or float16, got ${describe(dtype)}`);
  const named = new Map<string, ArrayData | undefined>();
  for (const [name, value] of entriesOf(weights, fn)) {
    if (isBroken(name)) throw brokenError(name, fn);
    if (named.has(name)) throw new RangeError(`${fn}: expected every name once, got ${describe(name)} again`);
    const data = toData(value, `${fn}: ${describe(name)}`);
    assertConcrete(data);
    const saved = dtype !== undefined && isFloat(data.dtype) ? castData(data, dtype) : data;
    // Files are written later than a function under nnx.jit ends.
    keep(plainOf(saved).storage);
    named.set(name, only(name, infoOf(saved)) ? saved : undefined);
  }
  const kept = [...named].filter((entry): entry is [string, ArrayData] => entry[1] !== undefined);
  if (kept.length < named.size) onLeftOut?.([...named.keys()].filter((name) => named.get(name) === undefined));
  return kept;
}

function infoOf({ dtype, shape, storage }: ArrayData): TensorInfo {
  return { dtype: fileDType(dtype), shape: [...shape], bytes: storage.data.byteLength };
}

function* entriesOf(weights: NamedArrays, fn: string): Generator<readonly [string, unknown]> {
  if (isArray(weights) || !isObject(weights))
    throw new TypeError(`${fn}: "weights" expected a Map or object of arrays by name, got ${describe(weights)}`);
  if (!(Symbol.iterator in weights)) return yield* leavesOf(weights as SaveableTree, "", fn);
  for (const pair of weights as Iterable<unknown>) {
    if (!Array.isArray(pair))
      throw new TypeError(`${fn}: "weights" expected pairs of names and arrays, got ${describe(pair)}`);
    const [name, value] = pair as readonly unknown[];
    if (typeof name !== "string" || !isArray(value)) throw leafError(name, value, fn);
    yield [name, value];
  }
}

function* leavesOf(tree: SaveableTree, path: string, fn: string): Generator<readonly [string, unknown]> {
  for (const [key, value] of Object.entries(tree)) {
    if (isArray(value)) yield [path + key, value];
    else if (isObject(value) && !Array.isArray(value) && !hasBrand(value, "State"))
      yield* leavesOf(value, `${path}${key}.`, fn);
    else throw leafError(path + key, value, fn);
  }
}

function isObject(x: unknown): x is SaveableTree {
  return typeof x === "object" && x !== null;
}

/** What is an array already: a number or list would need a dtype. */
function isArray(x: unknown): x is Saveable {
  return isObject(x) && (DATA in x || TO_ARRAY in x || ArrayBuffer.isView(x) || hasBrand(x, "NDArray"));
}

function leafError(name: unknown, value: unknown, fn: string): TypeError {
  return new TypeError(
    `${fn}: ${describe(name)} expected an array, such as jnp.array(x, dtype), got ${describe(value)}`,
  );
}

/** Whether a text has half a surrogate pair, which UTF-8 cannot say. */
export function isBroken(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

export function brokenError(text: string, fn: string): RangeError {
  return new RangeError(`${fn}: expected whole surrogate pairs, got ${describe(text)}`);
}
