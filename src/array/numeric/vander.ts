/** Vandermonde matrices. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape } from "../../data/index.ts";
import { arange } from "../creation/ranges.ts";
import { power, subtract } from "../elementwise/arithmetic.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

/** The options of `vander`. */
export interface VanderOptions {
  /** How many powers. Default the size of `x`. */
  readonly N?: number | null;
  /** From 0 up. Default false. */
  readonly increasing?: boolean;
}

/**
 * The powers of each element of `x` [m] as a row [m, n], from the highest to 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`vander`).
 * @throws ShapeError if `x` does not have one axis; RangeError for a negative `N`
 * @example
 * vander([2, 3], { N: 3 }).tolist() // => [[4, 2, 1], [9, 3, 1]]
 */
export function vander(x: ArrayLike, ...places: Places<[N: number, increasing: boolean], VanderOptions>): NDArray;
export function vander(): NDArray {
  return inOrder(vanderOf, arguments, 1, "vander x | N increasing:b");
}

function vanderOf(x: ArrayLike, { N, increasing = false }: VanderOptions = {}): NDArray {
  const given = asNDArray(x, 'vander: "x"');
  if (given.ndim !== 1) throw new ShapeError(`vander: "x" expected one axis, got shape ${formatShape(given.shape)}`);
  const n = int(N ?? given.size, 'vander: "N"');
  if (n < 0) throw new RangeError(`vander: "N" expected at least 0, got ${describe(N)}`);
  const up = arange(n).astype(given.dtype);
  return power(given.reshape([-1, 1]), increasing ? up : subtract(n - 1, up).astype(given.dtype));
}
