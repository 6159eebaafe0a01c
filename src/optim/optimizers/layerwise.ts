import type { DType } from "../../array/index.ts";
import { power } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { minus, over, plus, times } from "../scalars.ts";

import type { ScaleByAdamState } from "../transforms/adam.ts";
import { scaleByAdam } from "../transforms/adam.ts";
import { clipByBlockRms } from "../transforms/clip.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByFactoredRms } from "../transforms/factored.ts";
import type { TraceState } from "../transforms/momentum.ts";
import { ema, trace } from "../transforms/momentum.ts";
import { scale, scaleByLearningRate } from "../transforms/scale.ts";
import { scaleByParamBlockRms, scaleByTrustRatio } from "../transforms/trustratio.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { chain } from "../wrappers/chain.ts";
import type { Mask, MaskedState } from "../wrappers/masked.ts";
import { masked } from "../wrappers/masked.ts";
import type { DecayOptions, DecayState, LearningRateState, WithLearningRate } from "./types.ts";
import { RATE_AND_DECAY } from "./types.ts";

/** What `lamb` takes besides the learning rate. */
export interface LambOptions extends DecayOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squares stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the square root. Default 1e-6. */
  readonly eps?: Scalar;
  /** Added below the square root. Default 0. */
  readonly epsRoot?: Scalar;
}

/**
 * LAMB: `scaleByAdam`, weight decay (default 0), `scaleByTrustRatio` and `scaleByLearningRate`. For large batches.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`lamb`), as are the other functions of this file.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.lamb(0.5, { eps: 0 });
 * const params = jnp.array([2]);
 * tx.update(jnp.array([4]), tx.init(params), params)[0].tolist() // => [-1]
 */
export function lamb(
  ...args: WithLearningRate<LambOptions, "b1 b2 eps epsRoot weightDecay mask">
): GradientTransformation<readonly [ScaleByAdamState, DecayState, EmptyState, LearningRateState]> {
  const { learningRate, weightDecay, mask, ...options } = named<
    Required<LambOptions> & { readonly learningRate: ScalarOrSchedule }
  >(
    "lamb",
    args,
    { learningRate: REQUIRED, b1: 0.9, b2: 0.999, eps: 1e-6, epsRoot: 0, weightDecay: 0, mask: null },
    RATE_AND_DECAY,
  );
  return chain(
    scaleByAdam(options),
    addDecayedWeights(weightDecay, mask),
    scaleByTrustRatio(),
    scaleByLearningRate(learningRate),
  );
}

/** What `lars` takes besides the learning rate. */
export interface LarsOptions {
  /** How much of the parameters is added to the gradients. Default 0. */
  readonly weightDecay?: ScalarOrSchedule;
  /** Which leaves decay. Default all. */
  readonly weightDecayMask?: Mask | null;
  /** A factor of the trust ratio. Default 1e-3. */
  readonly trustCoefficient?: Scalar;
  /** Added to the norm of the gradients. Default 0. */
  readonly eps?: Scalar;
  /** Which leaves have a trust ratio. Default all. */
  readonly trustRatioMask?: Mask | null;
  /** How much of the updates before stays. Default 0.9. */
  readonly momentum?: Scalar;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
}

/**
 * LARS: weight decay, `scaleByTrustRatio`, `scaleByLearningRate` and `trace`. For large batches.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.lars(0.5, { trustCoefficient: 1 });
 * const params = jnp.array([2]);
 * tx.update(jnp.array([4]), tx.init(params), params)[0].tolist() // => [-1]
 */
export function lars(
  ...args: WithLearningRate<
    LarsOptions,
    "weightDecay weightDecayMask trustCoefficient eps trustRatioMask momentum nesterov"
  >
): GradientTransformation<readonly [DecayState, MaskedState<EmptyState>, LearningRateState, TraceState]> {
  const { learningRate, weightDecay, weightDecayMask, trustCoefficient, eps, trustRatioMask, momentum, nesterov } =
    named<Required<LarsOptions> & { readonly learningRate: ScalarOrSchedule }>(
      "lars",
      args,
      {
        learningRate: REQUIRED,
        weightDecay: 0,
        weightDecayMask: null,
        trustCoefficient: 1e-3,
        eps: 0,
        trustRatioMask: null,
        momentum: 0.9,
        nesterov: false,
      },
      RATE_AND_DECAY,
    );
  return chain(
    addDecayedWeights(weightDecay, weightDecayMask ?? true),
    masked(scaleByTrustRatio({ trustCoefficient, eps }), trustRatioMask ?? true),
    scaleByLearningRate(learningRate),
    trace({ decay: momentum, nesterov }),
  );
}

/** What `fromage` takes besides the learning rate. */
export interface FromageOptions {
  /** What a norm counts as at least. Default 1e-6. */
  readonly minNorm?: Scalar;
}

