import type { DType } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import type { ScaleByAdamOptions, ScaleByAdamState } from "../transforms/adam.ts";
import { ADAM, scaleByAdam } from "../transforms/adam.ts";
import { identity } from "../transforms/basic.ts";
import type { EmaState, TraceState } from "../transforms/momentum.ts";
import { ema, trace } from "../transforms/momentum.ts";
import type { ScaleByOptimisticGradientOptions, ScaleByOptimisticGradientState } from "../transforms/optimistic.ts";
import { OPTIMISTIC, scaleByOptimisticGradient } from "../transforms/optimistic.ts";
import type { ScaleByPolyakOptions } from "../transforms/polyak.ts";
import { POLYAK, scaleByPolyak } from "../transforms/polyak.ts";
import type { RpropArguments, ScaleByRpropOptions, ScaleByRpropState } from "../transforms/rprop.ts";
import { RPROP, scaleByRprop } from "../transforms/rprop.ts";
import { scale, scaleByLearningRate, scaleBySign } from "../transforms/scale.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { chain } from "../wrappers/chain.ts";
import type { AllNamed, Named } from "../arguments.ts";
import type { LearningRateState, Optimizer, WithLearningRate } from "./types.ts";

/** What `sgd` takes besides the learning rate. */
export interface SgdOptions {
  /** How much of the updates before stays. Default none, and no state. */
  readonly momentum?: Scalar | null;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
  /** The dtype in which momentum is gathered. Default that of the gradients. */
  readonly accumulatorDtype?: DType | null;
}

interface SgdArguments extends Required<SgdOptions> {
  readonly learningRate: ScalarOrSchedule;
}

/**
 * Gradient descent: `trace` where there is momentum, and `scaleByLearningRate`.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`sgd`), as are the other functions of this file; bit for bit with JAX
 * operation by operation.
 * @throws TypeError for arguments of the wrong kind
 * @example
 * const tx = optax.sgd(0.5, { momentum: 0.5 });
 * let [u, state] = tx.update(jnp.array([4]), tx.init(jnp.zeros([1])));
 * [u, state] = tx.update(jnp.array([1]), state);
 * u.tolist() // => [-1.5]
 */
export function sgd(
  ...args: WithLearningRate<SgdOptions, "momentum nesterov accumulatorDtype">
): Optimizer<EmptyState | TraceState> {
  const { learningRate, momentum, nesterov, accumulatorDtype } = named<SgdArguments>("sgd", args, {
    learningRate: REQUIRED,
    momentum: null,
    nesterov: false,
    accumulatorDtype: null,
  });
  return chain(momentumOf(momentum, { nesterov, accumulatorDtype }), scaleByLearningRate(learningRate));
}

/** `trace` where there is momentum. */
export function momentumOf(
  momentum: Scalar | null,
  options: { readonly nesterov: boolean; readonly accumulatorDtype?: DType | null },
): GradientTransformation<EmptyState | TraceState> {
  return momentum === null ? identity() : trace({ decay: momentum, ...options });
}

/**
 * Gradient descent by the sign of the gradient alone.
 *
 * @example
 * const tx = optax.signSgd(0.5);
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-0.5, 0.5]
 */
export function signSgd(...args: WithLearningRate<object>): Optimizer<EmptyState> {
  const { learningRate } = named<{ learningRate: ScalarOrSchedule }>("signSgd", args, { learningRate: REQUIRED });
  return chain(scaleBySign(), scaleByLearningRate(learningRate));
}

/** What `signum` takes besides the learning rate. */
export interface SignumOptions {
  /** How much of the average stays. Default 0.9. */
  readonly beta?: Scalar;
  /** The dtype of the average. Default that of the gradients. */
  readonly accumulatorDtype?: DType | null;
}

/**
 * Gradient descent by the sign of a running average of the gradient.
 *
 * @example
 * const tx = optax.signum(0.5);
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-0.5, 0.5]
 */
