import type { Given, Places } from "../base/index.ts";
import type { ArrayLike, NDArray, Shape, ShapeLike } from "../array/index.ts";
import { asarray, sizeOf, toShape } from "../array/index.ts";
import { kernels } from "../backend/index.ts";
import { describe, hasBrand, inOrder, int, KeyError, LimitError, refuseSurplus } from "../base/index.ts";
import { splitWords } from "./draw.ts";
import type { KeyLike } from "./key.ts";
import { anyKeyWords, Key, keyWords } from "./key.ts";
import { seedWords } from "./seed.ts";

/**
 * The key of a seed: the words 0 and the low 32 bits of the seed.
 *
 * Source: JAX 0.10.2 `jax/_src/random/threefry2x32.py` (`_threefry_seed`), x64 off.
 * @param seed a number, cast by `int()`; a bigint from -2^63 to 2^63 - 1; or a boolean
 * @throws TypeError if `seed` is something else
 * @throws RangeError if it is not finite or needs more than 64 bits
 * @example
 * key(42).words // => Uint32Array.of(0, 42)
 * key(-1).words // => Uint32Array.of(0, 4294967295)
 */
export function key(
  ...places: Given<[seed: number | bigint | boolean], "seed", [], { readonly impl?: "threefry2x32" | null }>
): Key;
export function key(): Key {
  return inOrder(keyOf, arguments, 1, "random.key seed * impl:t");
}

function keyOf(seed: number | bigint | boolean): Key {
  return new Key(seedWords(seed, 'random.key: "seed"'), []);
}

/**
 * The key of a seed as bare words, uint32 [2]: JAX's old form. Every sampler takes it; `split`, `foldIn` and `clone`
 * give bare words for bare words.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`PRNGKey`)
 * @throws TypeError, RangeError as `key`
 * @example
 * PRNGKey(42).tolist() // => [0, 42]
 */
export function PRNGKey(
  ...places: Given<[seed: number | bigint | boolean], "seed", [], { readonly impl?: "threefry2x32" | null }>
): NDArray;
export function PRNGKey(): NDArray {
  return inOrder(PRNGKeyOf, arguments, 1, "random.PRNGKey seed * impl:t");
}

function PRNGKeyOf(seed: number | bigint | boolean): NDArray {
  return bareWords(seedWords(seed, 'random.PRNGKey: "seed"'), []);
}

function bareWords(words: Uint32Array, shape: Shape): NDArray {
  return asarray(words).reshape([...shape, 2]);
}

/** New keys in the form of the key they come from: typed, or bare words. */
function likeKey(like: KeyLike, words: Uint32Array, shape: Shape): Key | NDArray {
  return hasBrand(like, "NDArray") ? bareWords(words, shape) : new Key(words, shape);
}

/**
 * The words of a key or of an array of keys, uint32 [...shape, 2].
 *
 * @throws KeyError if `keys` is not a key
 * @example
 * keyData(key(7)).tolist() // => [0, 7]
 */
export function keyData(keys: KeyLike): NDArray {
  if (arguments.length > 1) refuseSurplus("random.keyData", "keys", arguments);
  const { words, shape } = anyKeyWords(keys, "random.keyData");
  return bareWords(words.slice(), shape);
}

/**
 * Keys from their words.
 *
 * @param words uint32 [..., 2]: an array, a Uint32Array, or numbers that are integers from 0 to 2^32 - 1
 * @throws KeyError if the last size is not 2, the dtype is not uint32, or a number is not a uint32
 * @example
 * wrapKeyData([0, 7]).equals(key(7)) // => true
 */
export function wrapKeyData(words: ArrayLike, ...places: Places<[], { readonly impl?: "threefry2x32" | null }>): Key;
export function wrapKeyData(): Key {
  return inOrder(wrapKeyDataOf, arguments, 1, "random.wrapKeyData keyBitsArray * impl:t");
}

function wrapKeyDataOf(words: ArrayLike): Key {
  const data = Array.isArray(words) ? uint32Numbers(words) : asarray(words);
  const last = data.shape[data.ndim - 1];
  if (data.dtype !== "uint32" || last !== 2)
    throw new KeyError(`random.wrapKeyData: "words" expected uint32 of shape [..., 2], got ${describe(data)}`);
  return new Key(data.data.slice() as Uint32Array, data.shape.slice(0, -1));
}

