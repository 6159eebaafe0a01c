/** Values between samples. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape } from "../../data/index.ts";
import { abs, clip, mod } from "../elementwise/arithmetic.ts";
import { where } from "../elementwise/comparison.ts";
import { floating, floatingPair } from "../elementwise/elementary.ts";
import { argsort } from "../indexing/selection.ts";
import { searchsorted } from "../indexing/sets.ts";
import { concatenate } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";

/** The options of `interp`. */
export interface InterpOptions {
  /** What is given left of all `xp`: default `fp[0]`; `"extrapolate"` goes on with the slope there. */
  readonly left?: ArrayLike | "extrapolate" | null;
  /** What is given right of all `xp`: default the last of `fp`; `"extrapolate"` goes on with the slope there. */
  readonly right?: ArrayLike | "extrapolate" | null;
  /** The period of `x`, if it has one. */
  readonly period?: number | null;
}

/**
 * The values at `x` of the line through the points (xp, fp), a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`interp`).
 * @param xp [n], ascending
 * @param fp [n]
 * @throws ShapeError if the points are not [n] both; TypeError for another text
 * @example
 * interp([0, 1.5, 9], [1, 2, 3], [10, 20, 40]).tolist() // => [10, 15, 40]
 */
export function interp(
  x: ArrayLike,
  ...places: Given<
    [xp: ArrayLike, fp: ArrayLike],
    "xp fp",
    [left: ArrayLike | "extrapolate" | null, right: ArrayLike | "extrapolate" | null, period: number | null],
    InterpOptions
  >
): NDArray;
export function interp(): NDArray {
  return inOrder(interpOf, arguments, 3, "interp x xp fp | left right period");
}

function interpOf(
  x: ArrayLike,
  xp: ArrayLike,
  fp: ArrayLike,
  { left = null, right = null, period = null }: InterpOptions = {},
): NDArray {
  for (const end of [left, right])
    if (typeof end === "string" && end !== "extrapolate")
      throw new TypeError(`interp: "left" and "right" expected values or "extrapolate", got ${describe(end)}`);
  let [at, from] = floatingPair(x, xp, "interp", "x", "xp");
  let values = floating(fp, 'interp: "fp"');
  if (from.ndim !== 1 || values.ndim !== 1 || from.size !== values.size || from.size === 0)
    throw new ShapeError(
      `interp: expected "xp" and "fp" of one size, got shapes ${formatShape(from.shape)} and ` +
        `${formatShape(values.shape)}`,
    );
  if (period !== null) {
    const size = Math.abs(period);
    at = mod(at, size);
    const wrapped = mod(from, size);
    const order = argsort(wrapped);
    [from, values] = [wrapped.take(order), values.take(order)];
    from = concatenate([from.slice("-1:").sub(size), from, from.slice(":1").add(size)]);
    values = concatenate([values.slice("-1:"), values, values.slice(":1")]);
  }
  const i = clip(searchsorted(from, at, { side: "right" }), 1, Math.max(from.size - 1, 1));
  const [x0, x1] = [from.take(i.sub(1), { mode: "clip" }), from.take(i, { mode: "clip" })];
  const [y0, y1] = [values.take(i.sub(1), { mode: "clip" }), values.take(i, { mode: "clip" })];
  const dx = x1.sub(x0);
  const isFlat = abs(dx).le(SMALLEST_STEP);
  let out = where(
    isFlat,
    y0,
    at
      .sub(x0)
      .div(where(isFlat, 1, dx))
      .mul(y1.sub(y0))
      .add(y0),
  );
  if (period !== null) return out;
  if (left !== "extrapolate") out = where(at.lt(from.slice(0)), left ?? values.slice(0), out);
  if (right !== "extrapolate") out = where(at.gt(from.slice(-1)), right ?? values.slice(-1), out);
  return out;
}

/** The spacing of float32 at its epsilon: steps up to it count as none. */
const SMALLEST_STEP = 2 ** -46;
