/** Areas below samples. */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { toAxis } from "../../data/index.ts";
import { floating, floatingPair } from "../elementwise/elementary.ts";
import { moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { diff } from "../reduce/differences.ts";

/** The options of `trapezoid`. */
export interface TrapezoidOptions {
  /** The coordinates of the samples, [n] or in the shape of `y`. */
  readonly x?: ArrayLike;
  /** Their distance, if there are no coordinates. Default 1. */
  readonly dx?: ArrayLike;
  /** Default the last. */
  readonly axis?: number;
}

/**
 * The area under samples `y` along an axis by the trapezoidal rule, a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`trapezoid`).
 * @throws RangeError if there is no such axis
 * @example
 * trapezoid([1, 2, 4]).item() // => 4.5
 * trapezoid([1, 2, 4], { x: [0, 2, 3] }).item() // => 6
 */
export function trapezoid(
  y: ArrayLike,
  ...places: Places<[x: ArrayLike | null, dx: ArrayLike, axis: number], TrapezoidOptions>
): NDArray;
export function trapezoid(): NDArray {
  return inOrder(trapezoidOf, arguments, 1, "trapezoid y | x:x dx axis");
}

function trapezoidOf(y: ArrayLike, { x, dx = 1, axis = -1 }: TrapezoidOptions = {}): NDArray {
  const [given, at] = x === undefined ? [floating(y, 'trapezoid: "y"')] : floatingPair(y, x, "trapezoid", "y", "x");
  const along = toAxis(axis, given.ndim, 'trapezoid: "axis"');
  const lines = moveaxis(given, along, -1);
  if (at === undefined) {
    const [, step] = weakly([given, dx], () => 'trapezoid: "dx"') as [NDArray, NDArray];
    const [first, last] = [lines.slice("...", 0), lines.slice("...", -1)];
    if (step.ndim === 0) return lines.sum(-1).sub(first.add(last).mul(0.5)).mul(step);
    return areas(lines, step);
  }
  return areas(lines, at.ndim === 1 ? diff(at) : moveaxis(diff(at, { axis: along }), along, -1));
}

function areas(lines: NDArray, steps: NDArray): NDArray {
  return steps
    .mul(lines.slice("...", "1:").add(lines.slice("...", ":-1")))
    .sum(-1)
    .mul(0.5);
}
