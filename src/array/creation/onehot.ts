import type { Given } from "../../base/index.ts";
import { inOrder, toSize } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { checkDType, toAxis, toData, toShape } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { apply } from "../ndarray.ts";
import { ONE_HOT } from "../operations/creation.ts";

/** The options of `oneHot`. */
export interface OneHotOptions {
  /** Default float32. */
  readonly dtype?: DType;
  /** The new axis, of the result. Default the last. */
  readonly axis?: number;
}

/**
 * One-hot rows: 1 at each index and 0 elsewhere. A row is all 0 for an index outside 0 to numClasses - 1.
 *
 * Source: JAX 0.10.2 `jax/_src/nn/functions.py` (`one_hot`).
 * @returns the shape of `x` with an axis of size `numClasses` at `axis`
 * @throws RangeError if `numClasses` is negative or the axis out of bounds
 * @example
 * nnx.oneHot([0n, 2n], 3).tolist() // => [[1, 0, 0], [0, 0, 1]]
 */
export function oneHot(x: ArrayLike, ...places: Given<[numClasses: number], "numClasses", [], OneHotOptions>): NDArray;
export function oneHot(): NDArray {
  return inOrder(oneHotOf, arguments, 2, "oneHot x numClasses * dtype:d axis");
}

function oneHotOf(x: ArrayLike, numClasses: number, { dtype = "float32", axis = -1 }: OneHotOptions = {}): NDArray {
  const from = toData(x, 'oneHot: "x"');
  const classes = toSize(numClasses, 'oneHot: "numClasses"');
  const at = toAxis(axis, from.shape.length + 1, 'oneHot: "axis"');
  toShape([...from.shape, classes], 'oneHot: "numClasses"');
  return apply(ONE_HOT, { classes, axis: at, dtype: checkDType(dtype, "oneHot") }, from);
}
