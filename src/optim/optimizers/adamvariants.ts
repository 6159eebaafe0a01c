import { named, REQUIRED } from "../arguments.ts";
import type { ScalarOrSchedule } from "../base.ts";
import type {
  ScaleByAdamaxOptions,
  ScaleByAdamState,
  ScaleByAmsgradOptions,
  ScaleByAmsgradState,
} from "../transforms/adam.ts";
import { ADAMAX, AMSGRAD, scaleByAdamax, scaleByAmsgrad } from "../transforms/adam.ts";
import type { ScaleByAdanOptions, ScaleByAdanState } from "../transforms/adan.ts";
import { ADAN, scaleByAdan } from "../transforms/adan.ts";
import type { ScaleByBeliefOptions } from "../transforms/belief.ts";
import { BELIEF, scaleByBelief } from "../transforms/belief.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import type { ScaleByLionOptions, ScaleByLionState } from "../transforms/lion.ts";
import { scaleByLion } from "../transforms/lion.ts";
import type { ScaleByNovogradOptions } from "../transforms/novograd.ts";
import { scaleByNovograd } from "../transforms/novograd.ts";
import type { ScaleByRadamOptions } from "../transforms/radam.ts";
import { RADAM, scaleByRadam } from "../transforms/radam.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import type { ScaleByYogiOptions } from "../transforms/yogi.ts";
import { scaleByYogi } from "../transforms/yogi.ts";
import { chain } from "../wrappers/chain.ts";
import type { DecayedOptimizer, DecayOptions, Optimizer, WithLearningRate } from "./types.ts";
import { RATE_AND_DECAY } from "./types.ts";

/** All arguments of an optimizer. */
type Arguments<Options> = Required<Options> & { readonly learningRate: ScalarOrSchedule };

/**
 * Adamax: `scaleByAdamax` and `scaleByLearningRate`.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`adamax`), as are the other functions of this file.
 * @example
 * const tx = optax.adamax(0.5, { b1: 0.5, eps: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-0.5, 0.5]
 */
export function adamax(...args: WithLearningRate<ScaleByAdamaxOptions, "b1 b2 eps">): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<Arguments<ScaleByAdamaxOptions>>("adamax", args, {
    learningRate: REQUIRED,
    ...ADAMAX,
  });
  return chain(scaleByAdamax(options), scaleByLearningRate(learningRate));
}

/**
 * Adamax with weight decay (default 1e-4).
 *
 * @example
 * const tx = optax.adamaxw(0.5, { b1: 0.5, eps: 0, weightDecay: 0.5 });
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])), jnp.array([2]))[0].tolist() // => [-1]
 */
