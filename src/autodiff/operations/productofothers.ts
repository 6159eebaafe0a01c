import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { productOfOthersData } from "../../data/index.ts";

/** For each element along an axis the product of all others. */
export const PRODUCT_OF_OTHERS: Operation<number, [x: ArrayData]> = {
  name: "productOfOthers",
  forward: productOfOthersData,
};

/** For each element of `x` the product of all others along `axis`. */
export function productOfOthers(x: NDArray, axis: number): NDArray {
  return apply(PRODUCT_OF_OTHERS, axis, x[DATA]);
}
