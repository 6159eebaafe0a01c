import type { ArrayData, ArrayLike } from "../../data/index.ts";
import { affineData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

/** What `affine` computes; the parameter says how many axes are summed. */
export const AFFINE: Operation<number, [x: ArrayData, kernel: ArrayData, bias: ArrayData | undefined]> = {
  name: "affine",
  forward: affineData,
};

/**
 * `x @ kernel + bias` over the last axis of `x`: each output is the sum over it, ascending, and the bias after it.
 *
 * @param x [..., n]
 * @param kernel [n, ...features]
 * @param bias broadcasts to [..., ...features]
 * @returns [..., ...features]
 * @throws ShapeError if the sizes differ or the bias does not broadcast
 */
export function affine(x: ArrayLike, kernel: ArrayLike, bias?: ArrayLike): NDArray {
  const given = optionalDataOf(bias);
  return apply(AFFINE, 1, dataOf(x), dataOf(kernel), given);
}
