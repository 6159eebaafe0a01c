import type { NDArray } from "../../array/index.ts";
import { add, multiply, subtract } from "../../array/index.ts";
import { describe, inTrees, refuseSurplus } from "../../base/index.ts";
import type { Places } from "../../base/index.ts";
import { assertScalar } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { oneMinus } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import { assertTransformation } from "./chain.ts";

/**
 * The parameters of `lookahead`: a tree of two. Gradients are those of the fast ones; the slow ones are for evaluation.
 */
export interface LookaheadParams<P = unknown> {
  readonly fast: P;
  readonly slow: P;
}

/** Makes parameters of `lookahead`. */
export const LookaheadParams: { initSynced<P>(params: P): LookaheadParams<P> } = {
  /**
   * Fast and slow parameters that are the same.
   *
   * @example
   * optax.LookaheadParams.initSynced(jnp.array([1])).slow.tolist() // => [1]
   */
  initSynced<P>(params: P): LookaheadParams<P> {
    if (arguments.length > 1) refuseSurplus("optax.LookaheadParams.initSynced", "params", arguments, false);
    return { fast: params, slow: params };
  },
};

/** The state of `lookahead`. */
export interface LookaheadState<S = unknown> {
  readonly fast_state: S;
  /** int32: how many steps there were since the fast parameters came from the slow ones. */
  readonly steps_since_sync: NDArray;
}

/** How often `lookahead` moves the slow parameters, how far, and whether the fast optimizer then begins anew. */
interface Lookahead {
  readonly syncPeriod: number;
  readonly slowStepSize: Scalar;
  readonly resetState?: boolean;
}

/**
 * k steps forward, one step back: after `syncPeriod` steps of an optimizer the slow parameters move by `slowStepSize`
 * of the way to the fast ones, which then go on from there.
 *
 * Parameters are `LookaheadParams`, and so are updates; gradients have the structure of the fast ones alone. `init`
 * takes the fast parameters too.
 *
 * Source: optax 0.2.8 `optax/_src/lookahead.py` (`lookahead`), which multiplies by 0 what does not count; Zhang et al.,
 * "Lookahead Optimizer: k steps forward, 1 step back", 2019.
 * @throws TypeError if `fastOptimizer` is no transformation, or an update gets other parameters; RangeError if
 * `syncPeriod` is no whole number from 1
 * @example
 * const tx = optax.lookahead(optax.sgd(1), 1, 0.5);
 * const params = optax.LookaheadParams.initSynced(jnp.array([8]));
 * const [u] = tx.update(jnp.array([4]), tx.init(params), params);
 * optax.applyUpdates(params, u).slow.tolist() // => [6]
 */
export function lookahead<S>(
  named: Lookahead & { readonly fastOptimizer: GradientTransformation<S> },
): GradientTransformation<LookaheadState<S>>;
export function lookahead<S>(
  fastOptimizer: GradientTransformation<S>,
  named: Lookahead,
): GradientTransformation<LookaheadState<S>>;
export function lookahead<S>(
  fastOptimizer: GradientTransformation<S>,
  syncPeriod: number,
  named: Omit<Lookahead, "syncPeriod">,
): GradientTransformation<LookaheadState<S>>;
export function lookahead<S>(
  fastOptimizer: GradientTransformation<S>,
  syncPeriod: number,
  slowStepSize: Scalar,
  ...places: Places<[resetState: boolean], Pick<Lookahead, "resetState">>
): GradientTransformation<LookaheadState<S>>;
export function lookahead<S>(): GradientTransformation<LookaheadState<S>> {
  return inTrees(lookaheadOf<S>, arguments, 3, "optax.lookahead fastOptimizer syncPeriod slowStepSize | resetState:b");
}

function lookaheadOf<S>(
  fastOptimizer: GradientTransformation<S>,
  syncPeriod: number,
  slowStepSize: Scalar,
  { resetState = false }: Pick<Lookahead, "resetState"> = {},
): GradientTransformation<LookaheadState<S>> {
  assertTransformation(fastOptimizer, 'lookahead: "fastOptimizer"');
  if (!Number.isInteger(syncPeriod) || syncPeriod < 1)
    throw new RangeError(`optax.lookahead: "syncPeriod" expected a whole number from 1, got ${describe(syncPeriod)}`);
  assertScalar("lookahead", "slowStepSize", slowStepSize);
  const back = oneMinus(slowStepSize);
  return transformation<LookaheadState<S>>(
    (params) => ({
      fast_state: fastOptimizer.init(isPair(params) ? params.fast : params),
      steps_since_sync: zeroCount(),
    }),
    (updates, state, params, extra) => {
      if (!isPair(params))
        throw new TypeError(
          `optax.lookahead: "params" expected LookaheadParams, got ${describe(params)}.\n  right: ` +
            "optax.LookaheadParams.initSynced(params)",
        );
      const { fast, slow } = params;
      const [moved, next] = fastOptimizer.update(updates, state.fast_state, fast, extra);
      if (state.steps_since_sync.item() !== syncPeriod - 1)
        return [
          { fast: moved, slow: treeZerosLike(slow) },
          { fast_state: next, steps_since_sync: safeIncrement(state.steps_since_sync) },
        ];
      const ahead = treeMap((f, u, s) => subtract(add(f, u!), s!), fast, moved, slow);
      return [
        {
          fast: treeMap((u, d) => subtract(u, multiply(back, d!)), moved, ahead),
          slow: treeMap((d) => multiply(slowStepSize, d), ahead),
        },
        { fast_state: resetState ? fastOptimizer.init(fast) : next, steps_since_sync: zeroCount() },
      ];
    },
  );
}

function isPair(params: unknown): params is LookaheadParams {
  return typeof params === "object" && params !== null && "fast" in params && "slow" in params;
}
