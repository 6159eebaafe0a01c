/** Arrays without zeros at their ends. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike, SliceText } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

/**
 * `x` without the zeros at its start and end, along all axes.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`trim_zeros`).
 * @param trim "f" at the start, "b" at the end, "fb" (default) both
 * @throws TypeError for another text
 * @example
 * trimZeros([0, 0, 1, 0, 2, 0]).tolist() // => [1, 0, 2]
 */
export function trimZeros(
  x: ArrayLike,
  ...places: Places<[trim: string, axis: null], { readonly trim?: string; readonly axis?: null }>
): NDArray;
export function trimZeros(): NDArray {
  return inOrder(trimZerosOf, arguments, 2, "trimZeros filt trim | axis:0");
}

function trimZerosOf(x: ArrayLike, trim = "fb"): NDArray {
  const given = asNDArray(x, 'trimZeros: "x"');
  if (!/^[fb]+$/i.test(trim)) throw new TypeError(`trimZeros: "trim" expected "f", "b" or "fb", got ${describe(trim)}`);
  const index = given.shape.map((n, axis): SliceText => {
    const others = given.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const used = Array.from(given.any(others).data);
    const first = used.indexOf(1);
    if (first < 0) return "0:0";
    return `${/f/i.test(trim) ? first : 0}:${/b/i.test(trim) ? used.lastIndexOf(1) + 1 : n}`;
  });
  return given.slice(...index);
}
