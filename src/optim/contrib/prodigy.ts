import type { NDArray } from "../../array/index.ts";
import {
  abs,
  add,
  asarray,
  astype,
  divide,
  maximum,
  multiply,
  power,
  sqrt,
  subtract,
  zeros,
} from "../../array/index.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { decayed, oneMinus } from "../moments.ts";
import { times } from "../scalars.ts";
import { treeDtype } from "../tree/dtype.ts";
import { treeMap } from "../tree/map.ts";
import { treeScale, treeSub, treeSum, treeVdot, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** The state of an optimizer that finds its step itself. */
export interface ProdigyState {
  readonly exp_avg: Tree;
  readonly exp_avg_sq: Tree;
  readonly grad_sum: Tree;
  readonly params0: Tree;
  /** The step found so far. */
  readonly estim_lr: NDArray;
  readonly numerator_weighted: NDArray;
  /** int32 */
  readonly count: NDArray;
}

/** What `prodigy` takes. */
export interface ProdigyOptions {
  /** A factor of the step that is found. Default 1. */
  readonly learningRate?: ScalarOrSchedule;
  /** How much of the averages of gradients and of squares stays. Default [0.9, 0.999]. */
  readonly betas?: readonly [Scalar, Scalar];
  /** How much of the sums stays. Default the root of the second of `betas`. */
  readonly beta3?: number | null;
  /** Default 1e-8. */
  readonly eps?: Scalar;
  /** The first step. Default 1e-6. */
  readonly estimLr0?: Scalar;
  /** A factor of the estimates. Default 1. */
  readonly estimLrCoef?: Scalar;
  /** How much of the parameters is added. Default 0. */
  readonly weightDecay?: Scalar;
  /** Whether `learningRate` is left out of the sums. Default false. */
  readonly safeguardWarmup?: boolean;
}

/** sqrt(1 - beta2^count) / (1 - beta1^count). */
export function correctionOf([beta1, beta2]: readonly [Scalar, Scalar], count: NDArray): NDArray {
  return divide(power(subtract(1, decayed(beta2, count)), 0.5), subtract(1, decayed(beta1, count)));
}

/** The square root of a number in double precision, as of Python's floats. */
export function rootOfScalar(x: Scalar): Scalar {
  return typeof x === "number" ? Math.sqrt(x) : power(x, 0.5);
}

/**
 * Prodigy: Adam with a step that it finds itself.
 *
 * Source: optax 0.2.8 `optax/contrib/_prodigy.py` (`prodigy`).
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.prodigy();
 * tx.init(jnp.zeros([2])).estim_lr.item() // => 1e-6
 */
export function prodigy(
  ...args: readonly [options?: ProdigyOptions] | readonly [learningRate: ScalarOrSchedule, options?: ProdigyOptions]
): GradientTransformation<ProdigyState> {
  const o = named<Required<ProdigyOptions>>("contrib.prodigy", args, {
    learningRate: 1,
    betas: [0.9, 0.999],
    beta3: null,
    eps: 1e-8,
    estimLr0: 1e-6,
    estimLrCoef: 1,
    weightDecay: 0,
    safeguardWarmup: false,
  });
  const [beta1, beta2] = o.betas;
  const beta3 = o.beta3 ?? rootOfScalar(beta2);
  return transformation(
    (params) => {
      const dtype = treeDtype(params, "lowest");
      return {
        exp_avg: treeZerosLike(params),
        exp_avg_sq: treeZerosLike(params),
        grad_sum: treeZerosLike(params),
        params0: params,
        estim_lr: asarray(o.estimLr0, dtype),
        numerator_weighted: zeros([], dtype),
        count: zeroCount(),
      };
    },
    (updates, state, params) => {
      requireParams("contrib.prodigy", params);
      const count = safeIncrement(state.count);
      const { learningRate } = o;
      const schedule = typeof learningRate === "function" ? learningRate(state.count.item()) : learningRate;
      const before = state.estim_lr;
      const step = astype(multiply(multiply(before, schedule), correctionOf(o.betas, count)), before.dtype);
      const scaled = treeScale(before, updates);
      const moved = treeVdot(updates, treeSub(state.params0, params));
      const average = treeMap((m, g) => add(multiply(beta1, m), multiply(oneMinus(beta1), g!)), state.exp_avg, scaled);
      const squares = treeMap(
        (v, g) => add(multiply(beta2, v), multiply(multiply(oneMinus(beta2), g!), g!)),
        state.exp_avg_sq,
        scaled,
      );
      const weight = o.safeguardWarmup ? before : step;
      const sums = treeMap(
        (s, g) => add(multiply(beta3, s), divide(multiply(weight, g!), o.estimLr0)),
        state.grad_sum,
        scaled,
      );
      const numerator = add(
        multiply(beta3, state.numerator_weighted),
        multiply(multiply(divide(before, o.estimLr0), step), moved),
      );
      const estimate = divide(multiply(o.estimLrCoef, numerator), treeSum(treeMap((s) => abs(s), sums)));
      const found = maximum(before, estimate);
      const decay = multiply(times(-1, o.weightDecay), step);
      const update = treeMap(
        (m, v, p) => subtract(multiply(decay, p!), divide(multiply(step, m), add(sqrt(v!), multiply(found, o.eps)))),
        average,
        squares,
        params,
      );
      return [
        update,
        {
          exp_avg: average,
          exp_avg_sq: squares,
          grad_sum: sums,
          params0: state.params0,
          estim_lr: found,
          numerator_weighted: numerator,
          count,
        },
      ];
    },
  );
}

/** The state of `dadaptAdamw`. */
export interface DAdaptAdamWState extends Omit<ProdigyState, "params0"> {}

/** What `dadaptAdamw` takes. */
export interface DAdaptAdamWOptions extends Pick<
  ProdigyOptions,
  "learningRate" | "betas" | "eps" | "estimLr0" | "weightDecay"
> {}

/**
 * D-Adaptation for AdamW: Adam with a step that it finds itself.
 *
 * Source: optax 0.2.8 `optax/contrib/_dadapt_adamw.py` (`dadapt_adamw`).
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.dadaptAdamw();
 * tx.init(jnp.zeros([2])).estim_lr.item() // => 1e-6
 */
export function dadaptAdamw(
  ...args:
    readonly [options?: DAdaptAdamWOptions] | readonly [learningRate: ScalarOrSchedule, options?: DAdaptAdamWOptions]
): GradientTransformation<DAdaptAdamWState> {
  const o = named<Required<DAdaptAdamWOptions>>("contrib.dadaptAdamw", args, {
    learningRate: 1,
    betas: [0.9, 0.999],
    eps: 1e-8,
    estimLr0: 1e-6,
    weightDecay: 0,
  });
  const [beta1, beta2] = o.betas;
  const root = rootOfScalar(beta2);
  const rest = oneMinus(root);
  return transformation(
    (params) => {
      const dtype = treeDtype(params, "lowest");
      return {
        exp_avg: treeZerosLike(params),
        exp_avg_sq: treeZerosLike(params),
        grad_sum: treeZerosLike(params),
        estim_lr: asarray(o.estimLr0, dtype),
        numerator_weighted: zeros([], dtype),
        count: zeroCount(),
      };
    },
    (updates, state, params) => {
      requireParams("contrib.dadaptAdamw", params);
      const count = safeIncrement(state.count);
      const { learningRate } = o;
      const schedule = typeof learningRate === "function" ? learningRate(state.count.item()) : learningRate;
      const step = astype(
        multiply(multiply(state.estim_lr, schedule), correctionOf(o.betas, count)),
        state.numerator_weighted.dtype,
      );
      const weighted = treeMap((s, v) => divide(s, add(sqrt(v!), o.eps)), state.grad_sum, state.exp_avg_sq);
      const moved = treeVdot(updates, weighted);
      const average = treeMap(
        (m, g) => add(multiply(beta1, m), multiply(multiply(oneMinus(beta1), step), g!)),
        state.exp_avg,
        updates,
      );
      const squares = treeMap(
        (v, g) => add(multiply(beta2, v), multiply(multiply(oneMinus(beta2), g!), g!)),
        state.exp_avg_sq,
        updates,
      );
      const sums = treeMap(
        (s, g) => add(multiply(root, s), multiply(multiply(rest, step), g!)),
        state.grad_sum,
        updates,
      );
      const numerator = add(multiply(root, state.numerator_weighted), multiply(multiply(rest, step), moved));
      const estimate = divide(numerator, multiply(rest, treeSum(treeMap((s) => abs(s), sums))));
      const decay = multiply(times(-1, o.weightDecay), step);
      const update = treeMap(
        (m, v, p) => subtract(multiply(decay, p!), divide(m, add(sqrt(v!), o.eps))),
        average,
        squares,
        params,
      );
      return [
        update,
        {
          exp_avg: average,
          exp_avg_sq: squares,
          grad_sum: sums,
          estim_lr: maximum(state.estim_lr, estimate),
          numerator_weighted: numerator,
          count,
        },
      ];
    },
  );
}
