/** Orders by several keys or of the smallest alone, and the intervals that numbers are in. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, sameShape, toAxis } from "../../data/index.ts";
import { zerosLike } from "../creation/arrays.ts";
import { subtract } from "../elementwise/arithmetic.ts";
import { concatenate } from "../manipulation/joining.ts";
import { swapaxes } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { argsort, takeAlongAxis, topK } from "../indexing/selection.ts";
import { searchsorted } from "../indexing/sets.ts";

/**
 * The indices that sort by the last of `keys`, ties by the one before, and so on, int32.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/sorting.py` (`lexsort`).
 * @param keys arrays of one shape, or one array of them along its first axis
 * @param axis default the last
 * @throws ShapeError if there is no key, or their shapes differ
 * @example
 * lexsort([[3, 1, 2], [1, 1, 0]]).tolist() // => [2, 1, 0]
 */
export function lexsort(
  keys: readonly ArrayLike[] | NDArray,
  ...places: Places<[axis: number], { readonly axis?: number }>
): NDArray;
export function lexsort(): NDArray {
  return inOrder(lexsortOf, arguments, 2, "lexsort keys axis");
}

function lexsortOf(keys: readonly ArrayLike[] | NDArray, axis = -1): NDArray {
  const list = Array.isArray(keys)
    ? keys.map((key: ArrayLike, i) => asNDArray(key, `lexsort: "keys[${i}]"`))
    : asNDArray(keys as NDArray, 'lexsort: "keys"').unstack();
  const [first, ...others] = list;
  if (first === undefined || others.some((key) => !sameShape(key.shape, first.shape)))
    throw new ShapeError(
      'lexsort: "keys" expected arrays of one shape, got ' +
        `${list.map((key) => formatShape(key.shape)).join(", ") || "none"}`,
    );
  if (first.ndim === 0) return zerosLike(first, "int32");
  const along = toAxis(axis, first.ndim, 'lexsort: "axis"');
  let order = argsort(first, { axis: along });
  for (const key of others)
    order = takeAlongAxis(order, argsort(takeAlongAxis(key, order, along), { axis: along }), along);
  return order;
}

/** The indices of the `kth + 1` smallest of each line along the last axis, ascending, and those of the others. */
function parts(x: ArrayLike, kth: number, axis: number, fn: string): { from: NDArray; along: number; k: number } {
  const given = asNDArray(x, `${fn}: "x"`);
  const along = toAxis(axis, given.ndim, `${fn}: "axis"`);
  return { from: swapaxes(given, along, -1), along, k: toAxis(kth, given.shape[along]!, `${fn}: "kth"`) };
}

/**
 * `x` with the element at `kth` along an axis where sorting would put it, smaller ones before it, ascending, the others
 * after it, descending.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/sorting.py` (`partition`).
 * @param axis default the last
 * @throws RangeError if there is no such axis or place
 * @example
 * partition([5, 1, 4, 2, 3], 1).tolist() // => [1, 2, 5, 4, 3]
 */
export function partition(
  x: ArrayLike,
  ...places: Given<[kth: number], "kth", [axis: number], { readonly axis?: number }>
): NDArray;
export function partition(): NDArray {
  return inOrder(partitionOf, arguments, 3, "partition a kth axis");
}

function partitionOf(x: ArrayLike, kth: number, axis = -1): NDArray {
  const { from, along, k } = parts(x, kth, axis, "partition");
  const bottom = takeAlongAxis(from, smallest(from, k), -1);
  const [top] = topK(from, from.shape.at(-1)! - k - 1);
  return swapaxes(concatenate([bottom, top], -1), along, -1);
}

/**
 * The indices from which `partition` takes the smaller elements, then the others in their order, int32.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/sorting.py` (`argpartition`).
 * @param axis default the last
 * @throws RangeError if there is no such axis or place
 * @example
 * argpartition([5, 1, 4, 2, 3], 1).tolist() // => [1, 3, 0, 2, 4]
 */
export function argpartition(
  x: ArrayLike,
  ...places: Given<[kth: number], "kth", [axis: number], { readonly axis?: number }>
): NDArray;
export function argpartition(): NDArray {
  return inOrder(argpartitionOf, arguments, 3, "argpartition a kth axis");
}

function argpartitionOf(x: ArrayLike, kth: number, axis = -1): NDArray {
  const { from, along, k } = parts(x, kth, axis, "argpartition");
  const chosen = smallest(from, k);
  const rank = argsort(argsort(from));
  const rest = topK(rank.gt(k).astype("int32"), from.shape.at(-1)! - k - 1)[1];
  return swapaxes(concatenate([chosen, rest], -1), along, -1);
}

/** The indices of the `k + 1` smallest elements along the last axis, ascending. */
function smallest(x: NDArray, k: number): NDArray {
  const all = Array.from({ length: x.ndim - 1 }, () => ":" as const);
  return argsort(x).slice(...all, `0:${k + 1}`);
}

/**
 * The number of the interval between `bins` in which each element of `x` is, int32: i where bins[i - 1] <= x < bins[i].
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`digitize`).
 * @param bins [n], ascending or descending
 * @param options `right`: whether intervals have their upper end instead of the lower. Default false
 * @throws ShapeError if `bins` does not have one axis; TypeError if `right` is not a boolean
 * @example
 * digitize([0.5, 1, 2.5], [1, 2]).tolist() // => [0, 1, 2]
 */
export function digitize(
  x: ArrayLike,
  ...places: Given<[bins: ArrayLike], "bins", [right: boolean], { readonly right?: boolean }>
): NDArray;
export function digitize(): NDArray {
  return inOrder(digitizeOf, arguments, 2, "digitize x bins | right");
}

function digitizeOf(x: ArrayLike, bins: ArrayLike, { right = false }: { readonly right?: boolean } = {}): NDArray {
  if (typeof right !== "boolean") throw new TypeError(`digitize: "right" expected a boolean, got ${describe(right)}`);
  const edges = asNDArray(bins, 'digitize: "bins"');
  if (edges.ndim !== 1)
    throw new ShapeError(`digitize: "bins" expected one axis, got shape ${formatShape(edges.shape)}`);
  if (edges.size === 0) return zerosLike(x, "int32");
  const side = right ? "left" : "right";
  return edges.slice(-1).ge(edges.slice(0)).item() !== 0
    ? searchsorted(edges, x, { side })
    : subtract(edges.size, searchsorted(edges.slice("::-1"), x, { side }));
}
