/** numpy.linalg, as far as it is here. */
import type { Places } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import { toReduceParameters } from "../../data/index.ts";
import { floating, sqrt } from "../elementwise/elementary.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, rawOf } from "../ndarray.ts";
import { SUM_SQUARES } from "../operations/reductions.ts";
import { countNonzero, max } from "./reductions.ts";

/** The order of a vector norm. Matrices have "fro" alone, which is order 2 of their elements. */
export type NormOrder = number | "fro";

/** The options of `norm`. */
export interface NormOptions extends ReduceOptions {
  /** Default 2, of all elements; 0, 1, Infinity and -Infinity are for vectors; "fro" is 2 for matrices. */
  readonly ord?: NormOrder;
}

/**
 * The norm of the vectors along an axis, or of all elements, in their dtype; of integers float32. Sums are in the order
 * of `sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/linalg.py` (`norm`), of which the matrix norms other than Frobenius are left out.
 * @throws RangeError if `ord` is none of the orders, or a vector's with two axes
 * @example
 * jnp.linalg.norm([3, 4]).item() // => 5
 * jnp.linalg.norm([[3, -4], [6, 8]], { ord: 1, axis: 1 }).tolist() // => [7, 14]
 */
export function norm(
  x: ArrayLike,
  ...places: Places<[ord: NormOptions["ord"] | null, axis: Axes, keepdims: boolean], NormOptions>
): NDArray;
export function norm(): NDArray {
  return inOrder(normOf, arguments, 1, "linalg.norm x | ord:x axis keepdims:b");
}

function normOf(x: ArrayLike, { ord, ...options }: NormOptions = {}): NDArray {
  const given = floating(x, 'norm: "x"');
  const { axes, keepdims } = toReduceParameters(options, {}, given.ndim, "norm");
  if (ord !== undefined && ord !== "fro" && axes.length !== 1) throw matrixOrderError(ord, axes.length);
  switch (ord ?? 2) {
    case 0:
      return countNonzero(given, axes, { keepdims }).astype(given.dtype);
    case 1:
      return given.abs().sum(axes, { keepdims });
    case 2:
    case "fro":
      // 16-bit floats are rounded at every step.
      return sqrt(
        given.dtype === "float32"
          ? apply(SUM_SQUARES, { axes, keepdims }, rawOf(given))
          : given.mul(given).sum(axes, { keepdims }),
      );
    case Infinity:
      // JAX begins at 0, with which an element that is 0 shares its gradient.
      return max(given.abs(), axes, { keepdims, initial: 0 });
    case -Infinity:
      return given.abs().min(axes, { keepdims });
    default:
      throw orderError(ord);
  }
}

function matrixOrderError(ord: unknown, axes: number): RangeError {
  const expected = `expected nothing or "fro" for ${axes} axes`;
  return new RangeError(`norm: "ord" ${expected}, got ${describe(ord)}. Name one axis for a vector norm`);
}

function orderError(ord: unknown): RangeError {
  return new RangeError(`norm: "ord" expected 0, 1, 2, Infinity, -Infinity or "fro", got ${describe(ord)}`);
}
