/** Cross products. */
import type { Given } from "../../base/index.ts";
import { inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { concatenate } from "../manipulation/joining.ts";
import { moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

/** The axes of the vectors. */
export interface CrossOptions {
  /** In `a`. Default the last. */
  readonly axisa?: number;
  /** In `b`. Default the last. */
  readonly axisb?: number;
  /** In the result. Default the last. */
  readonly axisc?: number;
  /** In all three, in place of the others. */
  readonly axis?: number | null;
}

/**
 * The cross products of vectors of 3 numbers, or of 2, which give a number.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`cross`).
 * @throws ShapeError for vectors of another size
 * @example
 * cross([1, 0, 0], [0, 1, 0]).tolist() // => [0, 0, 1]
 */
export function cross(
  a: ArrayLike,
  ...places: Given<
    [b: ArrayLike],
    "b",
    [axisa: number, axisb: number, axisc: number, axis: number | null],
    CrossOptions
  >
): NDArray;
export function cross(): NDArray {
  return inOrder(crossOf, arguments, 2, "cross a b | axisa axisb axisc axis");
}

function crossOf(
  a: ArrayLike,
  b: ArrayLike,
  { axis = null, axisa = -1, axisb = -1, axisc = -1 }: CrossOptions = {},
): NDArray {
  const x = moveaxis(asNDArray(a, 'cross: "a"'), axis ?? axisa, -1);
  const y = moveaxis(asNDArray(b, 'cross: "b"'), axis ?? axisb, -1);
  const [m, n] = [x.shape.at(-1)!, y.shape.at(-1)!];
  if (![2, 3].includes(m) || ![2, 3].includes(n))
    throw new ShapeError(`cross: expected vectors of 2 or 3 numbers, got ${m} and ${n}`);
  const [a0, a1, b0, b1] = [x.slice("...", 0), x.slice("...", 1), y.slice("...", 0), y.slice("...", 1)];
  const last = a0.mul(b1).sub(a1.mul(b0));
  if (m === 2 && n === 2) return last;
  const [a2, b2] = [m === 3 ? x.slice("...", 2) : a0.mul(0), n === 3 ? y.slice("...", 2) : b0.mul(0)];
  const parts = [a1.mul(b2).sub(a2.mul(b1)), a2.mul(b0).sub(a0.mul(b2)), last];
  const joined = concatenate(
    parts.map((one) => one.reshape([...one.shape, 1])),
    -1,
  );
  return moveaxis(joined, -1, axis ?? axisc);
}
