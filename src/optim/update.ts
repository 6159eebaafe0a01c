/** What is done with updates. */
import type { Given } from "../base/index.ts";
import { inOrder, inTrees, refuseSurplus } from "../base/index.ts";
import type { NDArray } from "../array/index.ts";
import { add, asarray, astype, multiply } from "../array/index.ts";
import { assertScalar } from "./arguments.ts";
import type { Scalar } from "./base.ts";
import { oneMinus } from "./moments.ts";
import { checkOperand, mapOperands } from "./operands.ts";
import { treeNorm } from "./tree/math.ts";
import type { Tree } from "./tree/node.ts";

/**
 * The parameters after an update: p + u, in the dtype of p.
 *
 * Source: optax 0.2.8 `optax/_src/update.py` (`apply_updates`), as are the two functions below.
 * @throws RangeError if the trees differ in structure; ShapeError if the shapes do not broadcast
 * @example
 * optax.applyUpdates({ a: jnp.array([1, 2]) }, { a: jnp.array([-1, 1]) }).a.tolist() // => [0, 3]
 */
export function applyUpdates<T>(params: T, updates: Tree): T;
export function applyUpdates<T>(named: { readonly params: T; readonly updates: Tree }): T;
export function applyUpdates<T>(): T {
  // Of two trees the second may have the name "updates" itself.
  if (arguments.length === 2) return applyUpdatesOf(arguments[0] as T, arguments[1] as Tree);
  return inTrees(applyUpdatesOf<T>, arguments, 2, "optax.applyUpdates params updates");
}

function applyUpdatesOf<T>(params: T, updates: Tree): T {
  return mapOperands(
    "applyUpdates",
    ["params", "updates"],
    (p, u) => astype(add(p, u!), asarray(p).dtype),
    params,
    updates,
  );
}

/**
 * A moving average of parameters: stepSize * new + (1 - stepSize) * old.
 *
 * @throws TypeError if `stepSize` is not a number; RangeError, ShapeError as `applyUpdates`
 * @example
 * optax.incrementalUpdate({ a: jnp.array([4]) }, { a: jnp.array([0]) }, 0.25).a.tolist() // => [1]
 */
export function incrementalUpdate<T>(named: {
  readonly newTensors: T;
  readonly oldTensors: Tree;
  readonly stepSize: Scalar;
}): T;
export function incrementalUpdate<T>(newTensors: T, oldTensors: Tree, named: { readonly stepSize: Scalar }): T;
export function incrementalUpdate<T>(newTensors: T, oldTensors: Tree, stepSize: Scalar): T;
export function incrementalUpdate<T>(): T {
  return inOrder(incrementalUpdateOf<T>, arguments, 3, "optax.incrementalUpdate newTensors oldTensors stepSize");
}

function incrementalUpdateOf<T>(newTensors: T, oldTensors: Tree, stepSize: Scalar): T {
  const fn = "incrementalUpdate";
  checkOperand(fn, "stepSize", stepSize);
  return mapOperands(
    fn,
    ["newTensors", "oldTensors"],
    (now, old) => add(multiply(stepSize, now), multiply(oneMinus(stepSize), old!)),
    newTensors,
    oldTensors,
  );
}

/**
 * The new parameters at every `updatePeriod`th step, else the old ones.
 *
 * @throws TypeError if `steps` or `updatePeriod` is not a number
 * @example
 * optax.periodicUpdate({ a: 1 }, { a: 0 }, 10, 5) // => { a: 1 }
 */
export function periodicUpdate<T>(
  newTensors: T,
  oldTensors: T,
  ...places: Given<[steps: Scalar, updatePeriod: Scalar], "steps updatePeriod">
): T;
export function periodicUpdate<T>(): T {
  return inOrder(periodicUpdateOf<T>, arguments, 4, "optax.periodicUpdate newTensors oldTensors steps updatePeriod");
}

function periodicUpdateOf<T>(newTensors: T, oldTensors: T, steps: Scalar, updatePeriod: Scalar): T {
  assertScalar("periodicUpdate", "steps", steps);
  assertScalar("periodicUpdate", "updatePeriod", updatePeriod);
  return asarray(steps).item() % asarray(updatePeriod).item() === 0 ? newTensors : oldTensors;
}

/**
 * The Euclidean norm of all elements of a tree: `optax.tree.norm`.
 *
 * Source: optax 0.2.8 `optax/_src/linear_algebra.py` (`global_norm`).
 * @example
 * optax.globalNorm({ a: jnp.array([3, 0]), b: 4 }).item() // => 5
 */
export function globalNorm(updates: Tree): NDArray {
  if (arguments.length > 1) refuseSurplus("optax.globalNorm", "updates", arguments, false);
  return treeNorm(mapOperands("globalNorm", ["updates"], (x) => x, updates));
}
