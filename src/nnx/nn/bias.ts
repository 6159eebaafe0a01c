import type { ArrayData, Shape } from "../../array/index.ts";
import { add, addBias, NDArray, sizeOf, toData } from "../../array/index.ts";

/**
 * `y` plus `bias` reshaped to `shape`, which broadcasts to y's: in place where it lies along the last axes. `y` is a fresh
 * result. A bias of another size, which somebody has put there, is added as it is.
 *
 * @throws ShapeError if it does not broadcast
 */
export function withBias(y: ArrayData, bias: NDArray, shape: Shape): NDArray {
  const from = toData(bias, "bias");
  const first = shape.findIndex((n) => n !== 1);
  const along = sizeOf(shape) !== sizeOf(from.shape) ? from : { ...from, shape: first < 0 ? [] : shape.slice(first) };
  return y.dtype === "float32" && from.dtype === "float32"
    ? new NDArray(addBias(y, along))
    : add(new NDArray(y), new NDArray(along));
}
