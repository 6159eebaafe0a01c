import { add, divide, multiply, sqrt } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** Running averages of the squares of gradients, and of those of updates. */
export interface ScaleByAdaDeltaState {
  readonly e_g: Tree;
  readonly e_x: Tree;
}

/** What `scaleByAdadelta` takes. */
export interface ScaleByAdadeltaOptions {
  /** How much of the averages stays. Default 0.9. */
  readonly rho?: Scalar;
  /** Added below the roots. Default 1e-6. */
  readonly eps?: Scalar;
}

/** Adadelta's defaults. */
export const ADADELTA: Required<ScaleByAdadeltaOptions> = { rho: 0.9, eps: 1e-6 };

/**
 * Adadelta's rescaling: G = (1 - rho) * (g * g) + rho * G; u = (sqrt(X + eps) / sqrt(G + eps)) * g; X
 * = (1 - rho) * (u * u) + rho * X.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_adadelta`).
 * @example
 * const tx = optax.scaleByAdadelta({ rho: 0.75, eps: 1 });
 * const [u, state] = tx.update(jnp.array([0]), tx.init(jnp.zeros([1])));
 * [u.tolist(), state.e_g.tolist()] // => [[0], [0]]
 */
export function scaleByAdadelta(
  ...args: AllNamed<ScaleByAdadeltaOptions, "rho eps">
): GradientTransformation<ScaleByAdaDeltaState> {
  const { rho, eps } = named<Required<ScaleByAdadeltaOptions>>("scaleByAdadelta", args, ADADELTA);
  return transformation(
    (params) => ({ e_g: treeZerosLike(params), e_x: treeZerosLike(params) }),
    (updates, state) => {
      const squares = updateMoment(updates, state.e_g, rho, 2);
      const scaled = treeMap(
        (g, now, before) => multiply(divide(sqrt(add(before!, eps)), sqrt(add(now!, eps))), g),
        updates,
        squares,
        state.e_x,
      );
      return [scaled, { e_g: squares, e_x: updateMoment(scaled, state.e_x, rho, 2) }];
    },
  );
}
