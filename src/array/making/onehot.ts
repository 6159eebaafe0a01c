import { toSize } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { checkDType, encodeElement, numbersOf, sizeOf, toAxis, toData, toShape, zerosData } from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

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
  const out = zerosData(
    toShape([...from.shape.slice(0, at), classes, ...from.shape.slice(at)], 'oneHot: "numClasses"'),
    checkDType(dtype, "oneHot"),
  );
  const to = out.storage.data;
  const inner = sizeOf(from.shape.slice(at));
  const one = encodeElement(dtype, 1);
  const indices = numbersOf(from);
  for (let i = 0; i < indices.length && to.length > 0; i++) {
    const index = indices[i]!;
    const column = i % inner;
    if (index >= 0 && index < classes && Number.isInteger(index))
      to[(i - column) * classes + index * inner + column] = one;
  }
  return new NDArray(out);
}
