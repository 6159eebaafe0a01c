import { clip, equal, greater, less, multiply, sign, where, zerosLike } from "../../array/index.ts";
import type { Named } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { treeMap } from "../tree/map.ts";
import { treeFullLike, treeMul, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** The size of the next step of each parameter, and the updates before. */
export interface ScaleByRpropState {
  readonly step_sizes: Tree;
  readonly prev_updates: Tree;
}

/** What `scaleByRprop` takes besides the first step. */
export interface ScaleByRpropOptions {
  /** The factor of a step after a change of sign. Default 0.5. */
  readonly etaMinus?: Scalar;
  /** The factor of a step after none. Default 1.2. */
  readonly etaPlus?: Scalar;
  /** Default 1e-6. */
  readonly minStepSize?: Scalar;
  /** Default 50. */
  readonly maxStepSize?: Scalar;
}

/** Rprop's arguments. */
export interface RpropArguments extends Required<ScaleByRpropOptions> {
  /** The first step. */
  readonly learningRate: Scalar;
}

/** Rprop's defaults. */
export const RPROP = {
  learningRate: REQUIRED,
  etaMinus: 0.5,
  etaPlus: 1.2,
  minStepSize: 1e-6,
  maxStepSize: 50,
} as const;

/**
 * Rprop's rescaling: a step of its own for each parameter, longer while the gradient keeps its sign and shorter when it
 * changes, in which case nothing is done.
 *
 * As in optax, an update is the step of the call before: the first is 0.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_rprop`).
 * @example
 * const tx = optax.scaleByRprop(0.5, { etaPlus: 2 });
 * let [u, state] = tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])));
 * [u, state] = tx.update(jnp.array([1, 1]), state);
 * [u.tolist(), state.step_sizes.tolist()] // => [[0.5, 0], [1, 0.25]]
 */
export function scaleByRprop(
  ...args: Named<"learningRate", Scalar, ScaleByRpropOptions, "etaMinus etaPlus minStepSize maxStepSize">
): GradientTransformation<ScaleByRpropState> {
  const { learningRate, etaMinus, etaPlus, minStepSize, maxStepSize } = named<RpropArguments>(
    "scaleByRprop",
    args,
    RPROP,
    [],
  );
  return transformation(
    (params) => ({ step_sizes: treeFullLike(params, learningRate), prev_updates: treeZerosLike(params) }),
    (updates, state) => {
      const turns = treeMul(updates, state.prev_updates);
      const steps = treeMap(
        (s, step) =>
          where(
            equal(s, 0),
            step!,
            clip(multiply(step!, where(greater(s, 0), etaPlus, etaMinus)), minStepSize, maxStepSize),
          ),
        turns,
        state.step_sizes,
      );
      const moves = treeMap(
        (s, g, step) => where(less(s, 0), zerosLike(g!), multiply(step!, sign(g!))),
        turns,
        updates,
        steps,
      );
      return [
        treeMap((s, move) => where(less(s, 0), zerosLike(move!), move!), turns, state.prev_updates),
        { step_sizes: steps, prev_updates: moves },
      ];
    },
  );
}
