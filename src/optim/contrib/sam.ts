import type { NDArray } from "../../array/index.ts";
import { add, divide, negative, subtract } from "../../array/index.ts";
import { describe, inTrees, refuseSurplus } from "../../base/index.ts";
import type { Places } from "../../base/index.ts";
import type { ExtraArgs, GradientTransformation } from "../base.ts";
import { requireExtra, requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { stateless } from "../transforms/basic.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { treeNorm } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { applyUpdates } from "../update.ts";
import { assertTransformation } from "../wrappers/chain.ts";

/**
 * The transformation that divides updates by their global norm.
 *
 * Source: optax 0.2.8 `optax/contrib/_sam.py` (`normalize`), as is the other function of this file.
 * @example
 * const tx = optax.contrib.normalize();
 * tx.update({ a: jnp.array([3]), b: jnp.array([4]) }, tx.init())[0].b.item() // => 0.800000011920929
 */
export function normalize(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.contrib.normalize", "", arguments);
  return stateless((updates) => {
    const norm = treeNorm(updates);
    return treeMap((g) => divide(g, norm), updates);
  });
}

/** The state of `sam`. */
export interface SAMState<S = unknown, A = unknown> {
  /** int32: how many adversarial steps there were since the last step of the optimizer. */
  readonly steps_since_sync: NDArray;
  readonly opt_state: S;
  readonly adv_state: A;
  /** The parameters before the adversarial steps; null where these stay inside of an update. */
  readonly cache: Tree;
}

/** What `sam` takes beside the two optimizers. */
export interface SamOptions {
  /** One of so many steps is a step of the optimizer; those before are adversarial. Default 2. */
  readonly syncPeriod?: number;
  /** Whether the adversarial optimizer begins anew after each period. Default true. */
  readonly resetState?: boolean;
  /**
   * Whether one update has all steps of a period, so that the program sees no adversarial parameters: every update then
   * asks for `{ gradFn }`, a function of parameters and of the number of the adversarial step. Default false.
   */
  readonly opaqueMode?: boolean;
}

/** The gradients at other parameters, and at other data for each of the adversarial steps, which count from 0. */
export type SamGradFn = (params: Tree, step: number) => Tree;

/**
 * Sharpness-aware minimization: a step of `advOptimizer` uphill, where the loss is high, and then a step of `optimizer`
 * from the parameters before, by the gradients found there. Most programs take a normalized gradient uphill:
 * `sam(sgd(0.01), chain(contrib.normalize(), sgd(0.1)))`.
 *
 * optax computes both steps each time and multiplies one by 0; here the one that counts is computed.
 *
 * Source: Foret et al., "Sharpness-Aware Minimization for Efficiently Improving Generalization", 2021.
 * @throws TypeError if an argument is no transformation, or an update gets no parameters, or no `{ gradFn }` in opaque
 * mode; RangeError if `syncPeriod` is no whole number from 1
 * @example
 * const tx = optax.contrib.sam(optax.sgd(0.5), optax.sgd(1));
 * let params = jnp.array([1]);
 * const gradient = (x) => x.mul(2); // of x * x
 * let [u, state] = tx.update(gradient(params), tx.init(params), params);
 * params = optax.applyUpdates(params, u);
 * const uphill = params.tolist();
 * [u, state] = tx.update(gradient(params), state, params);
 * [uphill, optax.applyUpdates(params, u).tolist()] // => [[3], [-2]]
 */
export function sam<S, A>(
  named: SamOptions & {
    readonly optimizer: GradientTransformation<S>;
    readonly advOptimizer: GradientTransformation<A>;
  },
): GradientTransformation<SAMState<S, A>>;
export function sam<S, A>(
  optimizer: GradientTransformation<S>,
  named: SamOptions & { readonly advOptimizer: GradientTransformation<A> },
): GradientTransformation<SAMState<S, A>>;
export function sam<S, A>(
  optimizer: GradientTransformation<S>,
  advOptimizer: GradientTransformation<A>,
  ...places: Places<[syncPeriod: number, resetState: boolean, opaqueMode: boolean], SamOptions>
): GradientTransformation<SAMState<S, A>>;
export function sam<S, A>(): GradientTransformation<SAMState<S, A>> {
  return inTrees(
    samOf<S, A>,
    arguments,
    2,
    "optax.contrib.sam optimizer advOptimizer | syncPeriod:n resetState:b opaqueMode:b",
  );
}

function samOf<S, A>(
  optimizer: GradientTransformation<S>,
  advOptimizer: GradientTransformation<A>,
  { syncPeriod = 2, resetState = true, opaqueMode = false }: SamOptions = {},
): GradientTransformation<SAMState<S, A>> {
  assertTransformation(optimizer, 'contrib.sam: "optimizer"');
  assertTransformation(advOptimizer, 'contrib.sam: "advOptimizer"');
  if (!Number.isInteger(syncPeriod) || syncPeriod < 1)
    throw new RangeError(`optax.contrib.sam: "syncPeriod" expected a whole number from 1, got ${describe(syncPeriod)}`);
  type State = SAMState<S, A>;

  function adversarial(updates: Tree, state: A, params: Tree, extra: ExtraArgs): [Tree, A] {
    const [downhill, next] = advOptimizer.update(updates, state, params, extra);
    return [treeMap(negative, downhill), next];
  }

  function oneStep(updates: Tree, state: State, params: Tree, extra: ExtraArgs): [Tree, State] {
    const step = state.steps_since_sync.item();
    const cache = step === 0 ? params : state.cache;
    if (step !== syncPeriod - 1) {
      const [uphill, adv_state] = adversarial(updates, state.adv_state, params, extra);
      return [uphill, { ...state, steps_since_sync: safeIncrement(state.steps_since_sync), adv_state, cache }];
    }
    const [moved, opt_state] = optimizer.update(updates, state.opt_state, state.cache, extra);
    const adv_state = resetState ? advOptimizer.init(params) : state.adv_state;
    return [
      treeMap((c, p, u) => add(subtract(c, p!), u!), state.cache, params, moved),
      { steps_since_sync: zeroCount(), opt_state, adv_state, cache },
    ];
  }

  function wholePeriod(updates: Tree, state: State, params: Tree, extra: ExtraArgs): [Tree, State] {
    const gradFn = requireExtra("contrib.sam", "gradFn", extra) as SamGradFn;
    let { adv_state } = state;
    let [grads, at] = [updates, params];
    for (let step = 0; step < syncPeriod - 1; step++) {
      [grads, adv_state] = adversarial(grads, adv_state, at, extra);
      at = applyUpdates(at, grads);
      grads = gradFn(at, step);
    }
    const [moved, opt_state] = optimizer.update(grads, state.opt_state, params, extra);
    return [moved, { ...state, opt_state, adv_state: resetState ? advOptimizer.init(params) : adv_state }];
  }

  return transformation<State>(
    (params) => ({
      steps_since_sync: zeroCount(),
      opt_state: optimizer.init(params),
      adv_state: advOptimizer.init(params),
      cache: opaqueMode ? null : params,
    }),
    (updates, state, params, extra) => {
      requireParams("contrib.sam", params);
      return (opaqueMode ? wholePeriod : oneStep)(updates, state, params, extra);
    },
  );
}
