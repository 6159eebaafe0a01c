import type { ArrayData, ArrayLike } from "../../data/index.ts";
import { dropoutData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `dropout` computes; the parameter is the share that is kept. */
export const DROPOUT: Operation<number, [x: ArrayData, mask: ArrayData]> = { name: "dropout", forward: dropoutData };

/**
 * `x / keep` where `mask` is true, 0 elsewhere.
 *
 * @param mask bool, broadcasts to `x`
 * @param keep the share of elements that the mask keeps, above 0
 * @returns the shape of `x`, in its dtype where that is a float, else float32
 */
export function dropout(x: ArrayLike, mask: ArrayLike, keep: number): NDArray {
  return apply(DROPOUT, keep, dataOf(x), dataOf(mask));
}
