import type { DType, NDArray } from "../../array/index.ts";
import {
  add,
  asarray,
  astype,
  divide,
  isnan,
  logicalOr,
  maximum,
  multiply,
  nanToNum,
  ones,
  power,
  subtract,
  where,
  zeros,
} from "../../array/index.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement } from "../count.ts";
import { oneMinus } from "../moments.ts";
import { sgd } from "../optimizers/sgd.ts";
import { warmupConstantSchedule } from "../schedules/polynomial.ts";
import { addDecayedWeights } from "../transforms/decay.ts";
import { scaleByRms } from "../transforms/rms.ts";
import { scaleByLearningRate } from "../transforms/scale.ts";
import { treeDtype } from "../tree/dtype.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeSub } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation, chain } from "../wrappers/chain.ts";

/** The state of an optimizer without a schedule. */
export interface ScheduleFreeState<S = unknown> {
  readonly b1: NDArray;
  readonly weight_sum: NDArray;
  /** int32, from 1 on. */
  readonly step_count: NDArray;
  readonly max_lr: NDArray;
  readonly base_optimizer_state: S;
  readonly z: Tree;
}

/** What `scheduleFree` takes besides the optimizer and its learning rate. */
export interface ScheduleFreeOptions {
  /** How far gradients are taken from the average of parameters. Default 0.9. */
  readonly b1?: Scalar;
  /** The power of the learning rate in the weights of the average. Default 2. */
  readonly weightLrPower?: Scalar;
  /** The dtype of the parameters in the state. Default theirs. */
  readonly stateDtype?: DType | null;
}

/**
 * An optimizer that needs no schedule, because the parameters it gives are averages. Evaluate with
 * `scheduleFreeEvalParams`.
 *
 * Source: optax 0.2.8 `optax/contrib/_schedule_free.py` (`schedule_free`), as are the other functions of this file.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.scheduleFree(optax.sgd(0.5), 0.5);
 * const params = jnp.array([1]);
 * const [u] = tx.update(jnp.array([1]), tx.init(params), params);
 * optax.applyUpdates(params, u).tolist() // => [0.5]
 */
export function scheduleFree<S>(
  baseOptimizer: GradientTransformation<S>,
  learningRate: ScalarOrSchedule,
  ...args: readonly [options?: ScheduleFreeOptions]
): GradientTransformation<ScheduleFreeState<S>> {
  assertTransformation(baseOptimizer, 'contrib.scheduleFree: "baseOptimizer"');
  const { b1, weightLrPower, stateDtype } = named<Required<ScheduleFreeOptions>>("contrib.scheduleFree", args, {
    b1: 0.9,
    weightLrPower: 2,
    stateDtype: null,
  });
  return transformation<ScheduleFreeState<S>>(
    (params) => {
      const dtype = treeDtype(params, "lowest");
      return {
        b1: asarray(b1, dtype),
        weight_sum: zeros([], dtype),
        step_count: ones([], "int32"),
        max_lr: zeros([], dtype),
        base_optimizer_state: baseOptimizer.init(params),
        z: treeCast(params, stateDtype),
      };
    },
    (updates, state, params, extra) => {
      requireParams("contrib.scheduleFree", params);
      const lr =
        typeof learningRate === "function"
          ? asarray(learningRate(state.step_count.item()), state.max_lr.dtype)
          : learningRate;
      const maxLr = maximum(state.max_lr, lr);
      const weight = power(maxLr, weightLrPower);
      const total = add(state.weight_sum, weight);
      const share = where(
        logicalOr(isnan(weight), isnan(total)),
        NaN,
        nanToNum(divide(weight, total), { nan: 0, posinf: Infinity }),
      );
      const [moved, next] = baseOptimizer.update(updates, state.base_optimizer_state, params, extra);
      const z = treeMap((p, u) => astype(add(p, u!), asarray(p).dtype), state.z, moved);
      const x = treeMap(
        (before, now) => add(multiply(subtract(1, share), before), multiply(share, now!)),
        averageOf(params, state.z, b1),
        z,
      );
      const target = treeMap((xi, zi) => add(multiply(b1, xi), multiply(oneMinus(b1), zi!)), x, z);
      return [
        treeSub(target, params),
        {
          b1: state.b1,
          weight_sum: total,
          step_count: safeIncrement(state.step_count),
          max_lr: maxLr,
          base_optimizer_state: next,
          z,
        },
      ];
    },
  );
}

