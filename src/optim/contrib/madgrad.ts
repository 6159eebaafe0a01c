import type { NDArray } from "../../array/index.ts";
import { abs, add, asarray, astype, divide, multiply, power, sign, sqrt, square, subtract } from "../../array/index.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { oneMinus } from "../moments.ts";
import type { DecayState, WithLearningRate } from "../optimizers/types.ts";
import { plus } from "../scalars.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { treeMap } from "../tree/map.ts";
import { treeSub, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { chain } from "../wrappers/chain.ts";

/** Sums of squares and of gradients, and the parameters at the start. */
export interface MadgradState {
  /** int32 */
  readonly count: NDArray;
  readonly grad_sum_sq: Tree;
  readonly s: Tree;
  readonly x0: Tree;
}

/** What `scaleByMadgrad` takes besides the learning rate. */
export interface ScaleByMadgradOptions {
  /** How much of the parameters stays. Default 0.9. */
  readonly momentum?: Scalar;
  /** Added to the learning rate, and to the cube root. Default 1e-6. */
  readonly eps?: Scalar;
}

type Arguments = Required<ScaleByMadgradOptions> & { readonly learningRate: ScalarOrSchedule };

const MADGRAD = { learningRate: REQUIRED, momentum: 0.9, eps: 1e-6 } as const;

/**
 * MADGRAD's updates, dual averaging with the cube root of the sum of squares: with l = (learningRate +
 * eps) * sqrt(count + 1), q = q + l * g^2 and s = s + l * g, the parameters go to (1 - momentum) * (x0 - s
 * / (cbrt(q) + eps)) + momentum * p.
 *
 * Source: optax 0.2.8 `optax/contrib/_madgrad.py` (`scale_by_madgrad`), as is the other function of this file. The cube
 * root is a power of 1/3 here.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.scaleByMadgrad(1, { momentum: 0, eps: 0 });
 * const params = jnp.zeros([1]);
 * tx.update(jnp.array([8]), tx.init(params), params)[0].tolist() // => [-2]
 */
export function scaleByMadgrad(...args: WithLearningRate<ScaleByMadgradOptions>): GradientTransformation<MadgradState> {
  const { learningRate, momentum, eps } = named<Arguments>("contrib.scaleByMadgrad", args, MADGRAD);
  return transformation(
    (params) => ({
      count: zeroCount(),
      grad_sum_sq: treeZerosLike(params),
      s: treeZerosLike(params),
      x0: params,
    }),
    (updates, state, params) => {
      requireParams("contrib.scaleByMadgrad", params);
      const rate = typeof learningRate === "function" ? learningRate(state.count.item()) : learningRate;
      const weight = multiply(plus(rate, eps), sqrt(add(state.count, 1)));
      const squares = treeMap(
        (q, g) => add(q, astype(multiply(weight, square(g!)), asarray(g!).dtype)),
        state.grad_sum_sq,
        updates,
      );
      const sums = treeMap((s, g) => add(s, astype(multiply(weight, g!), asarray(g!).dtype)), state.s, updates);
      const target = treeMap(
        (p, x0, s, q) => {
          const z = subtract(x0!, divide(s!, add(cbrt(q!), eps)));
          return add(multiply(oneMinus(momentum), z), multiply(momentum, p));
        },
        params,
        state.x0,
        sums,
        squares,
      );
      return [
        treeSub(target, params),
        { count: safeIncrement(state.count), grad_sum_sq: squares, s: sums, x0: state.x0 },
      ];
    },
  );
}

function cbrt(x: NDArray): NDArray {
  return multiply(sign(x), power(abs(x), 1 / 3));
}

/** What `madgrad` takes besides the learning rate. */
export interface MadgradOptions extends ScaleByMadgradOptions {
  /** How much of the parameters is added to the gradients. Default 0. */
  readonly weightDecay?: Scalar;
}

/**
 * MADGRAD: weight decay (default 0) and `scaleByMadgrad`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.madgrad(1, { momentum: 0, eps: 0 });
 * const params = jnp.zeros([1]);
 * tx.update(jnp.array([8]), tx.init(params), params)[0].tolist() // => [-2]
 */
export function madgrad(
  ...args: WithLearningRate<MadgradOptions>
): GradientTransformation<readonly [DecayState, MadgradState]> {
  const { weightDecay, ...options } = named<Arguments & Required<MadgradOptions>>("contrib.madgrad", args, {
    learningRate: REQUIRED,
    momentum: 0.9,
    weightDecay: 0,
    eps: 1e-6,
  });
  return chain(addDecayedWeights(weightDecay), scaleByMadgrad(options));
}
