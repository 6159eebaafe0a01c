import { add, cos, divide, minimum, multiply, power } from "../../array/index.ts";
import type { Given } from "../../base/index.ts";
import { describe } from "../../base/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { Scalar } from "../base.ts";
import { oneMinus } from "../moments.ts";
import { over } from "../scalars.ts";
import type { ArraySchedule } from "./count.ts";
import { requireSteps, toCount } from "./count.ts";
import { joinSchedules } from "./join.ts";
import { linearSchedule } from "./polynomial.ts";

/** What `cosineDecaySchedule` takes. */
export interface CosineDecayOptions {
  readonly initValue: Scalar;
  /** How many steps it takes to the last value. */
  readonly decaySteps: number;
  /** The last value, as a part of the first. Default 0. */
  readonly alpha?: Scalar;
  /** The power of the cosine's half wave. Default 1. */
  readonly exponent?: Scalar;
}

/**
 * The schedule that falls as half a wave of a cosine, then stays: initValue * ((1 - alpha) * (0.5 * (1 + cos(pi *
 * count / decaySteps)))^exponent + alpha).
 *
 * Source: optax 0.2.8 `optax/schedules/_schedule.py` (`cosine_decay_schedule`), as are
 * the other functions of this file.
 * @throws RangeError if `decaySteps` is not above 0
 * @example
 * optax.cosineDecaySchedule(2, 10)([0, 10, 99]).tolist() // => [2, 0, 0]
 */
export function cosineDecaySchedule(
  ...args: Given<
    [initValue: Scalar, decaySteps: number],
    "initValue decaySteps",
    [alpha: Scalar, exponent: Scalar],
    Pick<CosineDecayOptions, "alpha" | "exponent">
  >
): ArraySchedule {
  const { initValue, decaySteps, alpha, exponent } = named<Required<CosineDecayOptions>>("cosineDecaySchedule", args, {
    initValue: REQUIRED,
    decaySteps: REQUIRED,
    alpha: 0,
    exponent: 1,
  });
  requireSteps("cosineDecaySchedule", "decaySteps", decaySteps);
  return (count) => {
    const done = minimum(toCount("cosineDecaySchedule", count), decaySteps);
    const wave = multiply(0.5, add(1, cos(divide(multiply(Math.PI, done), decaySteps))));
    return multiply(initValue, add(multiply(oneMinus(alpha), power(wave, exponent)), alpha));
  };
}

/** What `warmupCosineDecaySchedule` takes. */
export interface WarmupCosineDecayOptions {
  readonly initValue: Scalar;
  readonly peakValue: Scalar;
  readonly warmupSteps: number;
  /** How many steps there are in all, those of the warm-up among them. */
  readonly decaySteps: number;
  /** Default 0. */
  readonly endValue?: Scalar;
  /** The power of the cosine's half wave. Default 1. */
  readonly exponent?: Scalar;
}

/**
 * The schedule that goes to a peak in a straight line, then falls as half a wave of a cosine.
 *
 * @throws RangeError if `decaySteps` is not above `warmupSteps`
 * @example
 * optax.warmupCosineDecaySchedule(0, 1, 10, 30, 0.5)([5, 10, 20, 30]).tolist() // => [0.5, 1, 0.75, 0.5]
 */
export function warmupCosineDecaySchedule(
  ...args: Given<
    [initValue: Scalar, peakValue: Scalar, warmupSteps: number, decaySteps: number],
    "initValue peakValue warmupSteps decaySteps",
    [endValue: Scalar, exponent: Scalar],
    Pick<WarmupCosineDecayOptions, "endValue" | "exponent">
  >
): ArraySchedule {
  const { initValue, peakValue, warmupSteps, decaySteps, endValue, exponent } = named<
    Required<WarmupCosineDecayOptions>
  >("warmupCosineDecaySchedule", args, {
    initValue: REQUIRED,
    peakValue: REQUIRED,
    warmupSteps: REQUIRED,
    decaySteps: REQUIRED,
    endValue: 0,
    exponent: 1,
  });
  if (!(decaySteps > warmupSteps))
    throw new RangeError(
      `optax.warmupCosineDecaySchedule: "decaySteps" expected more than the ${warmupSteps} of the warm-up, ` +
        `which they include, got ${describe(decaySteps)}`,
    );
  return joinSchedules(
    [
      linearSchedule(initValue, peakValue, warmupSteps),
      cosineDecaySchedule({
        initValue: peakValue,
        decaySteps: decaySteps - warmupSteps,
        alpha: peakValue === 0 ? 0 : over(endValue, peakValue),
        exponent,
      }),
    ],
    [warmupSteps],
  );
}

/**
 * The schedule of several warm-ups and cosines one after another, as in stochastic gradient descent with warm restarts.
 * `cosineKwargs` is what `warmupCosineDecaySchedule` takes, once for each.
 *
 * @throws RangeError if there is none
 * @example
 * const once = { initValue: 0, peakValue: 1, warmupSteps: 5, decaySteps: 10 };
 * optax.sgdrSchedule([once, once])([5, 10, 15]).tolist() // => [1, 0, 1]
 */
export function sgdrSchedule(
  ...args: Given<[cosineKwargs: readonly WarmupCosineDecayOptions[]], "cosineKwargs">
): ArraySchedule {
  const { cosineKwargs } = named<{ cosineKwargs: readonly WarmupCosineDecayOptions[] | null }>("sgdrSchedule", args, {
    cosineKwargs: null,
  });
  if (!Array.isArray(cosineKwargs) || cosineKwargs.length === 0)
    throw new RangeError(
      'optax.sgdrSchedule: "cosineKwargs" expected an array of at least one set of options, got ' +
        `${describe(cosineKwargs)}`,
    );
  const parts = cosineKwargs as readonly WarmupCosineDecayOptions[];
  const boundaries: number[] = [];
  let step = 0;
  for (const { decaySteps } of parts) boundaries.push((step += decaySteps));
  return joinSchedules(
    parts.map((part) => warmupCosineDecaySchedule(part)),
    boundaries.slice(0, -1),
  );
}
