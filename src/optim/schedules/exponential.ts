import type { Given } from "../../base/index.ts";
import {
  asarray,
  divide,
  floor,
  lessEqual,
  maximum,
  minimum,
  multiply,
  power,
  subtract,
  where,
} from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { Scalar } from "../base.ts";
import type { ArraySchedule } from "./count.ts";
import { toCount } from "./count.ts";
import { joinSchedules } from "./join.ts";
import { constantSchedule, linearSchedule } from "./polynomial.ts";

/** What `exponentialDecay` takes. */
export interface ExponentialDecayOptions {
  readonly initValue: Scalar;
  /** In how many steps the value is multiplied by `decayRate`; not above 0, the value stays. */
  readonly transitionSteps: number;
  /** 0 lets the value stay. */
  readonly decayRate: number;
  /** How many steps there are before. Default 0. */
  readonly transitionBegin?: number;
  /** Whether the value falls once every `transitionSteps` alone. Default false. */
  readonly staircase?: boolean;
  /** Where the value stops. Default nowhere. */
  readonly endValue?: Scalar | null;
}

/**
 * The schedule that is multiplied by a rate every so many steps: initValue * decayRate^((count - transitionBegin) /
 * transitionSteps).
 *
 * Source: optax 0.2.8 `optax/schedules/_schedule.py` (`exponential_decay`), as is the other function of this file.
 * @example
 * optax.exponentialDecay(1, 10, 0.25)([5, 10]).tolist() // => [0.5, 0.25]
 */
export function exponentialDecay(
  ...args: Given<
    [initValue: Scalar, transitionSteps: number, decayRate: number],
    "initValue transitionSteps decayRate",
    [transitionBegin: number, staircase: boolean, endValue: Scalar | null],
    Pick<ExponentialDecayOptions, "transitionBegin" | "staircase" | "endValue">
  >
): ArraySchedule {
  const { initValue, transitionSteps, decayRate, transitionBegin, staircase, endValue } = named<
    Required<ExponentialDecayOptions>
  >("exponentialDecay", args, {
    initValue: REQUIRED,
    transitionSteps: REQUIRED,
    decayRate: REQUIRED,
    transitionBegin: 0,
    staircase: false,
    endValue: null,
  });
  if (transitionSteps <= 0 || decayRate === 0) return constantSchedule(initValue);
  const begin = Math.max(transitionBegin, 0);
  const limit = decayRate < 1 ? maximum : minimum;
  return (count) => {
    const done = subtract(toCount("exponentialDecay", count), begin);
    const p = divide(done, transitionSteps);
    const decayed = where(
      lessEqual(done, 0),
      asarray(initValue),
      multiply(initValue, power(decayRate, staircase ? floor(p) : p)),
    );
    return endValue === null ? decayed : limit(decayed, endValue);
  };
}

/** What `warmupExponentialDecaySchedule` takes. */
export interface WarmupExponentialDecayOptions extends Omit<ExponentialDecayOptions, "initValue"> {
  readonly initValue: Scalar;
  readonly peakValue: Scalar;
  readonly warmupSteps: number;
}

/**
 * The schedule that goes to a value in a straight line, then decays from it as `exponentialDecay`.
 *
 * @example
 * const schedule = optax.warmupExponentialDecaySchedule(0, 1, 10, 10, 0.25);
 * schedule([5, 10, 20]).tolist() // => [0.5, 1, 0.25]
 */
export function warmupExponentialDecaySchedule(
  ...args: Given<
    [initValue: Scalar, peakValue: Scalar, warmupSteps: number, transitionSteps: number, decayRate: number],
    "initValue peakValue warmupSteps transitionSteps decayRate",
    [transitionBegin: number, staircase: boolean, endValue: Scalar | null],
    Pick<WarmupExponentialDecayOptions, "transitionBegin" | "staircase" | "endValue">
  >
): ArraySchedule {
  const { initValue, peakValue, warmupSteps, ...decay } = named<Required<WarmupExponentialDecayOptions>>(
    "warmupExponentialDecaySchedule",
    args,
    {
      initValue: REQUIRED,
      peakValue: REQUIRED,
      warmupSteps: REQUIRED,
      transitionSteps: REQUIRED,
      decayRate: REQUIRED,
      transitionBegin: 0,
      staircase: false,
      endValue: null,
    },
  );
  return joinSchedules(
    [linearSchedule(initValue, peakValue, warmupSteps), exponentialDecay({ initValue: peakValue, ...decay })],
    [warmupSteps],
  );
}
