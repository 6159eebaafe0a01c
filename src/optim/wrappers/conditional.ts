import type { NDArray } from "../../array/index.ts";
import { all, array, isArray, isfinite } from "../../array/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ExtraArgs, GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { arrayLeaves } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation } from "./chain.ts";

/** How often updates were not finite, and the state of the transformation inside. */
export interface ApplyIfFiniteState<S = unknown> {
  /** int32: how often one after another. */
  readonly notfinite_count: NDArray;
  /** bool: whether the last updates were finite. */
  readonly last_finite: NDArray;
  /** int32: how often in all. */
  readonly total_notfinite: NDArray;
  readonly inner_state: S;
}

/**
 * A transformation that does nothing where the updates have a NaN or an infinity: zeros come out, its state stays.
 * After `maxConsecutiveErrors` such steps one after another they pass.
 *
 * Source: optax 0.2.8 `optax/transforms/_conditionality.py` (`apply_if_finite`), as are
 * the other functions of this file.
 * @example
 * const tx = optax.applyIfFinite(optax.scale(-1), 3);
 * const [u, state] = tx.update(jnp.array([1, NaN]), tx.init(jnp.zeros([2])));
 * [u.tolist(), state.total_notfinite.item()] // => [[0, 0], 1]
 */
export function applyIfFinite<S>(
  inner: GradientTransformation<S>,
  named: { readonly maxConsecutiveErrors: number },
): GradientTransformation<ApplyIfFiniteState<S>>;
export function applyIfFinite<S>(
  inner: GradientTransformation<S>,
  maxConsecutiveErrors: number,
): GradientTransformation<ApplyIfFiniteState<S>>;
export function applyIfFinite<S>(): GradientTransformation<ApplyIfFiniteState<S>> {
  return inOrder(applyIfFiniteOf<S>, arguments, 2, "optax.applyIfFinite inner maxConsecutiveErrors");
}

function applyIfFiniteOf<S>(
  inner: GradientTransformation<S>,
  maxConsecutiveErrors: number,
): GradientTransformation<ApplyIfFiniteState<S>> {
  assertTransformation(inner, 'applyIfFinite: "inner"');
  if (typeof maxConsecutiveErrors !== "number")
    throw new TypeError(
      `optax.applyIfFinite: "maxConsecutiveErrors" expected a number, got ${describe(maxConsecutiveErrors)}`,
    );
  return transformation<ApplyIfFiniteState<S>>(
    (params) => ({
      notfinite_count: zeroCount(),
      last_finite: array(true),
      total_notfinite: zeroCount(),
      inner_state: inner.init(params),
    }),
    (updates, state, params, extra) => {
      const finite = arrayLeaves(updates).every((x) => all(isfinite(x)).item() !== 0);
      const inARow = finite ? zeroCount() : safeIncrement(state.notfinite_count);
      const [changed, next] =
        finite || inARow.item() > maxConsecutiveErrors
          ? inner.update(updates, state.inner_state, params, extra)
          : [treeZerosLike(updates), state.inner_state];
      return [
        changed,
        {
          notfinite_count: inARow,
          last_finite: array(finite),
          total_notfinite: finite ? state.total_notfinite : safeIncrement(state.total_notfinite),
          inner_state: next,
        },
      ];
    },
  );
}

/**
 * Whether a step is one to transform: gets how many there were before, and the extra
 * arguments where they are forwarded.
 */
export type ConditionFn = (step: number, extra: ExtraArgs) => boolean | NDArray;

/** The number of steps, and the state of the transformation inside. */
export interface ConditionallyTransformState<S = unknown> {
  readonly inner_state: S;
  /** int32 */
  readonly step: NDArray;
}

/** What `conditionallyTransform` and `conditionallyMask` take at the end. */
export interface ConditionOptions {
  /** Whether the condition gets the extra arguments of an update. Default false. */
  readonly forwardExtraArgs?: boolean;
}

/**
 * A transformation for the steps that a condition chooses; at the others updates pass as they are.
 *
 * @example
 * const tx = optax.conditionallyTransform(optax.scale(2), (step) => step > 0);
 * let [u, state] = tx.update(jnp.array([1]), tx.init(jnp.zeros([1])));
 * const first = u.tolist();
 * [u, state] = tx.update(jnp.array([1]), state);
 * [first, u.tolist()] // => [[1], [2]]
 */
export function conditionallyTransform<S>(
  inner: GradientTransformation<S>,
  named: { readonly shouldTransformFn: ConditionFn } & ConditionOptions,
): GradientTransformation<ConditionallyTransformState<S>>;
export function conditionallyTransform<S>(
  inner: GradientTransformation<S>,
  shouldTransformFn: ConditionFn,
  options?: ConditionOptions,
): GradientTransformation<ConditionallyTransformState<S>>;
export function conditionallyTransform(): GradientTransformation<ConditionallyTransformState> {
  return conditional("conditionallyTransform", arguments, (updates) => updates);
}

/**
 * A transformation for the steps that a condition chooses; at the others updates are zeros.
 *
 * @example
 * const tx = optax.conditionallyMask(optax.scale(2), (step) => step > 0);
 * tx.update(jnp.array([1]), tx.init(jnp.zeros([1])))[0].tolist() // => [0]
 */
export function conditionallyMask<S>(
  inner: GradientTransformation<S>,
  named: { readonly shouldTransformFn: ConditionFn } & ConditionOptions,
): GradientTransformation<ConditionallyTransformState<S>>;
export function conditionallyMask<S>(
  inner: GradientTransformation<S>,
  shouldTransformFn: ConditionFn,
  options?: ConditionOptions,
): GradientTransformation<ConditionallyTransformState<S>>;
export function conditionallyMask(): GradientTransformation<ConditionallyTransformState> {
  return conditional("conditionallyMask", arguments, (updates) => treeZerosLike(updates));
}

function conditional(
  fn: string,
  args: IArguments,
  otherwise: (updates: Tree) => Tree,
): GradientTransformation<ConditionallyTransformState> {
  const make = (...given: [GradientTransformation, ConditionFn, ConditionOptions?]): ReturnType<typeof conditional> =>
    conditionalOf(fn, otherwise, ...given);
  return inOrder(make, args, 2, `optax.${fn} inner shouldTransformFn | forwardExtraArgs:b`);
}

function conditionalOf<S>(
  fn: string,
  otherwise: (updates: Tree) => Tree,
  inner: GradientTransformation<S>,
  condition: ConditionFn,
  { forwardExtraArgs = false }: ConditionOptions = {},
): GradientTransformation<ConditionallyTransformState<S>> {
  assertTransformation(inner, `${fn}: "inner"`);
  return transformation<ConditionallyTransformState<S>>(
    (params) => ({ inner_state: inner.init(params), step: zeroCount() }),
    (updates, state, params, extra) => {
      const answer = condition(state.step.item(), forwardExtraArgs ? extra : {});
      if (typeof answer !== "boolean" && !isArray(answer))
        throw new TypeError(`optax.${fn}: "shouldTransformFn" expected to give true or false, got ${describe(answer)}`);
      const [changed, next] =
        answer === true || (isArray(answer) && answer.item() !== 0)
          ? inner.update(updates, state.inner_state, params, extra)
          : [otherwise(updates), state.inner_state];
      return [changed, { inner_state: next, step: safeIncrement(state.step) }];
    },
  );
}
