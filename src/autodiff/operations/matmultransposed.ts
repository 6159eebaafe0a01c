import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { matmulTransposedData } from "../../data/index.ts";

/** A matrix product with the second factor transposed: the gradient of what a weight matrix multiplies. */
export const MATMUL_TRANSPOSED: Operation<undefined, [x: ArrayData, w: ArrayData]> = {
  name: "matmulTransposed",
  forward: (_, x, w) => matmulTransposedData(x, w),
};

/** `x` [...batch, rows, n] times `w` [...batch, m, n] transposed, with the bits of the matrix product. */
export function matmulTransposed(x: NDArray, w: NDArray): NDArray {
  return apply(MATMUL_TRANSPOSED, undefined, x[DATA], w[DATA]);
}
