import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { geluBackData } from "../../data/index.ts";

/** The cotangent of the input of gelu by tanh. */
export const GELU_BACK: Operation<undefined, [ct: ArrayData, x: ArrayData]> = {
  name: "geluBack",
  forward: (_, ct, x) => geluBackData(ct, x),
};

/** `ct` times the derivative of gelu by tanh at `x`. */
export function geluBack(ct: NDArray, x: NDArray): NDArray {
  return apply(GELU_BACK, undefined, ct[DATA], x[DATA]);
}