export function signum(
  ...args: WithLearningRate<SignumOptions, "beta accumulatorDtype">
): GradientTransformation<readonly [EmaState, EmptyState, LearningRateState]> {
  const { learningRate, beta, accumulatorDtype } = named<
    Required<SignumOptions> & { readonly learningRate: ScalarOrSchedule }
  >("signum", args, { learningRate: REQUIRED, beta: 0.9, accumulatorDtype: null });
  return chain(ema({ decay: beta, debias: false, accumulatorDtype }), scaleBySign(), scaleByLearningRate(learningRate));
}

/**
 * Optimistic gradient descent: `scaleByOptimisticGradient` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.optimisticGradientDescent(0.5);
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])))[0].tolist() // => [-2]
 */
export function optimisticGradientDescent(
  ...args: WithLearningRate<ScaleByOptimisticGradientOptions, "alpha beta">
): Optimizer<ScaleByOptimisticGradientState> {
  const { learningRate, ...options } = named<
    Required<ScaleByOptimisticGradientOptions> & { readonly learningRate: ScalarOrSchedule }
  >("optimisticGradientDescent", args, { learningRate: REQUIRED, ...OPTIMISTIC });
  return chain(scaleByOptimisticGradient(options), scaleByLearningRate(learningRate));
}

/** What `optimisticAdamV2` takes besides the learning rate. */
export interface OptimisticAdamOptions extends ScaleByAdamOptions, ScaleByOptimisticGradientOptions {}

/**
 * Optimistic Adam: `scaleByAdam` (with Nesterov momentum by default), `scaleByOptimisticGradient` and
 * `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.optimisticAdamV2(0.5);
 * tx.init(jnp.zeros([2])).length // => 3
 */
export function optimisticAdamV2(
  ...args: WithLearningRate<OptimisticAdamOptions>
): GradientTransformation<readonly [ScaleByAdamState, ScaleByOptimisticGradientState, LearningRateState]> {
  const { learningRate, alpha, beta, ...options } = named<
    Required<OptimisticAdamOptions> & { readonly learningRate: ScalarOrSchedule }
  >("optimisticAdamV2", args, { learningRate: REQUIRED, ...OPTIMISTIC, ...ADAM, nesterov: true });
  return chain(scaleByAdam(options), scaleByOptimisticGradient({ alpha, beta }), scaleByLearningRate(learningRate));
}

/** What `polyakSgd` takes. */
export interface PolyakSgdOptions extends ScaleByPolyakOptions {
  /** A factor of the step. Default 1. */
  readonly scaling?: ScalarOrSchedule;
}

/**
 * Gradient descent by Polyak's step: an update needs the loss, `tx.update(grads, state, params, { value })`.
 *
 * @throws TypeError if an update gets no `{ value }`
 * @example
 * const tx = optax.polyakSgd();
 * const state = tx.init(jnp.zeros([2]));
 * tx.update(jnp.array([2, 2]), state, null, { value: 2 })[0].tolist() // => [-0.5, -0.5]
 */
export function polyakSgd(
  ...args: AllNamed<PolyakSgdOptions, "maxLearningRate scaling fMin eps variant">
): GradientTransformation<readonly [readonly [EmptyState | TraceState, LearningRateState], EmptyState]> {
  const { scaling, ...options } = named<Required<PolyakSgdOptions>>(
    "polyakSgd",
    args,
    { maxLearningRate: 1, scaling: 1, fMin: POLYAK.fMin, eps: POLYAK.eps, variant: POLYAK.variant },
    ["scaling"],
  );
  return chain(sgd(scaling), scaleByPolyak(options));
}

/**
 * Rprop: `scaleByRprop` downhill. It looks at signs alone, and is for gradients of all data.
 *
 * @example
 * const tx = optax.rprop(0.5);
 * const [, state] = tx.update(jnp.array([4]), tx.init(jnp.zeros([1])));
 * tx.update(jnp.array([4]), state)[0].tolist() // => [-0.5]
 */
export function rprop(
  ...args: Named<"learningRate", Scalar, ScaleByRpropOptions, "etaMinus etaPlus minStepSize maxStepSize">
): GradientTransformation<readonly [ScaleByRpropState, EmptyState]> {
  return chain(scaleByRprop(named<RpropArguments>("rprop", args, RPROP, [])), scale(-1));
}
