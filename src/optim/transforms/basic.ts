import { zerosLike } from "../../array/index.ts";
import { assertFunction, refuseSurplus } from "../../base/index.ts";
import type { GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { withPart } from "../fused/parts.ts";
import { EMPTY_STATE } from "../tree/emptynodes.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";

/**
 * The state of a transformation that keeps nothing.
 *
 * Source: optax 0.2.8 `optax/_src/base.py` (`init_empty_state`), as are the other functions of this file.
 * @example
 * optax.initEmptyState(jnp.ones([2])) instanceof optax.EmptyState // => true
 */
export function initEmptyState(_params?: Tree): EmptyState {
  if (arguments.length > 1) refuseSurplus("optax.initEmptyState", "params", arguments, false);
  return EMPTY_STATE;
}

/**
 * The transformation that leaves updates as they are.
 *
 * @example
 * const tx = optax.identity();
 * tx.update(jnp.array([1, 2]), tx.init())[0].tolist() // => [1, 2]
 */
export function identity(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.identity", "", arguments, false);
  return withPart(
    transformation(initEmptyState, (updates, state) => [updates, state]),
    { kind: "identity" },
  );
}

/**
 * The transformation that makes zeros of updates, so that parameters stay: for parts that are frozen.
 *
 * @example
 * const tx = optax.setToZero();
 * tx.update(jnp.array([1, 2]), tx.init())[0].tolist() // => [0, 0]
 */
export function setToZero(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.setToZero", "", arguments, false);
  return stateless((updates) => treeMap((x) => zerosLike(x), updates));
}

/**
 * The transformation that a function of updates and parameters makes; `params` is undefined where none are given.
 *
 * @throws TypeError if `f` is not a function, as the function below
 * @example
 * const tx = optax.stateless((updates) => optax.tree.scale(2, updates));
 * tx.update(jnp.array([1, 2]), tx.init())[0].tolist() // => [2, 4]
 */
export function stateless(f: (updates: Tree, params: Tree) => Tree): GradientTransformation<EmptyState> {
  if (arguments.length > 1) refuseSurplus("optax.stateless", "f", arguments, false);
  assertFunction(f, 'optax.stateless: "f"');
  return transformation(initEmptyState, (updates, state, params) => [f(updates, params), state]);
}

/**
 * The transformation that a function of an array of updates and its array of parameters makes, leaf by leaf.
 *
 * @example
 * const tx = optax.statelessWithTreeMap((g, p) => jnp.add(g, p));
 * tx.update({ a: jnp.ones([1]) }, tx.init(), { a: jnp.ones([1]) })[0].a.tolist() // => [2]
 */
export function statelessWithTreeMap(f: (update: never, param: never) => unknown): GradientTransformation<EmptyState> {
  if (arguments.length > 1) refuseSurplus("optax.statelessWithTreeMap", "f", arguments, false);
  assertFunction(f, 'optax.statelessWithTreeMap: "f"');
  const each = f as (update: unknown, param?: unknown) => unknown;
  return stateless((updates, params) =>
    params === undefined ? treeMap((u) => each(u, undefined), updates) : treeMap((u, p) => each(u, p), updates, params),
  );
}
