import type { Given } from "../../base/index.ts";
import { add, clip, divide, full, multiply, power, subtract } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { Scalar } from "../base.ts";
import { minus } from "../scalars.ts";
import type { ArraySchedule } from "./count.ts";
import { toCount } from "./count.ts";

/**
 * The schedule of one value.
 *
 * Source: optax 0.2.8 `optax/schedules/_schedule.py` (`constant_schedule`), as are the other functions of this file.
 * @example
 * optax.constantSchedule(0.5)(7).item() // => 0.5
 */
export function constantSchedule(...args: Given<[value: Scalar], "value">): ArraySchedule {
  const { value } = named<{ value: Scalar }>("constantSchedule", args, { value: REQUIRED });
  return (count) => full(toCount("constantSchedule", count).shape, value, "float32");
}

/** What `linearSchedule` takes. */
export interface LinearScheduleOptions {
  readonly initValue: Scalar;
  readonly endValue: Scalar;
  /** How many steps it takes from the first value to the last; not above 0, the value stays. */
  readonly transitionSteps: number;
  /** How many steps there are before. Default 0. */
  readonly transitionBegin?: number;
}

/**
 * The schedule that goes from one value to another in a straight line, then stays.
 *
 * @example
 * const schedule = optax.linearSchedule(1, 0, 10);
 * schedule([0, 5, 20]).tolist() // => [1, 0.5, 0]
 */
export function linearSchedule(
  ...args: Given<
    [initValue: Scalar, endValue: Scalar, transitionSteps: number],
    "initValue endValue transitionSteps",
    [transitionBegin: number],
    Pick<LinearScheduleOptions, "transitionBegin">
  >
): ArraySchedule {
  const options = named<Required<LinearScheduleOptions>>("linearSchedule", args, {
    initValue: REQUIRED,
    endValue: REQUIRED,
    transitionSteps: REQUIRED,
    transitionBegin: 0,
  });
  return polynomial("linearSchedule", { ...options, power: 1 });
}

/** What `polynomialSchedule` takes. */
export interface PolynomialScheduleOptions extends LinearScheduleOptions {
  readonly power: Scalar;
}

/**
 * The schedule that goes from one value to another by a power of what is left, then stays: (initValue - endValue) * (1
 * - (count - transitionBegin) / transitionSteps)^power + endValue.
 *
 * @example
 * optax.polynomialSchedule(1, 0, 2, 10)(5).item() // => 0.25
 */
export function polynomialSchedule(
  ...args: Given<
    [initValue: Scalar, endValue: Scalar, power: Scalar, transitionSteps: number],
    "initValue endValue power transitionSteps",
    [transitionBegin: number],
    Pick<PolynomialScheduleOptions, "transitionBegin">
  >
): ArraySchedule {
  return polynomial(
    "polynomialSchedule",
    named<Required<PolynomialScheduleOptions>>("polynomialSchedule", args, {
      initValue: REQUIRED,
      endValue: REQUIRED,
      power: REQUIRED,
      transitionSteps: REQUIRED,
      transitionBegin: 0,
    }),
  );
}

function polynomial(
  fn: string,
  { initValue, endValue, power: exponent, transitionSteps, transitionBegin }: Required<PolynomialScheduleOptions>,
): ArraySchedule {
  if (transitionSteps <= 0) return constantSchedule(initValue);
  const begin = Math.max(transitionBegin, 0);
  return (count) => {
    const done = clip(subtract(toCount(fn, count), begin), 0, transitionSteps);
    const left = subtract(1, divide(done, transitionSteps));
    return add(multiply(minus(initValue, endValue), power(left, exponent)), endValue);
  };
}

/** What `warmupConstantSchedule` takes. */
export interface WarmupConstantScheduleOptions {
  readonly initValue: Scalar;
  readonly peakValue: Scalar;
  readonly warmupSteps: number;
}

/**
 * The schedule that goes to a value in a straight line, then stays.
 *
 * @example
 * optax.warmupConstantSchedule(0, 1, 10)([5, 50]).tolist() // => [0.5, 1]
 */
export function warmupConstantSchedule(
  ...args: Given<[initValue: Scalar, peakValue: Scalar, warmupSteps: number], "initValue peakValue warmupSteps">
): ArraySchedule {
  const { initValue, peakValue, warmupSteps } = named<WarmupConstantScheduleOptions>("warmupConstantSchedule", args, {
    initValue: REQUIRED,
    peakValue: REQUIRED,
    warmupSteps: REQUIRED,
  });
  return linearSchedule(initValue, peakValue, warmupSteps);
}
