/** Angles without jumps. */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { isFloat, toAxis } from "../../data/index.ts";
import { abs, floorDivide, mod } from "../elementwise/arithmetic.ts";
import { logicalAnd, where } from "../elementwise/comparison.ts";
import { floating } from "../elementwise/elementary.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { diff } from "../reduce/differences.ts";
import { cumsum } from "../reduce/reductions.ts";
import { sliceAlong } from "./slicealong.ts";

/** The options of `unwrap`. */
export interface UnwrapOptions {
  /** Jumps below this stay. Default half a period. */
  readonly discont?: ArrayLike | null;
  /** Default the last. */
  readonly axis?: number;
  /** Default 2 pi. */
  readonly period?: number;
}

/**
 * `x` along an axis with whole periods added so that no jump is more than half a period.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`unwrap`).
 * @throws RangeError if there is no such axis
 * @example
 * unwrap([0, 3, 7, 0], { period: 4 }).tolist() // => [0, -1, -1, 0]
 */
export function unwrap(
  x: ArrayLike,
  ...places: Places<[discont: ArrayLike | null, axis: number, period: number], UnwrapOptions>
): NDArray;
export function unwrap(): NDArray {
  return inOrder(unwrapOf, arguments, 1, "unwrap p | discont axis period");
}

function unwrapOf(
  x: ArrayLike,
  { discont = null, axis = -1, period: turn = 2 * Math.PI }: UnwrapOptions = {},
): NDArray {
  const period = Number(turn);
  const asGiven = asNDArray(x, 'unwrap: "x"');
  const given = Number.isInteger(period) ? asGiven : floating(asGiven, 'unwrap: "x"');
  const along = toAxis(axis, given.ndim, 'unwrap: "axis"');
  if (given.shape[along] === 0) return given;
  const isWhole = !isFloat(given.dtype);
  const half = isWhole
    ? floorDivide(period, 2).astype(given.dtype)
    : asNDArray(period / 2, "unwrap").astype(given.dtype);
  const steps = diff(given, { axis: along });
  const inside = mod(steps.add(half), period).sub(half);
  const small = where(logicalAnd(inside.eq(half.neg()), steps.gt(0)), half, inside);
  const isKept = abs(steps).lt(discont ?? period / 2);
  const correction = where(isKept, 0, small.sub(steps));
  const rest = sliceAlong(given, "1:", along).add(cumsum(correction, along));
  return concatenate([sliceAlong(given, "0:1", along), rest], along);
}
