/** Differences of the elements of a flattened array. */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { castTo } from "../scalar.ts";
import { concatenate } from "../manipulation/joining.ts";

/** The options of `ediff1d`. */
export interface Ediff1dOptions {
  /** What comes after the differences. */
  readonly toEnd?: ArrayLike;
  /** What comes before them. */
  readonly toBegin?: ArrayLike;
}

/**
 * The differences of neighbours in the flattened `x`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`ediff1d`).
 * @example
 * ediff1d([1, 4, 9], { toEnd: [0, 0] }).tolist() // => [3, 5, 0, 0]
 */
export function ediff1d(
  x: ArrayLike,
  ...places: Places<[toEnd: ArrayLike | null, toBegin: ArrayLike | null], Ediff1dOptions>
): NDArray;
export function ediff1d(): NDArray {
  return inOrder(ediff1dOf, arguments, 1, "ediff1d ary | toEnd:x toBegin:x");
}

function ediff1dOf(x: ArrayLike, { toEnd, toBegin }: Ediff1dOptions = {}): NDArray {
  const flat = asNDArray(x, 'ediff1d: "x"').flatten();
  const middle = flat.slice("1:").sub(flat.slice(":-1"));
  const [first, last] = [toBegin, toEnd].map((end) =>
    end === undefined ? [] : [castTo(end, flat.dtype, 'ediff1d: "toBegin" or "toEnd"').flatten()],
  );
  return concatenate([...first!, middle, ...last!]);
}
