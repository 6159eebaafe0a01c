import type { ArrayData, ArrayLike, PoolParameters } from "../../data/index.ts";
import { poolData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf } from "./inputs.ts";

/** What `pool` computes. */
export const POOL: Operation<PoolParameters, [x: ArrayData]> = { name: "pool", forward: poolData };

/**
 * Reduces windows that slide over the spatial axes: each result starts at `init` and takes the window's elements
 * row-major, `init` itself where the window reaches into the padding.
 *
 * @param x [batch, ...spatial, features]
 * @returns [batch, ...places, features], in the dtype of `x`
 */
export function pool(x: ArrayLike, parameters: PoolParameters): NDArray {
  return apply(POOL, parameters, dataOf(x));
}
