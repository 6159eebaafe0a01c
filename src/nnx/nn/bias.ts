import type { Dense, Shape } from "../../array/index.ts";
import { add, addBias, NDArray, sameShape, sizeOf, toDense } from "../../array/index.ts";

/** `y` plus `bias` reshaped to `shape`, which broadcasts to y's: in place where it lies along the last axes. `y` is a fresh result. */
export function withBias(y: Dense, bias: NDArray, shape: Shape): NDArray {
  const from = toDense(bias, "bias");
  const first = shape.findIndex((n) => n !== 1);
  const own = first < 0 ? [] : shape.slice(first);
  const along = y.shape.slice(y.shape.length - own.length);
  if (y.dtype === "float32" && sameShape(own, along) && sizeOf(own) === from.storage.data.length) return new NDArray(addBias(y, from));
  return add(new NDArray(y), new NDArray({ ...from, shape }));
}
