import type { ScalarOrSchedule } from "../base.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { ScaleByAdamOptions, ScaleByAdamState } from "../transforms/adam.ts";
import { ADAM, scaleByAdam } from "../transforms/adam.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { chain } from "../wrappers/chain.ts";
import type { DecayedOptimizer, DecayOptions, Optimizer, WithLearningRate } from "./types.ts";
import { RATE_AND_DECAY } from "./types.ts";

interface AdamArguments extends Required<ScaleByAdamOptions> {
  readonly learningRate: ScalarOrSchedule;
}

/** What `adamw` takes besides the learning rate. */
export interface AdamWOptions extends ScaleByAdamOptions, DecayOptions {}

interface AdamWArguments extends AdamArguments, Required<DecayOptions> {}

const ADAM_DEFAULTS = { learningRate: REQUIRED, ...ADAM } as const;

/**
 * Adam: `scaleByAdam` and `scaleByLearningRate`.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`adam`), bit for bit with JAX operation by operation.
 * @throws TypeError for arguments of the wrong kind
 * @example
 * const tx = optax.adam(0.5, { b1: 0.5, b2: 0.75 });
 * const [u, state] = tx.update({ w: jnp.array([4, -2]) }, tx.init({ w: jnp.zeros([2]) }));
 * [u.w.tolist(), state[0].count.item()] // => [[-0.5, 0.5], 1]
 */
export function adam(
  ...args: WithLearningRate<ScaleByAdamOptions, "b1 b2 eps epsRoot muDtype">
): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<AdamArguments>("adam", args, ADAM_DEFAULTS);
  return chain(scaleByAdam(options), scaleByLearningRate(learningRate));
}

/**
 * Adam with Nesterov momentum.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`nadam`).
 * @example
 * const tx = optax.nadam(0.5);
 * tx.init(jnp.zeros([2]))[0].mu.shape // => [2]
 */
export function nadam(
  ...args: WithLearningRate<Omit<ScaleByAdamOptions, "nesterov">, "b1 b2 eps epsRoot muDtype">
): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<AdamArguments>("nadam", args, { ...ADAM_DEFAULTS, nesterov: true });
  return chain(scaleByAdam(options), scaleByLearningRate(learningRate));
}

/**
 * Adam with weight decay (default 1e-4): `scaleByAdam`, `addDecayedWeights`, `scaleByLearningRate`. The decay is
 * multiplied by the learning rate.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`adamw`), bit for bit with JAX operation by operation.
 * @throws TypeError for arguments of the wrong kind, or if an update gets no parameters
 * @example
 * const tx = optax.adamw(0.5, { b1: 0.5, b2: 0.75, weightDecay: 0.5 });
 * const params = { w: jnp.array([2, 2]) };
 * tx.update({ w: jnp.array([4, 2]) }, tx.init(params), params)[0].w.tolist() // => [-1, -1]
 */
export function adamw(
  ...args: WithLearningRate<AdamWOptions, "b1 b2 eps epsRoot muDtype weightDecay mask">
): DecayedOptimizer<ScaleByAdamState> {
  return decayed("adamw", args, false);
}

/**
 * Adam with weight decay and Nesterov momentum.
 *
 * Source: optax 0.2.8 `optax/_src/alias.py` (`nadamw`).
 * @example
 * const tx = optax.nadamw(0.5);
 * tx.init(jnp.zeros([2])).length // => 3
 */
export function nadamw(
  ...args: WithLearningRate<Omit<AdamWOptions, "nesterov">, "b1 b2 eps epsRoot muDtype weightDecay mask">
): DecayedOptimizer<ScaleByAdamState> {
  return decayed("nadamw", args, true);
}

function decayed(fn: string, args: readonly unknown[], nesterov: boolean): DecayedOptimizer<ScaleByAdamState> {
  // The names in the order of optax's places, behind which `nesterov` is by name alone.
  const { nesterov: _, ...places } = ADAM_DEFAULTS;
  const { learningRate, weightDecay, mask, ...options } = named<AdamWArguments>(
    fn,
    args,
    { ...places, weightDecay: 1e-4, mask: null, nesterov },
    RATE_AND_DECAY,
  );
  return chain(scaleByAdam(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}
