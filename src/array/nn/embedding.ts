import type { ArrayData, ArrayLike } from "../../data/index.ts";
import { embeddingData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `embedding` computes. */
export const EMBEDDING: Operation<undefined, [table: ArrayData, indices: ArrayData]> = {
  name: "embedding",
  forward: (_, table, indices) => embeddingData(table, indices),
};

/**
 * The rows of a table at indices. An index below 0 counts from the end; one that is outside all the same gives NaN. A
 * table of one row gives that row for any index.
 *
 * @param table [n, ...features]
 * @param indices [...] of an integer dtype
 * @returns [..., ...features]
 */
export function embedding(table: ArrayLike, indices: ArrayLike): NDArray {
  return apply(EMBEDDING, undefined, dataOf(table), dataOf(indices));
}
