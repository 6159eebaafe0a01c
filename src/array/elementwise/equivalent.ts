import type { Given } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { asNDArray } from "../ndarray.ts";
import { arrayEqual } from "./comparison.ts";
import { broadcastArrays } from "../manipulation/views.ts";

/**
 * Whether two arrays are equal in every element after they are broadcast; false if they do not broadcast.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`array_equiv`).
 * @example
 * arrayEquiv([1, 1], 1) // => true
 */
export function arrayEquiv(a: ArrayLike, ...places: Given<[b: ArrayLike], "a2">): boolean;
export function arrayEquiv(): boolean {
  return inOrder(arrayEquivOf, arguments, 2, "arrayEquiv a1 a2");
}

function arrayEquivOf(a: ArrayLike, b: ArrayLike): boolean {
  const [x, y] = [asNDArray(a, 'arrayEquiv: "a"'), asNDArray(b, 'arrayEquiv: "b"')];
  const rank = Math.min(x.ndim, y.ndim);
  const fits = Array.from({ length: rank }, (_, i) => [x.shape.at(-1 - i)!, y.shape.at(-1 - i)!]).every(
    ([m, n]) => m === n || m === 1 || n === 1,
  );
  if (!fits) return false;
  const [wideX, wideY] = broadcastArrays(x, y);
  return arrayEqual(wideX!, wideY!);
}
