/** Arrays with elements added before and after their axes. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { toShape } from "../../data/index.ts";
import { applyAlongAxis } from "../functional.ts";
import { surround } from "../manipulation/surround.ts";
import { asNDArray, type NDArray } from "../ndarray.ts";
import { byConstants } from "./constant.ts";
import { byIndices, oddly } from "./mirror.ts";
import { byRamp } from "./ramp.ts";
import { byStatistic, STATISTICS } from "./statistics.ts";
import type { Ends, PadWidth } from "./widths.ts";
import { countsOf } from "./widths.ts";

/**
 * What `pad` fills new elements with: a constant; the nearest element; the elements mirrored without the edge or with
 * it, or cyclically; a ramp from the edge to a value; a statistic of the elements; zeros.
 */
export type PadMode =
  | "constant"
  | "edge"
  | "reflect"
  | "symmetric"
  | "wrap"
  | "linear_ramp"
  | "maximum"
  | "mean"
  | "median"
  | "minimum"
  | "empty";

/** Gives a line [n] with `padWidth` zeros before and after its elements the values that belong there. */
export type PadFunction = (
  line: NDArray,
  padWidth: readonly [before: number, after: number],
  axis: number,
) => ArrayLike;

/** The options of `pad`. Each belongs to some modes. */
export interface PadOptions {
  /** Default `"constant"`. */
  readonly mode?: PadMode | PadFunction;
  /** The value of mode `"constant"`; or one before and one after the axes, or such pairs [axes, 2]. Default 0. */
  readonly constantValues?: ArrayLike | readonly (readonly [before: ArrayLike, after: ArrayLike])[];
  /** How many elements at each end a statistic is taken of. Default all. */
  readonly statLength?: PadWidth | null;
  /** Where the ramps of `"linear_ramp"` end. Default 0. */
  readonly endValues?: Ends<number> | ArrayLike;
  /** Whether `"reflect"` and `"symmetric"` show the elements, or twice the edge less them. Default `"even"`. */
  readonly reflectType?: "even" | "odd";
}

/** The option that each mode has. */
const OPTIONS: Readonly<Record<PadMode, Exclude<keyof PadOptions, "mode"> | undefined>> = {
  constant: "constantValues",
  edge: undefined,
  reflect: "reflectType",
  symmetric: "reflectType",
  wrap: undefined,
  linear_ramp: "endValues",
  maximum: "statLength",
  mean: "statLength",
  median: "statLength",
  minimum: "statLength",
  empty: undefined,
};

/**
 * `x` with elements added before and after each axis, one axis after the other.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`pad`).
 * @param padWidth how many, whole numbers
 * @throws ShapeError if the widths do not fit the axes, or an axis without elements would have to be shown; RangeError
 * if a width is negative, or a statistic has no elements; TypeError for another mode, or an option of another mode
 * @example
 * pad([1, 2], 1).tolist() // => [0, 1, 2, 0]
 * pad([1, 2], 1, { constantValues: [8, 9] }).tolist() // => [8, 1, 2, 9]
 * pad([1, 2, 3], [2, 0], { mode: "reflect" }).tolist() // => [3, 2, 1, 2, 3]
 */
export function pad(
  x: ArrayLike,
  ...places: Given<[padWidth: PadWidth], "padWidth", [mode: PadMode | PadFunction], PadOptions>
): NDArray;
export function pad(): NDArray {
  return inOrder(padOf, arguments, 2, "pad array padWidth | mode * constantValues statLength endValues reflectType");
}

function padOf(x: ArrayLike, padWidth: PadWidth, options: PadOptions = {}): NDArray {
  const { mode = "constant", constantValues = 0, statLength = null, endValues = 0, reflectType = "even" } = options;
  const from = asNDArray(x, 'pad: "x"');
  checkOptions(mode, options);
  const widths = countsOf(padWidth, from.ndim, 'pad: "padWidth"');
  toShape(
    from.shape.map((n, axis) => widths[axis]![0] + n + widths[axis]![1]),
    'pad: "padWidth"',
  );
  if (typeof mode === "function") return byFunction(from, widths, mode);
  switch (mode) {
    case "constant":
      return byConstants(from, widths, constantValues);
    case "empty":
      return surround(from, widths, 0);
    case "linear_ramp":
      return byRamp(from, widths, endValues);
    case "maximum":
    case "mean":
    case "median":
    case "minimum":
      return byStatistic(from, widths, STATISTICS[mode], statLength);
    default:
      return reflectType === "odd" ? oddly(from, widths, mode) : byIndices(from, widths, mode);
  }
}

function byFunction(x: NDArray, widths: readonly (readonly [number, number])[], f: PadFunction): NDArray {
  return widths.reduce(
    (out, width, axis) => applyAlongAxis((line) => f(line, width, axis), axis, out),
    surround(x, widths, 0),
  );
}

function checkOptions(mode: unknown, options: PadOptions): void {
  const isMode = typeof mode === "function" || (typeof mode === "string" && Object.hasOwn(OPTIONS, mode));
  if (!isMode) {
    const modes = Object.keys(OPTIONS).map(describe).join(", ");
    throw new TypeError(`pad: "mode" expected ${modes} or a function, got ${describe(mode)}`);
  }
  const known = typeof mode === "function" ? undefined : OPTIONS[mode as PadMode];
  for (const name of Object.keys(options) as (keyof PadOptions)[])
    if (name !== "mode" && name !== known && options[name] !== undefined)
      throw new TypeError(`pad: "${name}" expected another mode, got ${describe(mode)}`);
  const { reflectType } = options;
  if (reflectType !== undefined && reflectType !== "even" && reflectType !== "odd")
    throw new TypeError(`pad: "reflectType" expected "even" or "odd", got ${describe(reflectType)}`);
}
