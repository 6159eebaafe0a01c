/** Systems of equations and inverses. */
import type { Given } from "../../base/index.ts";
import { inOrder, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { broadcastShapes, DATA, formatShape } from "../../data/index.ts";
import { eye } from "../creation/diagonals.ts";
import { floatingPair } from "../elementwise/elementary.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { apply } from "../ndarray.ts";
import { matricesOf, squaresOf } from "./matrices.ts";
import { SOLVE } from "./operations.ts";
import { qr } from "./qr.ts";

/**
 * X of A X = B by Gauss's elimination with partial pivoting, in double precision, rounded once. Infinite or NaN where
 * A is singular.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`solve`), up to rounding.
 * @param a [..., n, n]
 * @param b [n], or [..., n, k]
 * @returns in the shape of `b`, with the batch of both
 * @throws ShapeError if `a` is not square or the sizes differ
 * @example
 * linalg.solve([[2, 0], [0, 4]], [2, 2]).tolist() // => [1, 0.5]
 */
export function solve(a: ArrayLike, ...places: Given<[b: ArrayLike], "b">): NDArray;
export function solve(): NDArray {
  return inOrder(solveOf, arguments, 2, "linalg.solve a b");
}

function solveOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [given, right] = floatingPair(a, b, "linalg.solve");
  const left = squaresOf(given, "linalg.solve");
  const n = left.shape.at(-1)!;
  const isVector = right.ndim === 1;
  const columns = isVector ? right.reshape([-1, 1]) : right;
  if (columns.ndim < 2 || columns.shape.at(-2) !== n)
    throw new ShapeError(`linalg.solve: "b" expected shape [${n}] or [..., ${n}, k], got ${formatShape(right.shape)}`);
  const batch = broadcastShapes(left.shape.slice(0, -2), columns.shape.slice(0, -2), "linalg.solve");
  const found = apply(
    SOLVE,
    undefined,
    broadcastTo(left, [...batch, n, n])[DATA],
    broadcastTo(columns, [...batch, n, columns.shape.at(-1)!])[DATA],
  );
  return isVector ? found.squeeze(-1) : found;
}

/**
 * The inverses of matrices, as `solve` finds them.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`inv`), up to rounding.
 * @param a [..., n, n]
 * @throws ShapeError if it is not square
 * @example
 * linalg.inv([[2, 0], [0, 4]]).tolist() // => [[0.5, 0], [0, 0.25]]
 */
export function inv(a: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("linalg.inv", "a", arguments);
  const given = squaresOf(a, "linalg.inv");
  return solve(given, eye(given.shape.at(-1)!, { dtype: given.dtype }));
}

/** X with the least sum of squares of A X - B, for `a` [m, n] of full rank, m at least n. */
export function leastSquares(a: NDArray, b: NDArray): NDArray {
  const [q, r] = qr(matricesOf(a, "leastSquares"));
  return solve(r, q.mT.matmul(b));
}
