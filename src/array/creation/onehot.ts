import { toSize } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { checkDType, toAxis, toData, toShape } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply } from "../ndarray.ts";
import { ONE_HOT } from "../operations/creation.ts";

/** What `oneHot` takes beside the indices. */
export interface OneHotOptions {
  /** Default float32. */
  readonly dtype?: DType;
  /** Where the new axis goes. Default the last. */
  readonly axis?: number;
}

/**
 * For every index a row of `numClasses` elements, 1 at the index and 0 elsewhere; all 0 for an index that is none from 0 to
 * numClasses - 1. The shape is that of `x` with `numClasses` at `axis`.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`one_hot`).
 * @throws RangeError if `numClasses` is negative or the axis out of bounds
 * @example
 * nnx.oneHot([0n, 2n], 3).tolist() // => [[1, 0, 0], [0, 0, 1]]
 */
export function oneHot(
  x: ArrayLike,
  numClasses: number,
  { dtype = "float32", axis = -1 }: OneHotOptions = {},
): NDArray {
  const from = toData(x, 'oneHot: "x"');
  const classes = toSize(numClasses, 'oneHot: "numClasses"');
  const at = toAxis(axis, from.shape.length + 1, 'oneHot: "axis"');
  toShape([...from.shape, classes], 'oneHot: "numClasses"');
  return apply(ONE_HOT, { classes, axis: at, dtype: checkDType(dtype, "oneHot") }, from);
}
