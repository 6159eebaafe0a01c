/** Slopes, areas and values between samples, and what else numerical analysis asks for. */
import type { Given, Places } from "../../base/index.ts";
import { assertNames, describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, SliceText } from "../../data/index.ts";
import { formatShape, isFloat, toAxes, toAxis } from "../../data/index.ts";
import { arange } from "../creation/ranges.ts";
import { abs, clip, floorDivide, mod, power, subtract } from "../elementwise/arithmetic.ts";
import { logicalAnd, where } from "../elementwise/comparison.ts";
import { floating, floatingAll, floatingPair } from "../elementwise/elementary.ts";
import { argsort } from "../indexing/selection.ts";
import { searchsorted } from "../indexing/sets.ts";
import { concatenate } from "../manipulation/joining.ts";
import { moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { scalar, weakly } from "../scalar.ts";
import { asNDArray } from "../ndarray.ts";
import { diff } from "../reduce/differences.ts";
import { cumsum } from "../reduce/reductions.ts";

/** The part of `x` that a slice of one axis names. */
function part(x: NDArray, slice: SliceText, axis: number): NDArray {
  return x.slice(...Array.from({ length: axis }, () => ":" as const), slice);
}

/**
 * The slopes of `f` along its axes by central differences, one-sided at the ends, a float.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`gradient`).
 * @param spacing the distance of neighbours, 1 if left out, or the coordinates along the axis; one for all axes, or one
 * for each. `{ axis }` may come last: one axis or several, all by default
 * @returns one array, or a list for more than one axis
 * @throws ShapeError for fewer than two elements along an axis, or coordinates that do not fit
 * @example
 * jnp.gradient([1, 2, 4, 7]).tolist() // => [1, 1.5, 2.5, 3]
 * jnp.gradient([1, 2, 4, 7], 0.5).tolist() // => [2, 3, 5, 6]
 */
export function gradient(
  f: ArrayLike,
  ...spacing: readonly (ArrayLike | { readonly axis?: number | readonly number[] | null })[]
): NDArray | NDArray[] {
  const last = spacing.at(-1);
  const isNamed = typeof last === "object" && last !== null && Object.getPrototypeOf(last) === Object.prototype;
  if (isNamed) assertNames(last, "gradient", ["axis"]);
  const axis = isNamed ? ((last as { axis?: number | readonly number[] | null }).axis ?? null) : null;
  // A number has the dtype of the elements; arrays are brought to a common one.
  const all = [f, ...((isNamed ? spacing.slice(0, -1) : spacing) as ArrayLike[])];
  const [given, ...steps] = floatingAll(all, (i) => (i === 0 ? 'gradient: "f"' : "gradient")) as [
    NDArray,
    ...NDArray[],
  ];
  const axes = axis === null ? given.shape.map((_, i) => i) : toAxes(axis, given.ndim, 'gradient: "axis"');
  if (axes.some((i) => given.shape[i]! < 2))
    throw new ShapeError(
      `gradient: "f" expected at least two elements along each axis, got shape ${formatShape(given.shape)}`,
    );
  if (steps.length > 1 && steps.length !== axes.length)
    throw new RangeError(
      `gradient: expected no spacing, one, or one for each of ${axes.length} axes, got ${steps.length}`,
    );
  const found = axes.map((along, i) => slopes(given, steps[i] ?? steps[0] ?? scalar(1, given.dtype), along));
  return found.length === 1 ? found[0]! : found;
}

function slopes(x: NDArray, spacing: NDArray, axis: number): NDArray {
  const first = part(x, "1:2", axis).sub(part(x, "0:1", axis));
  const last = part(x, "-1:", axis).sub(part(x, "-2:-1", axis));
  if (spacing.ndim === 0) {
    const inner = part(x, "2:", axis)
      .sub(part(x, ":-2", axis))
      .mul(0.5)
      .div(spacing);
    return concatenate([first.div(spacing), inner, last.div(spacing)], axis);
  }
  if (spacing.ndim !== 1 || spacing.size !== x.shape[axis])
    throw new ShapeError(
      `gradient: "spacing" expected a number or ${x.shape[axis]} coordinates, got shape ${formatShape(spacing.shape)}`,
    );
  const h = spacing.reshape(x.shape.map((n, i) => (i === axis ? n : 1)));
  const before = part(h, "1:-1", axis).sub(part(h, "0:-2", axis));
  const after = part(h, "2:", axis).sub(part(h, "1:-1", axis));
  const both = before.add(after);
  const inner = after
    .neg()
    .div(before.mul(both))
    .mul(part(x, "0:-2", axis))
    .add(
      after
        .sub(before)
        .div(before.mul(after))
        .mul(part(x, "1:-1", axis)),
    )
    .add(before.div(after.mul(both)).mul(part(x, "2:", axis)));
  return concatenate(
    [
      first.div(part(h, "1:2", axis).sub(part(h, "0:1", axis))),
      inner,
      last.div(part(h, "-1:", axis).sub(part(h, "-2:-1", axis))),
    ],
    axis,
  );
}

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
  ...places: Places<[x: ArrayLike, dx: ArrayLike, axis: number], TrapezoidOptions>
): NDArray;
export function trapezoid(): NDArray {
  return inOrder(trapezoidOf, arguments, 1, "trapezoid y | x dx axis");
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
    [left: ArrayLike | "extrapolate", right: ArrayLike | "extrapolate", period: number],
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
  ...places: Given<[b: ArrayLike], "b", [axisa: number, axisb: number, axisc: number, axis: number], CrossOptions>
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

/** The options of `vander`. */
export interface VanderOptions {
  /** How many powers. Default the size of `x`. */
  readonly N?: number | null;
  /** From 0 up. Default false. */
  readonly increasing?: boolean;
}

/**
 * The powers of each element of `x` [m] as a row [m, n], from the highest to 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`vander`).
 * @throws ShapeError if `x` does not have one axis; RangeError for a negative `N`
 * @example
 * vander([2, 3], { N: 3 }).tolist() // => [[4, 2, 1], [9, 3, 1]]
 */
export function vander(x: ArrayLike, ...places: Places<[N: number, increasing: boolean], VanderOptions>): NDArray;
export function vander(): NDArray {
  return inOrder(vanderOf, arguments, 1, "vander x | N increasing:b");
}

function vanderOf(x: ArrayLike, { N, increasing = false }: VanderOptions = {}): NDArray {
  const given = asNDArray(x, 'vander: "x"');
  if (given.ndim !== 1) throw new ShapeError(`vander: "x" expected one axis, got shape ${formatShape(given.shape)}`);
  const n = int(N ?? given.size, 'vander: "N"');
  if (n < 0) throw new RangeError(`vander: "N" expected at least 0, got ${describe(N)}`);
  const up = arange(n).astype(given.dtype);
  return power(given.reshape([-1, 1]), increasing ? up : subtract(n - 1, up).astype(given.dtype));
}

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
  ...places: Places<[discont: ArrayLike, axis: number, period: number], UnwrapOptions>
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
  const rest = part(given, "1:", along).add(cumsum(correction, along));
  return concatenate([part(given, "0:1", along), rest], along);
}
