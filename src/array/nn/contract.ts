import type { ArrayData, ArrayLike, ContractParameters } from "../../data/index.ts";
import { contractData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";

/** What `contract` computes. */
export const CONTRACT: Operation<ContractParameters, [a: ArrayData, b: ArrayData, bias: ArrayData | undefined]> = {
  name: "contract",
  forward: contractData,
};

/**
 * The general product of `a` and `b`, plus `bias`: `lax.dot_general`. The sum runs over the paired axes as they are
 * written, the last of them fastest.
 *
 * @param b a weight: where its axes need another order, the reordered copy is kept
 * @param bias broadcasts to the result
 * @returns [...batch, ...the other axes of `a`, ...the other axes of `b`]
 * @throws ShapeError naming both shapes if the sizes of a pair differ
 */
export function contract(
  a: ArrayLike,
  b: ArrayLike,
  bias: ArrayLike | undefined,
  parameters: ContractParameters,
): NDArray {
  return apply(CONTRACT, parameters, dataOf(a), dataOf(b), optionalDataOf(bias));
}
