import { abs, add, divide, maximum, multiply, negative, subtract } from "../../array/index.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import type { DecayOptions, DecayState, LearningRateState } from "../optimizers/types.ts";
import { RATE_AND_DECAY } from "../optimizers/types.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { treeMap } from "../tree/map.ts";
import { treeFullLike, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { chain } from "../wrappers/chain.ts";

/** The bets so far. */
export interface CocobState {
  readonly init_particles: Tree;
  readonly cumulative_gradients: Tree;
  readonly scale: Tree;
  readonly subgradients: Tree;
  readonly reward: Tree;
}

/** What `scaleByCocob` takes. */
export interface ScaleByCocobOptions {
  /** How much of the greatest gradients a bet is over. Default 100. */
  readonly alpha?: Scalar;
  /** The first scale. Default 1e-8. */
  readonly eps?: Scalar;
}

const COCOB: Required<ScaleByCocobOptions> = { alpha: 100, eps: 1e-8 };

/**
 * COCOB's updates: gradient descent as betting on coins, without a learning rate. With L the greatest
 * |g|, G the sum of |g|, R = max(R - g * (p - p0), 0) and C = C - g, the new parameters are p0 + C /
 * (L * max(G + L, alpha * L)) * (L + R).
 *
 * Source: optax 0.2.8 `optax/contrib/_cocob.py` (`scale_by_cocob`), as is the other function of this file.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.scaleByCocob({ alpha: 1 });
 * const params = jnp.zeros([1]);
 * tx.update(jnp.array([4]), tx.init(params), params)[0].tolist() // => [-0.5]
 */
export function scaleByCocob(...args: readonly [options?: ScaleByCocobOptions]): GradientTransformation<CocobState> {
  const { alpha, eps } = named<Required<ScaleByCocobOptions>>("contrib.scaleByCocob", args, COCOB);
  return transformation(
    (params) => ({
      init_particles: params,
      cumulative_gradients: treeZerosLike(params),
      scale: treeFullLike(params, eps),
      subgradients: treeZerosLike(params),
      reward: treeZerosLike(params),
    }),
    (updates, state, params) => {
      requireParams("contrib.scaleByCocob", params);
      const start = state.init_particles;
      const scale = treeMap((l, g) => maximum(l, abs(g!)), state.scale, updates);
      const subgradients = treeMap((sum, g) => add(sum, abs(g!)), state.subgradients, updates);
      const reward = treeMap(
        (r, g, p, p0) => maximum(subtract(r, multiply(g!, subtract(p!, p0!))), 0),
        state.reward,
        updates,
        params,
        start,
      );
      const gradients = treeMap((c, g) => subtract(c, g!), state.cumulative_gradients, updates);
      const moved = treeMap(
        (p, p0, c, l, sum, r) => {
          const bet = divide(c!, multiply(l!, maximum(add(sum!, l!), multiply(alpha, l!))));
          return add(negative(p), add(p0!, multiply(bet, add(l!, r!))));
        },
        params,
        start,
        gradients,
        scale,
        subgradients,
        reward,
      );
      return [moved, { init_particles: start, cumulative_gradients: gradients, scale, subgradients, reward }];
    },
  );
}

/** What `cocob` takes. */
export interface CocobOptions extends ScaleByCocobOptions, DecayOptions {
  /** A factor of the gradients. Default 1. */
  readonly learningRate?: ScalarOrSchedule;
}

/**
 * COCOB: weight decay (default 0), a factor of the gradients, and `scaleByCocob`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.cocob({ alpha: 1 });
 * const params = jnp.zeros([1]);
 * tx.update(jnp.array([4]), tx.init(params), params)[0].tolist() // => [-0.5]
 */
export function cocob(
  ...args: readonly [options?: CocobOptions] | readonly [learningRate: ScalarOrSchedule, options?: CocobOptions]
): GradientTransformation<readonly [DecayState, LearningRateState, CocobState]> {
  const { learningRate, weightDecay, mask, ...options } = named<Required<CocobOptions>>(
    "contrib.cocob",
    args,
    { learningRate: 1, ...COCOB, weightDecay: 0, mask: null },
    RATE_AND_DECAY,
  );
  return chain(
    addDecayedWeights(weightDecay, mask),
    scaleByLearningRate(learningRate, { flipSign: false }),
    scaleByCocob(options),
  );
}
