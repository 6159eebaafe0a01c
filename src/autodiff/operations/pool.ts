import type { ArrayData, NDArray, Operation, PoolParameters } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import type { PoolInput } from "../../data/index.ts";
import { extremesBackData, poolPlacesData, poolSumBackwardData } from "../../data/index.ts";

/** The cotangent of the input of a pool of sums. */
export const POOL_SUM_BACKWARD: Operation<PoolInput, [ct: ArrayData]> = {
  name: "poolSumBackward",
  forward: poolSumBackwardData,
};

/** Each place of `ct` added to all elements of its window. */
export function poolSumBackward(ct: NDArray, input: PoolInput): NDArray {
  return apply(POOL_SUM_BACKWARD, input, ct[DATA]);
}

/** Which element gave each result of a pool of extremes. */
export const POOL_PLACES: Operation<PoolParameters, [x: ArrayData]> = { name: "poolPlaces", forward: poolPlacesData };

/** The linear index of the first extreme of each window, int32. */
export function poolPlaces(x: NDArray, parameters: PoolParameters): NDArray {
  return apply(POOL_PLACES, parameters, x[DATA]);
}

/** The cotangent of the input of a pool of extremes without padding. */
export const EXTREMES_BACK: Operation<PoolParameters, [ct: ArrayData, x: ArrayData]> = {
  name: "extremesBack",
  forward: extremesBackData,
};

/** Each place of `ct` added to the first extreme of its window. */
export function extremesBack(ct: NDArray, x: NDArray, parameters: PoolParameters): NDArray {
  return apply(EXTREMES_BACK, parameters, ct[DATA], x[DATA]);
}
