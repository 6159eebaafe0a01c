import type { DType, NDArray } from "../../array/index.ts";
import { add, divide, multiply, sqrt } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import type { DecayedOptimizer, DecayOptions, WithLearningRate } from "../optimizers/types.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { treeMap } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { chain } from "../wrappers/chain.ts";

/** A fast and a slow average of gradients, and one of squares. */
export interface ScaleByAdemamixState {
  /** int32 */
  readonly count: NDArray;
  /** int32 */
  readonly count_m2: NDArray;
  readonly m1: Tree;
  readonly m2: Tree;
  readonly nu: Tree;
}

/** What `scaleByAdemamix` takes. */
export interface ScaleByAdemamixOptions {
  /** How much of the fast average stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squares stays. Default 0.999. */
  readonly b2?: Scalar;
  /** How much of the slow average stays. Default 0.9999. */
  readonly b3?: ScalarOrSchedule;
  /** The weight of the slow average. Default 6. */
  readonly alpha?: ScalarOrSchedule;
  /** Added to the root. Default 1e-8. */
  readonly eps?: Scalar;
  /** Added below the root. Default 0. */
  readonly epsRoot?: Scalar;
  /** The dtype of the averages. Default that of the gradients. */
  readonly muDtype?: DType | null;
}

const ADEMAMIX: Required<ScaleByAdemamixOptions> = {
  b1: 0.9,
  b2: 0.999,
  b3: 0.9999,
  alpha: 6,
  eps: 1e-8,
  epsRoot: 0,
  muDtype: null,
};

/**
 * AdEMAMix' rescaling: Adam's with a second, slow average of gradients: u = (m1Hat + alpha *
 * m2) / (sqrt(vHat + epsRoot) + eps).
 *
 * Source: optax 0.2.8 `optax/contrib/_ademamix.py` (`scale_by_ademamix`), as is the other function of this file.
 * @example
 * const tx = optax.contrib.scaleByAdemamix({ b1: 0.5, b2: 0.75, alpha: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [1, -1]
 */
export function scaleByAdemamix(
  ...args: readonly [options?: ScaleByAdemamixOptions]
): GradientTransformation<ScaleByAdemamixState> {
  const { b1, b2, b3, alpha, eps, epsRoot, muDtype } = named<Required<ScaleByAdemamixOptions>>(
    "contrib.scaleByAdemamix",
    args,
    ADEMAMIX,
    ["b3", "alpha"],
  );
  return transformation(
    (params) => ({
      count: zeroCount(),
      count_m2: zeroCount(),
      m1: treeZerosLike(params, muDtype),
      m2: treeZerosLike(params, muDtype),
      nu: treeZerosLike(params, muDtype),
    }),
    (updates, state) => {
      const step = state.count_m2.item();
      const m1 = updateMoment(updates, state.m1, b1, 1);
      const m2 = updateMoment(updates, state.m2, typeof b3 === "function" ? b3(step) : b3, 1);
      const nu = updateMoment(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const weight = typeof alpha === "function" ? alpha(step) : alpha;
      const scaled = treeMap(
        (fast, slow, v) => divide(add(fast, multiply(weight, slow!)), add(sqrt(add(v!, epsRoot)), eps)),
        biasCorrection(m1, b1, count),
        m2,
        biasCorrection(nu, b2, count),
      );
      return [scaled, { count, count_m2: safeIncrement(state.count_m2), m1, m2, nu }];
    },
  );
}

/**
 * AdEMAMix: `scaleByAdemamix` with `alpha` 5, weight decay (default 0) and `scaleByLearningRate`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.ademamix(0.5, { b1: 0.5, b2: 0.75, alpha: 0 });
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])), jnp.zeros([1]))[0].tolist() // => [-0.5]
 */
export function ademamix(
  ...args: WithLearningRate<ScaleByAdemamixOptions & DecayOptions>
): DecayedOptimizer<ScaleByAdemamixState> {
  const { learningRate, weightDecay, mask, ...options } = named<
    Required<ScaleByAdemamixOptions & DecayOptions> & { readonly learningRate: ScalarOrSchedule }
  >("contrib.ademamix", args, { learningRate: REQUIRED, ...ADEMAMIX, alpha: 5, weightDecay: 0, mask: null }, [
    "learningRate",
    "weightDecay",
    "b3",
    "alpha",
  ]);
  return chain(scaleByAdemamix(options), addDecayedWeights(weightDecay, mask), scaleByLearningRate(learningRate));
}
