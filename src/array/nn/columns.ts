import type { ArrayData, ArrayLike, ColumnsParameters } from "../../data/index.ts";
import { columnsData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `columns` computes. */
export const COLUMNS: Operation<ColumnsParameters, [x: ArrayData]> = { name: "columns", forward: columnsData };

/**
 * `count` columns of `x` from column `start` on: the gates of a recurrent cell. `split` gives the same, and takes three
 * times as long for parts of 32 (Node 20, 2026-12).
 *
 * @param x [..., width], width at least start + count
 * @returns [..., count]
 */
export function columns(x: ArrayLike, start: number, count: number): NDArray {
  return apply(COLUMNS, { start, count }, dataOf(x));
}
