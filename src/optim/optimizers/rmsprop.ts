import type { AllNamed } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import type { ScaleByAdadeltaOptions, ScaleByAdaDeltaState } from "../transforms/adadelta.ts";
import { ADADELTA, scaleByAdadelta } from "../transforms/adadelta.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import type { TraceState } from "../transforms/momentum.ts";
import type { ScaleByRmsOptions, ScaleByRmsState, ScaleByRssOptions, ScaleByRssState } from "../transforms/rms.ts";
import { RMS, RSS, scaleByRms, scaleByRss, scaleByStddev } from "../transforms/rms.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { chain } from "../wrappers/chain.ts";
import type { Mask } from "../wrappers/masked.ts";
import { momentumOf } from "./sgd.ts";
import type { DecayState, LearningRateState, Optimizer, WithLearningRate } from "./types.ts";
import { RATE_AND_DECAY } from "./types.ts";

/** What `rmsprop` takes besides the learning rate. */
export interface RmspropOptions extends ScaleByRmsOptions {
  /** Whether the variance stands in place of the squares: `scaleByStddev`. Default false. */
  readonly centered?: boolean;
  /** How much of the updates before stays. Default none, and no state. */
  readonly momentum?: Scalar | null;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
}

/**
 * RMSProp: `scaleByRms`, or `scaleByStddev` where it is centered, `scaleByLearningRate`, and `trace` where there is
 * momentum.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`rmsprop`), as are the other functions of this file.
 * @example
 * const tx = optax.rmsprop(0.5, { decay: 0.75, eps: 0 });
 * tx.update(jnp.array([4, -8]), tx.init(jnp.zeros([2])))[0].tolist() // => [-1, 1]
 */
export function rmsprop(
  ...args: WithLearningRate<
    RmspropOptions,
    "decay eps initialScale epsInSqrt centered momentum nesterov biasCorrection"
  >
): GradientTransformation<readonly [ScaleByRmsState, LearningRateState, EmptyState | TraceState]> {
  // The names in the order of optax's places.
  const { biasCorrection, ...places } = RMS;
  const { learningRate, centered, momentum, nesterov, ...options } = named<
    Required<RmspropOptions> & { readonly learningRate: ScalarOrSchedule }
  >("rmsprop", args, {
    learningRate: REQUIRED,
    ...places,
    centered: false,
    momentum: null,
    nesterov: false,
    biasCorrection,
  });
  return chain(
    centered ? scaleByStddev(options) : scaleByRms(options),
    scaleByLearningRate(learningRate),
    momentumOf(momentum, { nesterov }),
  ) as GradientTransformation<readonly [ScaleByRmsState, LearningRateState, EmptyState | TraceState]>;
}

/**
 * AdaGrad: `scaleByRss` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.adagrad(0.5, { initialAccumulatorValue: 0, eps: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-0.5, 0.5]
 */
export function adagrad(
  ...args: WithLearningRate<ScaleByRssOptions, "initialAccumulatorValue eps">
): Optimizer<ScaleByRssState> {
  const { learningRate, ...options } = named<Required<ScaleByRssOptions> & { readonly learningRate: ScalarOrSchedule }>(
    "adagrad",
    args,
    { learningRate: REQUIRED, ...RSS },
  );
  return chain(scaleByRss(options), scaleByLearningRate(learningRate));
}

/** What `adadelta` takes. */
export interface AdadeltaOptions extends ScaleByAdadeltaOptions {
  /** How much of the parameters is added to the gradients. Default 0. */
  readonly weightDecay?: ScalarOrSchedule;
  /** Which leaves decay. Default all. */
  readonly weightDecayMask?: Mask | null;
}

/**
 * Adadelta: weight decay, `scaleByAdadelta`, and `scaleByLearningRate` where there is a rate.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.adadelta();
 * tx.init(jnp.zeros([2]))[1].e_g.shape // => [2]
 */
export function adadelta(
  ...args: AllNamed<
    AdadeltaOptions & { readonly learningRate?: ScalarOrSchedule | null },
    "learningRate rho eps weightDecay weightDecayMask"
  >
): GradientTransformation<readonly [DecayState, ScaleByAdaDeltaState, LearningRateState]> {
  const { learningRate, weightDecay, weightDecayMask, ...options } = named<
    Required<AdadeltaOptions> & { readonly learningRate: ScalarOrSchedule | null }
  >("adadelta", args, { learningRate: null, ...ADADELTA, weightDecay: 0, weightDecayMask: null }, RATE_AND_DECAY);
  return chain(
    addDecayedWeights(weightDecay, weightDecayMask),
    scaleByAdadelta(options),
    scaleByLearningRate(learningRate),
  );
}