export function adamaxw(
  ...args: WithLearningRate<ScaleByAdamaxOptions & DecayOptions, "b1 b2 eps weightDecay mask">
): DecayedOptimizer<ScaleByAdamState> {
  const { learningRate, weightDecay, mask, ...options } = named<Arguments<ScaleByAdamaxOptions & DecayOptions>>(
    "adamaxw",
    args,
    { learningRate: REQUIRED, ...ADAMAX, weightDecay: 1e-4, mask: null },
    RATE_AND_DECAY,
  );
  return chain(scaleByAdamax(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}

/**
 * AMSGrad: `scaleByAmsgrad` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.amsgrad(0.5, { b1: 0.5, b2: 0.75 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-0.5, 0.5]
 */
export function amsgrad(
  ...args: WithLearningRate<ScaleByAmsgradOptions, "b1 b2 eps epsRoot muDtype biasCorrectionMu biasCorrectionNu">
): Optimizer<ScaleByAmsgradState> {
  const { learningRate, ...options } = named<Arguments<ScaleByAmsgradOptions>>("amsgrad", args, {
    learningRate: REQUIRED,
    ...AMSGRAD,
  });
  return chain(scaleByAmsgrad(options), scaleByLearningRate(learningRate));
}

/**
 * AdaBelief: `scaleByBelief` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.adabelief(0.5, { b1: 0.5, b2: 0.75, epsRoot: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-1, 1]
 */
export function adabelief(
  ...args: WithLearningRate<ScaleByBeliefOptions, "b1 b2 eps epsRoot">
): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<Arguments<ScaleByBeliefOptions>>("adabelief", args, {
    learningRate: REQUIRED,
    ...BELIEF,
  });
  return chain(scaleByBelief(options), scaleByLearningRate(learningRate));
}

/**
 * Adan: `scaleByAdan` with `epsRoot` 1e-8, weight decay (default 0) and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.adan(0.5, { b1: 0.5, b2: 0.5, b3: 0.75, epsRoot: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])), jnp.zeros([2]))[0].tolist() // => [-0.5, 0.5]
 */
export function adan(
  ...args: WithLearningRate<ScaleByAdanOptions & DecayOptions, "b1 b2 b3 eps epsRoot weightDecay mask">
): DecayedOptimizer<ScaleByAdanState> {
  const { learningRate, weightDecay, mask, ...options } = named<Arguments<ScaleByAdanOptions & DecayOptions>>(
    "adan",
    args,
    { learningRate: REQUIRED, ...ADAN, epsRoot: 1e-8, weightDecay: 0, mask: null },
    RATE_AND_DECAY,
  );
  return chain(scaleByAdan(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}

/** What `lion` takes besides the learning rate. */
export interface LionOptions extends Omit<ScaleByLionOptions, "mode" | "smoothBeta">, DecayOptions {}

/**
 * Lion: `scaleByLion`, weight decay (default 1e-3) and `scaleByLearningRate`. Its learning rate is 3 to 10
 * times smaller than that of `adamw`.
 *
 * Bit for bit with JAX operation by operation.
 * @throws TypeError for arguments of the wrong kind, or if an update gets no parameters
 * @example
 * const tx = optax.lion(0.5, { weightDecay: 0.5 });
 * const params = jnp.array([2, 2]);
 * tx.update(jnp.array([4, 2]), tx.init(params), params)[0].tolist() // => [-1, -1]
 */
export function lion(
  ...args: WithLearningRate<LionOptions, "b1 b2 muDtype weightDecay mask">
): DecayedOptimizer<ScaleByLionState> {
  const { learningRate, weightDecay, mask, ...options } = named<Arguments<LionOptions>>(
    "lion",
    args,
    { learningRate: REQUIRED, b1: 0.9, b2: 0.99, muDtype: null, weightDecay: 1e-3, mask: null },
    RATE_AND_DECAY,
  );
  return chain(scaleByLion(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}

/**
 * NovoGrad: `scaleByNovograd` with `eps` 1e-6, and `scaleByLearningRate`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.novograd(0.5, { eps: 0 });
 * const params = jnp.zeros([2]);
 * tx.update(jnp.array([3, -4]), tx.init(params), params)[0].tolist() // => [-0.3, 0.4]
 */
export function novograd(
  ...args: WithLearningRate<Omit<ScaleByNovogradOptions, "muDtype">, "b1 b2 eps epsRoot weightDecay">
): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<Arguments<Omit<ScaleByNovogradOptions, "muDtype">>>("novograd", args, {
    learningRate: REQUIRED,
    b1: 0.9,
    b2: 0.25,
    eps: 1e-6,
    epsRoot: 0,
    weightDecay: 0,
  });
  return chain(scaleByNovograd(options), scaleByLearningRate(learningRate));
}

/**
 * Rectified Adam: `scaleByRadam` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.radam(0.5, { b1: 0.5, b2: 0.75 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [-2, 1]
 */
export function radam(
  ...args: WithLearningRate<ScaleByRadamOptions, "b1 b2 eps epsRoot threshold">
): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<Arguments<ScaleByRadamOptions>>("radam", args, {
    learningRate: REQUIRED,
    ...RADAM,
  });
  return chain(scaleByRadam(options), scaleByLearningRate(learningRate));
}

/** What `yogi` takes besides the learning rate. */
export type YogiOptions = Pick<ScaleByYogiOptions, "b1" | "b2" | "eps">;

/**
 * Yogi: `scaleByYogi` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.yogi(0.5);
 * tx.init(jnp.zeros([1]))[0].nu.tolist() // => [1e-6]
 */
export function yogi(...args: WithLearningRate<YogiOptions, "b1 b2 eps">): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<Arguments<YogiOptions>>("yogi", args, {
    learningRate: REQUIRED,
    b1: 0.9,
    b2: 0.999,
    eps: 1e-3,
  });
  return chain(scaleByYogi(options), scaleByLearningRate(learningRate));
}
