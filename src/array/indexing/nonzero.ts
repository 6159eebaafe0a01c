/** The functions whose shapes depend on values: where elements are not 0. */
import { ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { DATA, truePlaces } from "../../data/index.ts";
import { stack } from "../manipulation/joining.ts";
import type { EyeOptions } from "../creation/diagonals.ts";
import { tri } from "../creation/diagonals.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

/**
 * Where `x` is not 0 (NaN is not), row-major: for every axis an array of places, int32.
 *
 * @throws ShapeError for a scalar; TypeError for an array that has no values
 * @example
 * nonzero([[0, 3], [4, 0]]).map((places) => places.tolist()) // => [[0, 1], [1, 0]]
 */
export function nonzero(x: ArrayLike): NDArray[] {
  const given = asNDArray(x, 'nonzero: "x"');
  if (given.ndim === 0)
    throw new ShapeError('nonzero: "x" expected at least one axis, got a scalar. atleast1d gives it one');
  return truePlaces(given.ne(0)[DATA]).map((places) => new NDArray(places));
}

/**
 * Where `x` is not 0, a row of places for each such element: [count, x.ndim], int32.
 *
 * @throws as `nonzero`
 * @example
 * argwhere([[0, 3], [4, 0]]).tolist() // => [[0, 1], [1, 0]]
 */
export function argwhere(x: ArrayLike): NDArray {
  return stack(nonzero(x), 1);
}

/**
 * Where the elements of `x` in a row are not 0, int32.
 *
 * @throws TypeError for an array that has no values
 * @example
 * flatnonzero([[0, 3], [4, 0]]).tolist() // => [1, 2]
 */
export function flatnonzero(x: ArrayLike): NDArray {
  return nonzero(asNDArray(x, 'flatnonzero: "x"').flatten())[0]!;
}

/**
 * The places on and below diagonal `k` of a matrix [n, m]: rows and columns, int32.
 *
 * @example
 * trilIndices(2).map((places) => places.tolist()) // => [[0, 1, 1], [0, 0, 1]]
 */
export function trilIndices(n: number, options: Omit<EyeOptions, "dtype"> = {}): NDArray[] {
  return nonzero(tri(n, { ...options, dtype: "bool" }));
}

/**
 * The places on and above diagonal `k` of a matrix [n, m]: rows and columns, int32.
 *
 * @example
 * triuIndices(2).map((places) => places.tolist()) // => [[0, 0, 1], [0, 1, 1]]
 */
export function triuIndices(n: number, { m, k = 0 }: Omit<EyeOptions, "dtype"> = {}): NDArray[] {
  return nonzero(tri(n, { ...(m === undefined ? {} : { m }), k: k - 1, dtype: "bool" }).eq(0));
}
