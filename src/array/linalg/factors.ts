/** Cholesky factors, determinants, powers and products of matrices. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { DATA, formatShape } from "../../data/index.ts";
import { eye } from "../creation/diagonals.ts";
import { broadcastTo, swapaxes } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray } from "../ndarray.ts";
import { squaresOf } from "./matrices.ts";
import { CHOLESKY, DETERMINANT, DETERMINANT_SIGN, LOG_DETERMINANT } from "./operations.ts";
import { inv } from "./solve.ts";

/**
 * The lower L of A = L L^T, in double precision, rounded once; NaN where A is not positive definite.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`cholesky`), up to rounding.
 * @param a [..., n, n], taken for symmetric: the mean of A and its transpose is read unless `symmetrizeInput` is false
 * @param options `upper`: whether to give the transpose of L. Default false
 * @throws ShapeError if it is not square
 * @example
 * linalg.cholesky([[4, 2], [2, 5]]).tolist() // => [[2, 0], [1, 2]]
 */
export function cholesky(
  a: ArrayLike,
  ...places: Places<[], { readonly upper?: boolean; readonly symmetrizeInput?: boolean }>
): NDArray;
export function cholesky(): NDArray {
  return inOrder(choleskyOf, arguments, 1, "linalg.cholesky a | * upper:b symmetrizeInput:b");
}

function choleskyOf(
  a: ArrayLike,
  { upper = false, symmetrizeInput = true }: { readonly upper?: boolean; readonly symmetrizeInput?: boolean } = {},
): NDArray {
  const given = squaresOf(a, "linalg.cholesky");
  const even = symmetrizeInput ? given.add(swapaxes(given, -1, -2)).mul(0.5) : given;
  const lower = apply(CHOLESKY, undefined, even[DATA]);
  return upper ? swapaxes(lower, -1, -2) : lower;
}

/**
 * The determinants of matrices, in double precision, rounded once.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`det`), up to rounding.
 * @param a [..., n, n]
 * @throws ShapeError if it is not square
 * @example
 * linalg.det([[1, 2], [3, 4]]).item() // => -2
 */
export function det(a: ArrayLike): NDArray {
  if (arguments.length > 1) refuseSurplus("linalg.det", "a", arguments);
  return apply(DETERMINANT, undefined, squaresOf(a, "linalg.det")[DATA]);
}

/**
 * The signs of the determinants of matrices, and the logarithms of their absolute values.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`slogdet`), up to rounding.
 * @param a [..., n, n]
 * @throws ShapeError if it is not square
 * @example
 * linalg.slogdet([[0, 1], [1, 0]]).sign.item() // => -1
 */
export function slogdet(a: ArrayLike): { readonly sign: NDArray; readonly logabsdet: NDArray } {
  if (arguments.length > 1) refuseSurplus("linalg.slogdet", "a", arguments);
  const given = squaresOf(a, "linalg.slogdet")[DATA];
  return {
    sign: apply(DETERMINANT_SIGN, undefined, given),
    logabsdet: apply(LOG_DETERMINANT, undefined, given),
  };
}

/**
 * Matrices to the power `n`, by repeated squaring; of the inverses for a negative one.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`matrix_power`).
 * @param a [..., m, m]
 * @throws ShapeError if it is not square
 * @example
 * linalg.matrixPower([[1, 1], [0, 1]], 5).tolist() // => [[1, 5], [0, 1]]
 */
export function matrixPower(a: ArrayLike, ...places: Given<[n: number], "n">): NDArray;
export function matrixPower(): NDArray {
  return inOrder(matrixPowerOf, arguments, 2, "linalg.matrixPower a n");
}

function matrixPowerOf(a: ArrayLike, n: number): NDArray {
  const exponent = int(n, 'linalg.matrixPower: "n"');
  const floats = squaresOf(a, "linalg.matrixPower");
  const given = exponent < 0 ? floats : asNDArray(a, "linalg.matrixPower");
  if (exponent === 0) return broadcastTo(eye(given.shape.at(-1)!, { dtype: given.dtype }), given.shape);
  let base = exponent < 0 ? inv(given) : given;
  let out: NDArray | undefined;
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) out = out === undefined ? base : out.matmul(base);
    if (left > 1) base = base.matmul(base);
  }
  return out!;
}

/**
 * The product of several matrices, from the left to the right. The first and the last may be vectors.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`multi_dot`), whose order is that of the least work.
 * @throws RangeError for fewer than two; ShapeError if they do not fit
 * @example
 * linalg.multiDot([[[1, 2]], [[1], [1]], [[5]]]).tolist() // => [[15]]
 */
export function multiDot(arrays: readonly ArrayLike[]): NDArray {
  if (arguments.length > 1) refuseSurplus("linalg.multiDot", "arrays", arguments);
  if (!Array.isArray(arrays) || arrays.length < 2)
    throw new RangeError(`linalg.multiDot: "arrays" expected at least two, got ${describe(arrays)}`);
  const parts = (arrays as readonly ArrayLike[]).map((x, i) => {
    const part = asNDArray(x, `linalg.multiDot: "arrays[${i}]"`);
    const isEnd = i === 0 || i === arrays.length - 1;
    if (part.ndim !== 2 && !(isEnd && part.ndim === 1))
      throw new ShapeError(
        `linalg.multiDot: "arrays[${i}]" expected a matrix${isEnd ? " or a vector" : ""}, ` +
          `got shape ${formatShape(part.shape)}`,
      );
    return part;
  });
  return parts.reduce((product, part) => product.matmul(part));
}
