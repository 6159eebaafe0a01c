/** Running averages of gradients, and what corrects them for their start at zero. */
import type { ArrayLike, NDArray } from "../array/index.ts";
import type { Given } from "../base/index.ts";
import { describe, inOrder } from "../base/index.ts";
import {
  abs,
  add,
  asarray,
  astype,
  broadcastShapes,
  broadcastTo,
  divide,
  maximum,
  multiply,
  power,
  square,
  subtract,
} from "../array/index.ts";
import type { Scalar } from "./base.ts";
import { checkOperand, mapOperands } from "./operands.ts";
import { minus } from "./scalars.ts";
import type { Tree } from "./tree/node.ts";

/** 1 - x: of a number in double precision, as Python does it, of an array in float32. */
export function oneMinus(x: Scalar): Scalar {
  return minus(1, x);
}

/**
 * (1 - decay) * g + decay * t, or with `order` 2 of the squares of g.
 *
 * Source: optax 0.2.8 `optax/tree_utils/_tree_math.py` (`tree_update_moment`), as are the other functions of this file.
 * @throws TypeError if an argument is not an array or number; RangeError if the trees differ in structure, or for
 * another `order`; ShapeError if shapes do not broadcast
 * @example
 * optax.updateMoment(jnp.array([4]), jnp.array([2]), 0.5, 2).tolist() // => [9]
 */
export function updateMoment<T>(
  updates: T,
  moments: Tree,
  ...places: Given<[decay: Scalar, order: 1 | 2], "decay order">
): T;
export function updateMoment<T>(): T {
  return inOrder(updateMomentOf<T>, arguments, 4, "optax.updateMoment updates moments decay order");
}

function updateMomentOf<T>(updates: T, moments: Tree, decay: Scalar, order: 1 | 2): T {
  const fn = "updateMoment";
  checkOperand(fn, "decay", decay);
  if (order !== 1 && order !== 2) throw new RangeError(`optax.${fn}: "order" expected 1 or 2, got ${describe(order)}`);
  const rest = oneMinus(decay);
  return mapOperands(
    fn,
    ["updates", "moments"],
    (g, t) => add(multiply(rest, order === 2 ? square(g) : g), multiply(decay, t!)),
    updates,
    moments,
  );
}

/**
 * max(|g| + eps, decay * t).
 *
 * @throws TypeError, RangeError, ShapeError as `updateMoment`
 * @example
 * optax.updateInfinityMoment(jnp.array([-4]), jnp.array([10]), 0.5, 0).tolist() // => [5]
 */
export function updateInfinityMoment<T>(
  updates: T,
  moments: Tree,
  ...places: Given<[decay: Scalar, eps: Scalar], "decay eps">
): T;
export function updateInfinityMoment<T>(): T {
  return inOrder(updateInfinityMomentOf<T>, arguments, 4, "optax.updateInfinityMoment updates moments decay eps");
}

function updateInfinityMomentOf<T>(updates: T, moments: Tree, decay: Scalar, eps: Scalar): T {
  const fn = "updateInfinityMoment";
  checkOperand(fn, "decay", decay);
  checkOperand(fn, "eps", eps);
  return mapOperands(
    fn,
    ["updates", "moments"],
    (g, t) => maximum(add(abs(g), eps), multiply(decay, t!)),
    updates,
    moments,
  );
}

/**
 * A running average that started at zero, over 1 - decay^count, by IEEE division.
 *
 * @throws TypeError if an argument is not an array or number; ShapeError if the count does not broadcast with the
 * average
 * @example
 * optax.biasCorrection(jnp.array([2]), 0.5, jnp.array(1, "int32")).tolist() // => [4]
 */
export function biasCorrection<T>(moment: T, ...places: Given<[decay: Scalar, count: NDArray], "decay count">): T;
export function biasCorrection<T>(): T {
  return inOrder(biasCorrectionOf<T>, arguments, 3, "optax.biasCorrection moment decay count");
}

function biasCorrectionOf<T>(moment: T, decay: Scalar, count: NDArray): T {
  const fn = "biasCorrection";
  checkOperand(fn, "decay", decay);
  const correction = correctionOf(decay, checkOperand(fn, "count", count));
  return mapOperands(fn, ["moment"], (t) => divide(t, full(correction, t)), moment);
}

/** 1 - decay^count, float32. */
export function correctionOf(decay: Scalar, count: ArrayLike): NDArray {
  return subtract(1, power(decay, astype(count, "float32")));
}

/**
 * decay^count by repeated squaring, each product rounded: what JAX computes outside of jit, where the count is an
 * integer. `biasCorrection` is jitted and rounds once.
 */
export function decayed(decay: Scalar, count: NDArray): NDArray {
  return power(asarray(decay), count.item());
}

/**
 * A scalar in the shape and dtype of an array: an array divided by a smaller one would
 * be multiplied by its reciprocal.
 */
function full(scalar: NDArray, like: NDArray): NDArray {
  const { shape, dtype } = asarray(like);
  return broadcastTo(astype(scalar, dtype), broadcastShapes(shape, scalar.shape, "optax.biasCorrection"));
}
