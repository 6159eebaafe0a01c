import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import {
  add,
  asarray,
  astype,
  divide,
  isArray,
  isfinite,
  less,
  logicalNot,
  square,
  subtract,
  sum,
  zerosLike,
} from "../../array/index.ts";
import { bind, describe, refuseSurplus } from "../../base/index.ts";
import type { Places } from "../../base/index.ts";
import type { ExtraArgs, GradientTransformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { checkOperand } from "../operands.ts";
import { arrayLeaves, treeMap } from "../tree/map.ts";
import { treeCastLike, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation } from "./chain.ts";

/** Gathered gradients, and the state of the optimizer inside. */
export interface MultiStepsState<S = unknown> {
  /** int32: how many gradients were gathered. */
  readonly mini_step: NDArray;
  /** int32: how many updates there were. */
  readonly gradient_step: NDArray;
  readonly inner_opt_state: S;
  readonly acc_grads: Tree;
  /** What `shouldSkipUpdateFn` gave besides its answer. */
  readonly skip_state: Tree;
}

/** Whether the gradients of a step are left out, and what is to be kept about that. */
export type ShouldSkipUpdateFunction = (
  updates: Tree,
  gradientStep: number,
  params: Tree,
) => readonly [NDArray | boolean, Tree];

/** What `MultiSteps` takes besides the optimizer. */
export interface MultiStepsOptions {
  /** How many gradients make an update: a number, or a function of the number of updates before. */
  readonly everyKSchedule: number | ((gradientStep: number) => number);
  /** Whether the optimizer gets the mean of the gradients (default) or their sum. */
  readonly useGradMean?: boolean;
  readonly shouldSkipUpdateFn?: ShouldSkipUpdateFunction;
  /** The dtype in which gradients are gathered. Default float32. */
  readonly accumulatorDtype?: DType;
}

const SIGNATURE = "optax.MultiSteps opt | everyKSchedule useGradMean shouldSkipUpdateFn accumulatorDtype";

/**
 * An optimizer that makes one update of k gradients: for batches k times as large as fit in memory. The updates between
 * are zeros. The mean is gathered as acc = acc + (g - acc) / (n + 1).
 *
 * Source: optax 0.2.8 `optax/transforms/_accumulation.py` (`MultiSteps`), which computes the inner update at every step
 * and multiplies it by 0; here it is computed at the last alone.
 * @throws TypeError if `everyKSchedule` is neither a number nor a function; RangeError if it is
 * below 1 or not a whole number
 * @example
 * const tx = new optax.MultiSteps(optax.scale(-1), { everyKSchedule: 2 });
 * let [u, state] = tx.update(jnp.array([1]), tx.init(jnp.zeros([1])));
 * const first = u.tolist();
 * [u, state] = tx.update(jnp.array([4]), state);
 * [first, u.tolist(), tx.hasUpdated(state)] // => [[0], [-2.5], true]
 */
export class MultiSteps<S = unknown> implements GradientTransformation<MultiStepsState<S>> {
  readonly innerOpt: GradientTransformation<S>;
  private readonly options: Required<MultiStepsOptions>;

  constructor(named: MultiStepsOptions & { readonly opt: GradientTransformation<S> });
  constructor(opt: GradientTransformation<S>, options: MultiStepsOptions);
  constructor(
    opt: GradientTransformation<S>,
    everyKSchedule: MultiStepsOptions["everyKSchedule"],
    ...places: Places<
      [useGradMean: boolean, shouldSkipUpdateFn: ShouldSkipUpdateFunction | null, accumulatorDtype: DType | null],
      Omit<MultiStepsOptions, "everyKSchedule">
    >
  );
  constructor(...args: readonly unknown[]) {
    const [opt, options] = bind(SIGNATURE, args) as [GradientTransformation<S>, MultiStepsOptions | undefined];
    const {
      everyKSchedule,
      useGradMean = true,
      shouldSkipUpdateFn,
      accumulatorDtype,
    } = options ?? ({} as MultiStepsOptions);
    assertTransformation(opt, 'MultiSteps: "opt"');
    if (typeof everyKSchedule !== "function") toSteps(everyKSchedule);
    this.innerOpt = opt;
    this.options = {
      everyKSchedule,
      useGradMean,
      shouldSkipUpdateFn: shouldSkipUpdateFn ?? (() => [false, []]),
      accumulatorDtype: accumulatorDtype ?? "float32",
    };
  }

  init(params: Tree): MultiStepsState<S> {
    const { shouldSkipUpdateFn, accumulatorDtype } = this.options;
    return {
      mini_step: zeroCount(),
      gradient_step: zeroCount(),
      inner_opt_state: this.innerOpt.init(params),
      acc_grads: treeZerosLike(params, accumulatorDtype),
      skip_state: shouldSkipUpdateFn(treeZerosLike(params), 0, params)[1],
    };
  }

  update<T>(updates: T, state: MultiStepsState<S>, params?: Tree, extra: ExtraArgs = {}): [T, MultiStepsState<S>] {
    const { everyKSchedule, useGradMean, shouldSkipUpdateFn, accumulatorDtype } = this.options;
    const step = state.gradient_step.item();
    const k = toSteps(typeof everyKSchedule === "function" ? everyKSchedule(step) : everyKSchedule);
    const [skip, skipState] = shouldSkipUpdateFn(updates, step, params);
    if (isTrue(skip)) return [treeZerosLike(updates), { ...state, skip_state: skipState }];
    const n = state.mini_step.item();
    const gathered = treeMap(
      (g, acc) => (useGradMean ? add(acc!, divide(subtract(g, acc!), n + 1)) : add(g, acc!)),
      updates,
      state.acc_grads,
    );
    const miniStep = asarray((n + 1) % k, "int32");
    if (n !== k - 1)
      return [
        treeZerosLike(updates),
        {
          ...state,
          mini_step: miniStep,
          acc_grads: treeMap((x) => astype(x, accumulatorDtype), gathered),
          skip_state: skipState,
        },
      ];
    const [changed, inner] = this.innerOpt.update(
      treeCastLike(gathered, updates) as unknown as T,
      state.inner_opt_state,
      params,
      extra,
    );
    return [
      changed,
      {
        mini_step: miniStep,
        gradient_step: safeIncrement(state.gradient_step),
        inner_opt_state: inner,
        acc_grads: treeMap((x) => zerosLike(x, accumulatorDtype), gathered),
        skip_state: skipState,
      },
    ];
  }

  /** Whether the update that gave this state was one of the optimizer inside. */
  hasUpdated(state: MultiStepsState<S>): boolean {
    return state.mini_step.item() === 0 && state.gradient_step.item() > 0;
  }

  /** This as a plain transformation. */
  gradientTransformation(): GradientTransformation<MultiStepsState<S>> {
    return {
      init: (params) => this.init(params),
      update: (updates, state, params, extra) => this.update(updates, state, params, extra),
    };
  }
}

function toSteps(k: unknown): number {
  const n = isArray(k) ? k.item() : k;
  if (typeof n !== "number")
    throw new TypeError(`optax.MultiSteps: "everyKSchedule" expected a number or a function, got ${describe(k)}`);
  if (!Number.isInteger(n) || n < 1)
    throw new RangeError(`optax.MultiSteps: "everyKSchedule" expected a whole number from 1, got ${describe(k)}`);
  return n;
}

function isTrue(skip: unknown): boolean {
  if (typeof skip === "boolean") return skip;
  if (isArray(skip) && skip.size === 1) return skip.item() !== 0;
  throw new TypeError(`optax.MultiSteps: "shouldSkipUpdateFn" expected to give true or false, got ${describe(skip)}`);
}

/**
 * Leaves out gradients that are not finite: for `MultiSteps`.
 *
 * Source: optax 0.2.8 `optax/transforms/_accumulation.py` (`skip_not_finite`), as is the other function below.
 * @example
 * optax.skipNotFinite({ a: jnp.array([1, NaN]) })[1].num_not_finite.item() // => 1
 */
export function skipNotFinite(
  updates: Tree,
  _gradientStep?: number,
  _params?: Tree,
): [NDArray, { should_skip: NDArray; num_not_finite: NDArray }] {
  if (arguments.length > 3) refuseSurplus("optax.skipNotFinite", "updates gradientStep params", arguments, false);
  const counts = arrayLeaves(updates).map((x) =>
    sum(logicalNot(isfinite(checkOperand("skipNotFinite", "updates", x)))),
  );
  const bad = counts.reduce<NDArray>((sum, one) => add(sum, one), asarray(0, "int32"));
  const skip = asarray(bad.item() > 0);
  return [skip, { should_skip: skip, num_not_finite: bad }];
}

/**
 * Leaves out gradients whose squared norm is not below a limit: for `MultiSteps`, with the limit bound.
 *
 * @example
 * optax.skipLargeUpdates({ a: jnp.array([3, 4]) }, 0, null, 20)[1].norm_squared.item() // => 25
 */
export function skipLargeUpdates(
  updates: Tree,
  _gradientStep: number,
  _params: Tree,
  maxSquaredNorm: ArrayLike,
): [NDArray, { should_skip: NDArray; norm_squared: NDArray }] {
  if (arguments.length > 4)
    refuseSurplus("optax.skipLargeUpdates", "updates gradientStep params maxSquaredNorm", arguments, false);
  const fn = "skipLargeUpdates";
  const squares = arrayLeaves(updates).map((x) => sum(square(checkOperand(fn, "updates", x))));
  const norm = squares.reduce<NDArray>((sum, one) => add(sum, one), asarray(0));
  const skip = logicalNot(less(norm, checkOperand(fn, "maxSquaredNorm", maxSquaredNorm)));
  return [skip, { should_skip: skip, norm_squared: norm }];
}
