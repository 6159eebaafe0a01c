import type { Given } from "../base/index.ts";
import type { ArrayLike } from "../array/index.ts";
import { DATA, NDArray, toData, toShape, zerosData } from "../array/index.ts";
import { describe, inOrder, int } from "../base/index.ts";
import { axisOf, takeAxis } from "./axis.ts";
import type { KeyLike } from "./key.ts";
import { keyWords } from "./key.ts";
import { shuffle } from "./shuffle.ts";

export interface PermutationOptions {
  /** The axis that is shuffled, default 0; a negative one counts from the end. */
  readonly axis?: number;
  /** Whether every line along the axis is shuffled separately; else whole slices move. */
  readonly independent?: boolean;
}

/**
 * The integers below `x`, or the elements of the array `x`, in random order.
 *
 * Source: JAX 0.10.2 `jax/_src/random/core.py` (`_permutation`, `_shuffle`)
 * @param x a number, cast by `int()`, or an array of at least one axis
 * @returns int32 [x], or an array of `x`'s shape and dtype
 * @throws KeyError if `key` is not a key
 * @throws TypeError if `x` is neither; RangeError if `axis` is not one of its axes; LimitError for more than 2^31 - 1
 * @example
 * permutation(key(42), 8).tolist() // => [7, 4, 2, 5, 3, 6, 0, 1]
 */
export function permutation(
  ...places: Given<[key: KeyLike, x: ArrayLike], "key x", [axis: number, independent: boolean], PermutationOptions>
): NDArray;
export function permutation(): NDArray {
  return inOrder(permutationOf, arguments, 2, "random.permutation key x | axis independent:b");
}

function permutationOf(
  key: KeyLike,
  x: ArrayLike,
  { axis = 0, independent = false }: PermutationOptions = {},
): NDArray {
  const words = keyWords(key, "random.permutation");
  if (typeof x === "number" || typeof x === "bigint") {
    axisOf(axis, 1, "permutation");
    return shuffle(words, arange(x, 'random.permutation: "x"'), 0);
  }
  const given = new NDArray(toData(x, 'random.permutation: "x"'));
  if (given.ndim === 0)
    throw new TypeError(
      `random.permutation: "x" expected a number or an array of at least one axis, got ${describe(x)}`,
    );
  return permuted(words, given, axisOf(axis, given.ndim, "permutation"), independent);
}

/** The integers below `n`, int32; none if `n` is negative. */
export function arange(n: unknown, name: string): NDArray {
  const [size] = toShape([Math.max(0, int(n, name))], name);
  const result = zerosData([size!], "int32");
  const data = result.storage.data;
  for (let i = 0; i < data.length; i++) data[i] = i;
  return new NDArray(result);
}

/** `x` permuted along `axis`: every line separately, or whole slices. */
export function permuted(words: Uint32Array, x: NDArray, axis: number, independent: boolean): NDArray {
  if (independent || x.ndim === 1) return shuffle(words, x, axis);
  const n = x.shape[axis]!;
  const order = shuffle(words, arange(n, "permutation"), 0);
  return takeAxis(x, order[DATA].storage.data as Int32Array, [n], axis);
}
