import type { NDArray } from "../../array/index.ts";
import { apply, DATA, I0, I1 } from "../../array/index.ts";

/** The modified Bessel function of order 0. */
export function i0(x: NDArray): NDArray {
  return apply(I0, undefined, x[DATA]);
}

/** The modified Bessel function of order 1, the derivative of that of order 0. */
export function i1(x: NDArray): NDArray {
  return apply(I1, undefined, x[DATA]);
}
