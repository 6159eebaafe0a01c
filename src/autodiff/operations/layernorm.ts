import type { ArrayData, NDArray, Operation } from "../../array/index.ts";
import { apply, DATA } from "../../array/index.ts";
import { layerNormBackData, layerNormSumsData } from "../../data/index.ts";

type Sums = [ct: ArrayData, x: ArrayData, scale: ArrayData, mean: ArrayData, root: ArrayData];
type Back = [ct: ArrayData, x: ArrayData, scale: ArrayData, root: ArrayData, slope: ArrayData, shift: ArrayData];

/** What goes back to the statistics of a layer norm, a pair of numbers a row. */
export const LAYER_NORM_SUMS: Operation<undefined, Sums> = {
  name: "layerNormSums",
  forward: (_, ...inputs) => layerNormSumsData(...inputs),
};

/** The sums of `ct` * (`x` - `mean`) * `scale`, and of -(`ct` * (`root` * `scale`)), of each row: [2, ...rows, 1]. */
export function layerNormSums(ct: NDArray, x: NDArray, scale: NDArray, mean: NDArray, root: NDArray): NDArray {
  return apply(LAYER_NORM_SUMS, undefined, ct[DATA], x[DATA], scale[DATA], mean[DATA], root[DATA]);
}

/** The cotangent of the input of a layer norm, from those of its statistics. */
export const LAYER_NORM_BACK: Operation<undefined, Back> = {
  name: "layerNormBack",
  forward: (_, ...inputs) => layerNormBackData(...inputs),
};

/** `ct` * (`root` * `scale`) + `slope` * (`x` * 2) + `shift`, with a root, a slope and a shift for each row. */
export function layerNormBack(
  ct: NDArray,
  x: NDArray,
  scale: NDArray,
  root: NDArray,
  slope: NDArray,
  shift: NDArray,
): NDArray {
  return apply(LAYER_NORM_BACK, undefined, ct[DATA], x[DATA], scale[DATA], root[DATA], slope[DATA], shift[DATA]);
}
