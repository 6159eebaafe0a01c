import type { NDArray } from "../../array/index.ts";
import {
  add,
  array,
  cos,
  cumprod,
  divide,
  expandDims,
  full,
  less,
  lessEqual,
  logicalAnd,
  maximum,
  multiply,
  sign,
  subtract,
  sum,
  where,
} from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { describe, isNamed, unknownError } from "../../base/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { Scalar } from "../base.ts";
import { over } from "../scalars.ts";
import type { ArraySchedule } from "./count.ts";
import { requireSteps, toCount } from "./count.ts";

/** Factors by the steps from which on they count. */
export type BoundariesAndScales = Readonly<Record<number, number>>;

/** What `piecewiseConstantSchedule` takes. */
export interface PiecewiseConstantOptions {
  readonly initValue: Scalar;
  readonly boundariesAndScales?: BoundariesAndScales | null;
}

/**
 * The schedule that is multiplied by a factor after each boundary.
 *
 * Source: optax 0.2.8 `optax/schedules/_schedule.py` (`piecewise_constant_schedule`), as are
 * the other functions of this file.
 * @throws RangeError if a boundary is not a whole number or a factor is below 0
 * @example
 * optax.piecewiseConstantSchedule(1, { 10: 0.5, 20: 0.5 })([9, 10, 20]).tolist() // => [1, 0.5, 0.25]
 */
export function piecewiseConstantSchedule(
  ...args: Given<
    [initValue: Scalar],
    "initValue",
    [boundariesAndScales: BoundariesAndScales | null],
    Pick<PiecewiseConstantOptions, "boundariesAndScales">
  >
): ArraySchedule {
  const { initValue, boundariesAndScales } = named<Required<PiecewiseConstantOptions>>(
    "piecewiseConstantSchedule",
    byName("piecewiseConstantSchedule", args, ["initValue", "boundariesAndScales"]),
    { initValue: REQUIRED, boundariesAndScales: null },
  );
  const steps = sorted("piecewiseConstantSchedule", boundariesAndScales ?? {});
  return (count) => {
    const at = toCount("piecewiseConstantSchedule", count);
    return steps.reduce<NDArray>(
      (value, [boundary, factor]) => {
        const before = maximum(0, sign(subtract(boundary, at)));
        return add(multiply(value, before), multiply(multiply(subtract(1, before), factor), value));
      },
      full(at.shape, initValue, "float32"),
    );
  };
}

/**
 * Arguments by name, the last of which is an object itself: that of boundaries, or one that names what is left.
 *
 * @throws TypeError for an argument too many, or a name that there is not
 */
function byName(fn: string, args: readonly unknown[], names: readonly string[]): readonly unknown[] {
  if (args.length < 2) return args;
  if (args.length > names.length)
    throw new TypeError(`optax.${fn}: expected at most ${names.length} arguments, got ${args.length}`);
  const last: unknown = args.at(-1);
  const found = Object.fromEntries(args.map((value, i) => [names[i]!, value]));
  if (typeof last !== "object" || last === null || !isNamed(last)) return [found];
  const words = Object.keys(last).filter((key) => Number.isNaN(Number(key)));
  if (words.length === 0) return [found];
  delete found[names[args.length - 1]!];
  const left = names.slice(args.length - 1);
  for (const name of words) if (!left.includes(name)) throw unknownError(`optax.${fn}`, name, left);
  return [{ ...found, ...last }];
}

function sorted(fn: string, scales: BoundariesAndScales): [number, number][] {
  return Object.entries(scales)
    .map(([boundary, factor]): [number, number] => {
      if (!Number.isInteger(Number(boundary)) || !(factor >= 0))
        throw new RangeError(
          `optax.${fn}: "boundariesAndScales" expected whole numbers with factors from 0, got ${boundary}: ` +
            `${describe(factor)}`,
        );
      return [Number(boundary), factor];
    })
    .sort(([a], [b]) => a - b);
}

/** How values between boundaries are found. */
export type InterpolateType = "linear" | "cosine";

/** What `piecewiseInterpolateSchedule` takes. */
export interface PiecewiseInterpolateOptions extends PiecewiseConstantOptions {
  readonly interpolateType: InterpolateType;
}

/**
 * The schedule that reaches the product of the factors so far at each boundary, and goes from one to the next in a
 * straight line or as half a wave of a cosine.
 *
 * @throws RangeError if `interpolateType` is unknown, a boundary is not a whole number or a factor is below 0
 * @example
 * optax.piecewiseInterpolateSchedule("linear", 1, { 10: 0.5 })([0, 5, 99]).tolist() // => [1, 0.75, 0.5]
 */
export function piecewiseInterpolateSchedule(
  ...args: Given<
    [interpolateType: InterpolateType, initValue: Scalar],
    "interpolateType initValue",
    [boundariesAndScales: BoundariesAndScales | null],
    Pick<PiecewiseInterpolateOptions, "boundariesAndScales">
  >
): ArraySchedule {
  const { interpolateType, initValue, boundariesAndScales } = named<Required<PiecewiseInterpolateOptions>>(
    "piecewiseInterpolateSchedule",
    byName("piecewiseInterpolateSchedule", args, ["interpolateType", "initValue", "boundariesAndScales"]),
    { interpolateType: "" as InterpolateType, initValue: REQUIRED, boundariesAndScales: null },
  );
  if (interpolateType !== "linear" && interpolateType !== "cosine")
    throw new RangeError(
      'optax.piecewiseInterpolateSchedule: "interpolateType" expected "linear" or "cosine", got ' +
        `${describe(interpolateType)}`,
    );
  return interpolate(interpolateType, initValue, sorted("piecewiseInterpolateSchedule", boundariesAndScales ?? {}));
}