/**
 * Fromage: `scaleByTrustRatio`, and a step after which the parameters are divided by sqrt(1 + learningRate^2).
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.fromage(0.75);
 * const params = jnp.array([2]);
 * tx.update(jnp.array([4]), tx.init(params), params)[0].tolist() // => [-1.6]
 */
export function fromage(
  ...args: WithLearningRate<FromageOptions, "minNorm">
): GradientTransformation<readonly [EmptyState, LearningRateState, DecayState]> {
  const { learningRate, minNorm } = named<Required<FromageOptions> & { readonly learningRate: ScalarOrSchedule }>(
    "fromage",
    args,
    { learningRate: REQUIRED, minNorm: 1e-6 },
  );
  if (typeof learningRate !== "function") {
    const factor = shrink(learningRate);
    return chain(
      scaleByTrustRatio({ minNorm }),
      scaleByLearningRate(times(learningRate, factor)),
      addDecayedWeights(minus(factor, 1)),
    );
  }
  return chain(
    scaleByTrustRatio({ minNorm }),
    scaleByLearningRate((count) => times(shrink(learningRate(count)), learningRate(count))),
    addDecayedWeights((count) => minus(shrink(learningRate(count)), 1)),
  );
}

/** 1 / sqrt(1 + x^2). */
function shrink(x: Scalar): Scalar {
  const squared = plus(1, times(x, x));
  return over(1, typeof squared === "number" ? Math.sqrt(squared) : power(squared, 0.5));
}

/** What `adafactor` takes. */
export interface AdafactorOptions {
  /** From which size of the second largest axis on a leaf is factored. Default 128. */
  readonly minDimSizeToFactor?: number;
  /** How much of the averages stays at step t: 1 - (t + 1)^-decayRate. Default 0.8. */
  readonly decayRate?: Scalar;
  /** How many steps were done before the first, for fine-tuning. Default 0. */
  readonly decayOffset?: Scalar;
  /** Whether updates are multiplied by the root mean square of their parameters. Default true. */
  readonly multiplyByParameterScale?: boolean;
  /** What the root mean square of an update is at most. Default 1; null leaves it. */
  readonly clippingThreshold?: Scalar | null;
  /** How much of the average of updates stays. Default none, and no state. */
  readonly momentum?: Scalar | null;
  /** The dtype of that average. Default float32. */
  readonly dtypeMomentum?: DType;
  /** How much of the parameters is added. Default none. */
  readonly weightDecayRate?: ScalarOrSchedule | null;
  /** Added to the squares. Default 1e-30. */
  readonly eps?: Scalar;
  /** Whether large matrices keep averages of rows and columns in place of one an element. Default true. */
  readonly factored?: boolean;
  /** Which leaves decay. Default all. */
  readonly weightDecayMask?: Mask | null;
}

/** The places of `adafactor` that say how its second moments are factored. */
type FactoringWords = "minDimSizeToFactor decayRate decayOffset multiplyByParameterScale clippingThreshold";

/**
 * Adafactor: Adam's rescaling with averages of rows and columns in place of one an element, so that its state is small.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.adafactor(0.5);
 * tx.init(jnp.zeros([200, 300]))[0].v_col.shape // => [300]
 */
export function adafactor(
  ...args: AllNamed<
    AdafactorOptions & { readonly learningRate?: ScalarOrSchedule | null },
    `learningRate ${FactoringWords} momentum dtypeMomentum weightDecayRate eps factored weightDecayMask`
  >
): GradientTransformation<readonly unknown[]> {
  const o = named<Required<AdafactorOptions> & { readonly learningRate: ScalarOrSchedule | null }>(
    "adafactor",
    args,
    {
      learningRate: null,
      minDimSizeToFactor: 128,
      decayRate: 0.8,
      decayOffset: 0,
      multiplyByParameterScale: true,
      clippingThreshold: 1,
      momentum: null,
      dtypeMomentum: "float32",
      weightDecayRate: null,
      eps: 1e-30,
      factored: true,
      weightDecayMask: null,
    },
    ["learningRate", "weightDecayRate"],
  );
  const parts: GradientTransformation[] = [
    scaleByFactoredRms({
      factored: o.factored,
      decayRate: o.decayRate,
      stepOffset: o.decayOffset,
      minDimSizeToFactor: o.minDimSizeToFactor,
      epsilon: o.eps,
    }),
  ];
  if (o.clippingThreshold !== null) parts.push(clipByBlockRms(o.clippingThreshold));
  if (o.learningRate !== null) parts.push(scaleByLearningRate(o.learningRate, { flipSign: false }));
  if (o.multiplyByParameterScale) parts.push(scaleByParamBlockRms());
  if (o.momentum !== null) parts.push(ema({ decay: o.momentum, debias: false, accumulatorDtype: o.dtypeMomentum }));
  if (o.weightDecayRate !== null) parts.push(addDecayedWeights(o.weightDecayRate, o.weightDecayMask));
  parts.push(scale(-1));
  return chain(...parts);
}
