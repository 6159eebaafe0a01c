/** A slice of one axis. */
import type { SliceText } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";

/** The part of `x` that a slice of one axis names. */
export function sliceAlong(x: NDArray, slice: SliceText, axis: number): NDArray {
  return x.slice(...Array.from({ length: axis }, () => ":" as const), slice);
}