function interpolate(
  type: InterpolateType,
  initValue: Scalar,
  steps: readonly (readonly [number, number])[],
): ArraySchedule {
  const bounds = [0, ...steps.map(([boundary]) => boundary)];
  const values = cumprod([Number(full([], initValue).item()), ...steps.map(([, factor]) => factor)]);
  const [starts, ends] = [array(bounds.slice(0, -1), "int32"), array(bounds.slice(1), "int32")];
  const lengths = array(
    bounds.slice(1).map((bound, i) => Math.max(bound - bounds[i]!, 1)),
    "int32",
  );
  const between = type === "linear" ? linear : cosine;
  return (count) => {
    const at = toCount("piecewiseInterpolateSchedule", count);
    const each = expandDims(at, -1);
    const inside = logicalAnd(lessEqual(starts, each), less(each, ends));
    const part = divide(subtract(each, starts), lengths);
    const reached = sum(where(inside, between(values.slice(":-1"), values.slice("1:"), part), 0), -1);
    return add(reached, multiply(lessEqual(bounds.at(-1)!, at), values.slice(-1)));
  };
}

function linear(start: NDArray, end: NDArray, part: NDArray): NDArray {
  return add(multiply(subtract(end, start), part), start);
}

function cosine(start: NDArray, end: NDArray, part: NDArray): NDArray {
  return add(end, multiply(divide(subtract(start, end), 2), add(cos(multiply(Math.PI, part)), 1)));
}

/** What `cosineOnecycleSchedule` takes. */
export interface CosineOnecycleOptions {
  readonly transitionSteps: number;
  readonly peakValue: Scalar;
  /** The part of the steps that go up. Default 0.3. */
  readonly pctStart?: number;
  /** The peak over the first value. Default 25. */
  readonly divFactor?: number;
  /** The first value over the last. Default 1e4. */
  readonly finalDivFactor?: number;
}

/** What `linearOnecycleSchedule` takes. */
export interface LinearOnecycleOptions extends CosineOnecycleOptions {
  /** The part of the steps after which the first value is reached again. Default 0.85. */
  readonly pctFinal?: number;
}

/**
 * The schedule of one cycle in straight lines: up to the peak, down to the first value, then further down.
 *
 * @throws RangeError if `transitionSteps` is not above 0
 * @example
 * optax.linearOnecycleSchedule(100, 1)(30).item() // => 1
 */
export function linearOnecycleSchedule(
  ...args: Given<
    [transitionSteps: number, peakValue: Scalar],
    "transitionSteps peakValue",
    [pctStart: number, pctFinal: number, divFactor: number, finalDivFactor: number],
    Pick<LinearOnecycleOptions, "pctStart" | "pctFinal" | "divFactor" | "finalDivFactor">
  >
): ArraySchedule {
  const { transitionSteps, peakValue, pctStart, pctFinal, divFactor, finalDivFactor } = named<
    Required<LinearOnecycleOptions>
  >("linearOnecycleSchedule", args, {
    transitionSteps: REQUIRED,
    peakValue: REQUIRED,
    pctStart: 0.3,
    pctFinal: 0.85,
    divFactor: 25,
    finalDivFactor: 1e4,
  });
  requireSteps("linearOnecycleSchedule", "transitionSteps", transitionSteps);
  return piecewiseInterpolateSchedule("linear", over(peakValue, divFactor), {
    [Math.trunc(pctStart * transitionSteps)]: divFactor,
    [Math.trunc(pctFinal * transitionSteps)]: 1 / divFactor,
    [transitionSteps]: 1 / finalDivFactor,
  });
}

/**
 * The schedule of one cycle in half waves of a cosine: up to the peak, then down.
 *
 * @throws RangeError if `transitionSteps` is not above 0
 * @example
 * optax.cosineOnecycleSchedule(100, 1)(30).item() // => 1
 */
export function cosineOnecycleSchedule(
  ...args: Given<
    [transitionSteps: number, peakValue: Scalar],
    "transitionSteps peakValue",
    [pctStart: number, divFactor: number, finalDivFactor: number],
    Pick<CosineOnecycleOptions, "pctStart" | "divFactor" | "finalDivFactor">
  >
): ArraySchedule {
  const { transitionSteps, peakValue, pctStart, divFactor, finalDivFactor } = named<Required<CosineOnecycleOptions>>(
    "cosineOnecycleSchedule",
    args,
    {
      transitionSteps: REQUIRED,
      peakValue: REQUIRED,
      pctStart: 0.3,
      divFactor: 25,
      finalDivFactor: 1e4,
    },
  );
  requireSteps("cosineOnecycleSchedule", "transitionSteps", transitionSteps);
  return piecewiseInterpolateSchedule("cosine", over(peakValue, divFactor), {
    [Math.trunc(pctStart * transitionSteps)]: divFactor,
    [Math.trunc(transitionSteps)]: 1 / (divFactor * finalDivFactor),
  });
}
