/** Functions whose shapes depend on values: the indices of elements that are not 0. */
import type { Given } from "../../base/index.ts";
import { inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { DATA, trueIndices } from "../../data/index.ts";
import { zeros } from "../creation/arrays.ts";
import { stack } from "../manipulation/joining.ts";
import type { EyeOptions } from "../creation/diagonals.ts";
import { tri } from "../creation/diagonals.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

/**
 * The indices where `x` is not 0, row-major. NaN is not 0.
 *
 * @returns an array of indices for each axis, int32
 * @throws ShapeError for a scalar; TypeError for an array that has no values
 * @example
 * nonzero([[0, 3], [4, 0]]).map((places) => places.tolist()) // => [[0, 1], [1, 0]]
 */
export function nonzero(x: ArrayLike): NDArray[] {
  if (arguments.length > 1) refuseSurplus("nonzero", "a", arguments);
  const given = asNDArray(x, 'nonzero: "x"');
  if (given.ndim === 0)
    throw new ShapeError('nonzero: "x" expected at least one axis, got a scalar. atleast1d gives it one');
  return trueIndices(given.ne(0)[DATA]).map((places) => new NDArray(places));
}

/**
 * The indices where `x` is not 0, one row for each element.
 *
 * @returns [count, x.ndim], int32; a scalar other than 0 gives one empty row
 * @throws TypeError for an array that has no values
 * @example
 * argwhere([[0, 3], [4, 0]]).tolist() // => [[0, 1], [1, 0]]
 */
export function argwhere(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("argwhere", "a", arguments);
  const given = asNDArray(x, 'argwhere: "x"');
  return given.ndim === 0 ? zeros([flatnonzero(given).size, 0], "int32") : stack(nonzero(given), 1);
}

/**
 * The indices where the flattened `x` is not 0, int32.
 *
 * @throws TypeError for an array that has no values
 * @example
 * flatnonzero([[0, 3], [4, 0]]).tolist() // => [1, 2]
 */
export function flatnonzero(x: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("flatnonzero", "a", arguments);
  return nonzero(asNDArray(x, 'flatnonzero: "x"').flatten())[0]!;
}

/**
 * The indices on and below diagonal `k` of a matrix [n, m]: rows and columns, int32.
 *
 * @example
 * trilIndices(2).map((places) => places.tolist()) // => [[0, 1, 1], [0, 0, 1]]
 */
export function trilIndices(
  ...places: Given<[n: number], "n", [k: number, m: number | null], Omit<EyeOptions, "dtype">>
): NDArray[];
export function trilIndices(): NDArray[] {
  return inOrder(trilIndicesOf, arguments, 1, "trilIndices n | k m");
}

function trilIndicesOf(n: number, options: Omit<EyeOptions, "dtype"> = {}): NDArray[] {
  return nonzero(tri(n, { ...options, dtype: "bool" }));
}

/**
 * The indices on and above diagonal `k` of a matrix [n, m]: rows and columns, int32.
 *
 * @example
 * triuIndices(2).map((places) => places.tolist()) // => [[0, 0, 1], [0, 1, 1]]
 */
export function triuIndices(
  ...places: Given<[n: number], "n", [k: number, m: number | null], Omit<EyeOptions, "dtype">>
): NDArray[];
export function triuIndices(): NDArray[] {
  return inOrder(triuIndicesOf, arguments, 1, "triuIndices n | k m");
}

function triuIndicesOf(n: number, { m, k = 0 }: Omit<EyeOptions, "dtype"> = {}): NDArray[] {
  return nonzero(tri(n, { ...(m === undefined ? {} : { m }), k: int(k, 'triuIndices: "k"') - 1, dtype: "bool" }).eq(0));
}