/** (y - (1 - b1) * z) / b1. */
function averageOf(params: Tree, z: Tree, b1: Scalar): Tree {
  return treeMap((y, zi) => divide(subtract(y, multiply(oneMinus(b1), zi!)), b1), params, z);
}

/**
 * The parameters to evaluate with: the average that `scheduleFree` keeps in its state and parameters together.
 *
 * @example
 * const tx = optax.contrib.scheduleFree(optax.sgd(0.5), 0.5);
 * const params = jnp.array([1]);
 * optax.contrib.scheduleFreeEvalParams(tx.init(params), params).tolist() // => [1]
 */
export function scheduleFreeEvalParams<T>(state: ScheduleFreeState, params: T): T {
  if (state?.b1 === undefined || state.z === undefined)
    throw new TypeError('optax.contrib.scheduleFreeEvalParams: "state" expected that of scheduleFree');
  return averageOf(params, state.z, state.b1) as T;
}

/** What `scheduleFreeSgd` takes. */
export interface ScheduleFreeSgdOptions extends ScheduleFreeOptions {
  /** Default 1. */
  readonly learningRate?: Scalar;
  /** In how many steps the learning rate is reached. Default none. */
  readonly warmupSteps?: number | null;
  /** How much of the parameters is added. Default none. */
  readonly weightDecay?: Scalar | null;
}

/**
 * Gradient descent without a schedule: `sgd` in `scheduleFree`.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.scheduleFreeSgd({ learningRate: 0.5 });
 * tx.init(jnp.zeros([2])).z.shape // => [2]
 */
export function scheduleFreeSgd(
  ...args:
    readonly [options?: ScheduleFreeSgdOptions] | readonly [learningRate: Scalar, options?: ScheduleFreeSgdOptions]
): GradientTransformation<ScheduleFreeState> {
  const { learningRate, warmupSteps, weightDecay, ...options } = named<Required<ScheduleFreeSgdOptions>>(
    "contrib.scheduleFreeSgd",
    args,
    { learningRate: 1, warmupSteps: null, b1: 0.9, weightDecay: null, weightLrPower: 2, stateDtype: null },
    [],
  );
  const rate = warmedUp(learningRate, warmupSteps);
  const base = weightDecay === null ? sgd(rate) : chain(addDecayedWeights(weightDecay), sgd(rate));
  return scheduleFree(base as GradientTransformation, rate, options);
}

function warmedUp(learningRate: Scalar, warmupSteps: number | null): ScalarOrSchedule {
  return warmupSteps === null ? learningRate : warmupConstantSchedule(0, learningRate, warmupSteps);
}

/** What `scheduleFreeAdamw` takes. */
export interface ScheduleFreeAdamwOptions extends ScheduleFreeOptions {
  /** Default 0.0025. */
  readonly learningRate?: Scalar;
  /** In how many steps the learning rate is reached. Default none. */
  readonly warmupSteps?: number | null;
  /** How much of the average of squares stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-8. */
  readonly eps?: Scalar;
  /** How much of the parameters is added. Default 0. */
  readonly weightDecay?: Scalar;
}

/**
 * Adam without a schedule: Adam without an average of gradients in `scheduleFree`, which has one.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.contrib.scheduleFreeAdamw();
 * tx.init(jnp.zeros([2])).step_count.item() // => 1
 */
export function scheduleFreeAdamw(
  ...args:
    readonly [options?: ScheduleFreeAdamwOptions] | readonly [learningRate: Scalar, options?: ScheduleFreeAdamwOptions]
): GradientTransformation<ScheduleFreeState> {
  const { learningRate, warmupSteps, b2, eps, weightDecay, ...options } = named<Required<ScheduleFreeAdamwOptions>>(
    "contrib.scheduleFreeAdamw",
    args,
    {
      learningRate: 0.0025,
      warmupSteps: null,
      b1: 0.9,
      b2: 0.999,
      eps: 1e-8,
      weightDecay: 0,
      weightLrPower: 2,
      stateDtype: null,
    },
    [],
  );
  const rate = warmedUp(learningRate, warmupSteps);
  const base = chain(
    scaleByRms({ decay: b2, eps, epsInSqrt: false, biasCorrection: true }),
    addDecayedWeights(weightDecay),
    scaleByLearningRate(rate),
  );
  return scheduleFree(base as GradientTransformation, rate, options);
}