function uint32Numbers(words: readonly unknown[]): NDArray {
  const flat = words.flat(Infinity);
  const bad = flat.find((w) => typeof w !== "number" || !Number.isInteger(w) || w < 0 || w >= 2 ** 32);
  if (bad !== undefined)
    throw new KeyError(`random.wrapKeyData: "words" expected integers from 0 to 2^32 - 1, got ${describe(bad)}`);
  return asarray(Uint32Array.from(flat as number[])).reshape(asarray(words as ArrayLike).shape);
}

/**
 * Independent keys from one key; the key itself should not be used again.
 *
 * Source: JAX 0.10.2 `threefry2x32.py` (`_threefry_split_foldlike`; `_threefry_split_original` with
 * `config.threefryPartitionable` false).
 * @param num how many, default 2, or the shape of an array of keys
 * @returns keys of shape [num]; for bare words, uint32 [num, 2]
 * @throws KeyError if `key` is not a key
 * @throws RangeError if a size is negative; LimitError at 2^30 keys
 * @example
 * const [a, b] = split(key(0));
 * a.words // => Uint32Array.of(1797259609, 2579123966)
 */
export function split(key: Key, num?: ShapeLike | { readonly num?: ShapeLike }): Key;
export function split<K extends KeyLike>(named: { readonly key: K; readonly num?: ShapeLike }): K;
export function split(key: NDArray, num?: ShapeLike | { readonly num?: ShapeLike }): NDArray;
export function split(key: KeyLike, num?: ShapeLike | { readonly num?: ShapeLike }): Key | NDArray;
export function split(): Key | NDArray {
  return inOrder(splitOf, arguments, 2, "random.split key num");
}

function splitOf(key: KeyLike, num: ShapeLike = 2): Key | NDArray {
  const parent = keyWords(key, "random.split");
  const shape = toShape(num, 'random.split: "num"');
  const size = sizeOf(shape);
  if (size >= 2 ** 30) throw new LimitError(`random.split: "num" expected fewer than 2^30 keys, got ${size}`);
  return likeKey(key, splitWords(parent, size), shape);
}

/** The number of `foldIn` by name. */
interface NamedData {
  readonly data: number;
}

/**
 * A new key from a key and a number, such as a step or a layer's index.
 *
 * Source: JAX 0.10.2 `threefry2x32.py` (`threefry_fold_in`).
 * @param data a number from 0 to 2^32 - 1, cast by `int()`
 * @throws KeyError if `key` is not a key
 * @throws RangeError if `data` is outside 0 .. 2^32 - 1 or not finite; TypeError if it is not a number
 * @example
 * foldIn(key(0), 1).equals(split(key(0)).at(1)) // => true
 */
export function foldIn(key: Key, data: number | NamedData): Key;
export function foldIn<K extends KeyLike>(named: { readonly key: K } & NamedData): K;
export function foldIn(key: NDArray, data: number | NamedData): NDArray;
export function foldIn(key: KeyLike, data: number | NamedData): Key | NDArray;
export function foldIn(): Key | NDArray {
  return inOrder(foldInOf, arguments, 2, "random.foldIn key data");
}

function foldInOf(key: KeyLike, data: number): Key | NDArray {
  const parent = keyWords(key, "random.foldIn");
  const n = int(data, 'random.foldIn: "data"');
  if (n < 0 || n >= 2 ** 32)
    throw new RangeError(`random.foldIn: "data" expected an integer from 0 to 2^32 - 1, got ${describe(data)}`);
  const words = new Uint32Array(2);
  kernels().bits64(parent[0]!, parent[1]!, n, words);
  return likeKey(key, words, []);
}

/**
 * The same key. It exists for code ported from JAX, where it tells the key checker that reuse is intended.
 *
 * @throws KeyError if `key` is not a key
 * @example
 * clone(key(3)).equals(key(3)) // => true
 */
export function clone(key: Key): Key;
export function clone(key: NDArray): NDArray;
export function clone(key: KeyLike): Key | NDArray {
  if (arguments.length > 1) refuseSurplus("random.clone", "key", arguments);
  const { words, shape } = anyKeyWords(key, "random.clone");
  return likeKey(key, words.slice(), shape);
}
