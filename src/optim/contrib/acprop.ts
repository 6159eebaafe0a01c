import { add, divide, onesLike, sqrt } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import type { DecayedOptimizer, DecayOptions, WithLearningRate } from "../optimizers/types.ts";
import { RATE_AND_DECAY } from "../optimizers/types.ts";
import type { ScaleByAdamState } from "../transforms/adam.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { treeMap } from "../tree/map.ts";
import { treeSub, treeZerosLike } from "../tree/math.ts";
import { chain } from "../wrappers/chain.ts";

/** What `scaleByAcprop` takes. */
export interface ScaleByAcpropOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squared errors stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-16. */
  readonly eps?: Scalar;
  /** Added to the average of squared errors. Default 1e-16. */
  readonly epsRoot?: Scalar;
}

const ACPROP: Required<ScaleByAcpropOptions> = { b1: 0.9, b2: 0.999, eps: 1e-16, epsRoot: 1e-16 };

/**
 * ACProp's rescaling: the gradient over the root of the average of squared errors up to the step before, the errors
 * being those of the average of gradients. The first time the gradient itself.
 *
 * Source: optax 0.2.8 `optax/contrib/_acprop.py` (`scale_by_acprop`), as is the other function of this file.
 * @example
 * const tx = optax.contrib.scaleByAcprop();
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [4, -2]
 */
export function scaleByAcprop(
  ...args: readonly [options?: ScaleByAcpropOptions]
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot } = named<Required<ScaleByAcpropOptions>>("contrib.scaleByAcprop", args, ACPROP);
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params), nu: treeZerosLike(params) }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const errors = updateMoment(treeSub(updates, state.mu), state.nu, b2, 2);
      const nu = treeMap((v) => add(v, epsRoot), errors);
      const nuHat =
        state.count.item() === 0 ? treeMap((v) => onesLike(v), state.nu) : biasCorrection(state.nu, b2, state.count);
      const scaled = treeMap((g, v) => divide(g, add(sqrt(v!), eps)), updates, nuHat);
      return [scaled, { count: safeIncrement(state.count), mu, nu }];
    },
  );
}

/**
 * ACProp: `scaleByAcprop`, weight decay (default 0) and `scaleByLearningRate`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.acprop(0.5);
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])), jnp.zeros([1]))[0].tolist() // => [-2]
 */
export function acprop(
  ...args: WithLearningRate<ScaleByAcpropOptions & DecayOptions>
): DecayedOptimizer<ScaleByAdamState> {
  const { learningRate, weightDecay, mask, ...options } = named<
    Required<ScaleByAcpropOptions & DecayOptions> & { readonly learningRate: ScalarOrSchedule }
  >("contrib.acprop", args, { learningRate: REQUIRED, ...ACPROP, weightDecay: 0, mask: null }, RATE_AND_DECAY);
  return chain(scaleByAcprop(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}
