import type { DType, NDArray } from "../../array/index.ts";
import { clip, divide, maximum, negative, power, sqrt } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { updateMoment } from "../moments.ts";
import type { Optimizer, WithLearningRate } from "../optimizers/types.ts";
import type { ScaleByAdamState } from "../transforms/adam.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeZerosLike } from "../tree/math.ts";
import { chain } from "../wrappers/chain.ts";

/** What `scaleByAdopt` takes. */
export interface ScaleByAdoptOptions {
  /** How much of the average of rescaled gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squares stays. Default 0.9999. */
  readonly b2?: Scalar;
  /** What the root counts as at least. Default 1e-6. */
  readonly eps?: Scalar;
  /** The dtype of the average of gradients. Default theirs. */
  readonly muDtype?: DType | null;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
  /** Whether rescaled gradients are held between minus and plus `clipValueFn(count)`. Default true. */
  readonly useClipping?: boolean;
  /** Default count^0.25. */
  readonly clipValueFn?: (count: NDArray) => NDArray;
}

const ADOPT: Required<ScaleByAdoptOptions> = {
  b1: 0.9,
  b2: 0.9999,
  eps: 1e-6,
  muDtype: null,
  nesterov: false,
  useClipping: true,
  clipValueFn: (count) => power(count, 0.25),
};

/**
 * ADOPT's rescaling: the gradient over the root of the average of squares of the steps before, then averaged. The first
 * update is 0.
 *
 * Source: optax 0.2.8 `optax/contrib/_adopt.py` (`scale_by_adopt`), as is the other function of this file.
 * @example
 * const tx = optax.contrib.scaleByAdopt({ b1: 0.5 });
 * const [, state] = tx.update(jnp.array([4]), tx.init(jnp.zeros([1])));
 * tx.update(jnp.array([2]), state)[0].tolist() // => [0.25]
 */
export function scaleByAdopt(
  ...args: readonly [options?: ScaleByAdoptOptions]
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, muDtype, nesterov, useClipping, clipValueFn } = named<Required<ScaleByAdoptOptions>>(
    "contrib.scaleByAdopt",
    args,
    ADOPT,
    ["clipValueFn"],
  );
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype), nu: treeZerosLike(params) }),
    (updates, state) => {
      const later = state.count.item() > 0;
      const decay = later ? inFloat32(b1) : 1;
      const nu = updateMoment(updates, state.nu, later ? inFloat32(b2) : 0, 2);
      const limit = useClipping ? clipValueFn(state.count) : undefined;
      const rescaled = treeMap(
        (g, v) => {
          const u = divide(g, maximum(sqrt(v!), eps));
          return limit ? clip(u, negative(limit), limit) : u;
        },
        updates,
        state.nu,
      );
      const mu = updateMoment(rescaled, state.mu, decay, 1);
      return [
        nesterov ? updateMoment(rescaled, mu, decay, 1) : mu,
        { count: safeIncrement(state.count), mu: treeCast(mu, muDtype), nu },
      ];
    },
  );
}

/** A number as optax chooses it by the step, which makes it float32. It takes the dtype of what it multiplies still. */
function inFloat32(x: Scalar): Scalar {
  return typeof x === "number" ? Math.fround(x) : x;
}

/**
 * ADOPT: `scaleByAdopt` and `scaleByLearningRate`.
 *
 * @example
 * const tx = optax.contrib.adopt(0.5);
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])))[0].tolist() // => [-0]
 */
export function adopt(...args: WithLearningRate<ScaleByAdoptOptions>): Optimizer<ScaleByAdamState> {
  const { learningRate, ...options } = named<
    Required<ScaleByAdoptOptions> & { readonly learningRate: ScalarOrSchedule }
  >("contrib.adopt", args, { learningRate: REQUIRED, ...ADOPT }, ["learningRate", "clipValueFn"]);
  return chain(scaleByAdopt(options), scaleByLearningRate(learningRate));
}
