import type { NDArray } from "../../array/index.ts";
import { array, multiply, subtract } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { plus } from "../scalars.ts";
import { treeMap } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** The gradients of the step before. */
export interface ScaleByOptimisticGradientState {
  /** bool */
  readonly is_initial_step: NDArray;
  readonly previous_gradient: Tree;
}

/** What `scaleByOptimisticGradient` takes. */
export interface ScaleByOptimisticGradientOptions {
  /** The weight of the gradient. Default 1. */
  readonly alpha?: Scalar;
  /** The weight of its difference to the one before. Default 1. */
  readonly beta?: Scalar;
}

/** The defaults of optimistic gradients. */
export const OPTIMISTIC: Required<ScaleByOptimisticGradientOptions> = { alpha: 1, beta: 1 };

/**
 * Optimistic gradients: u = (alpha + beta) * g - beta * (the gradient before; the first time g).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_optimistic_gradient`).
 * @example
 * const tx = optax.scaleByOptimisticGradient();
 * let [u, state] = tx.update(jnp.array([3]), tx.init(jnp.zeros([1])));
 * [u, state] = tx.update(jnp.array([5]), state);
 * u.tolist() // => [7]
 */
export function scaleByOptimisticGradient(
  ...args: AllNamed<ScaleByOptimisticGradientOptions, "alpha beta">
): GradientTransformation<ScaleByOptimisticGradientState> {
  const { alpha, beta } = named<Required<ScaleByOptimisticGradientOptions>>(
    "scaleByOptimisticGradient",
    args,
    OPTIMISTIC,
  );
  const both = plus(alpha, beta);
  return transformation(
    (params) => ({ is_initial_step: array(true), previous_gradient: treeZerosLike(params) }),
    (updates, state) => {
      const before = state.is_initial_step.item() === 0 ? state.previous_gradient : updates;
      return [
        treeMap((g, old) => subtract(multiply(both, g), multiply(beta, old!)), updates, before),
        { is_initial_step: array(false), previous_gradient: updates },
      ];
    },
  );
}
