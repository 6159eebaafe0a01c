import type { NDArray } from "../ndarray.ts";
import { apply, rawOf } from "../ndarray.ts";
import { PAD } from "../operations/manipulation.ts";

/** `x` with a number before and after its elements, so many along each axis. */
export function surround(
  x: NDArray,
  widths: readonly (readonly [before: number, after: number])[],
  value: number,
): NDArray {
  return apply(PAD, { widths, value }, rawOf(x));
}
