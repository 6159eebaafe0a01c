import { add, sqrt } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeDiv, treeSub, treeZerosLike } from "../tree/math.ts";
import type { ScaleByAdamState } from "./adam.ts";
import { nesterovMoment } from "./adam.ts";

/** What `scaleByBelief` takes. */
export interface ScaleByBeliefOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squared errors stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-16. */
  readonly eps?: Scalar;
  /** Added to the average of squared errors. Default 1e-16. */
  readonly epsRoot?: Scalar;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
}

/** AdaBelief's defaults. */
export const BELIEF: Required<ScaleByBeliefOptions> = {
  b1: 0.9,
  b2: 0.999,
  eps: 1e-16,
  epsRoot: 1e-16,
  nesterov: false,
};

/**
 * AdaBelief's rescaling: Adam's with the squares of g - m, m being the new average, in place of those of g; u = mHat /
 * (sqrt(vHat) + eps).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_belief`).
 * @example
 * const tx = optax.scaleByBelief({ b1: 0.5, b2: 0.75, epsRoot: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [2, -2]
 */
export function scaleByBelief(
  ...args: AllNamed<ScaleByBeliefOptions, "b1 b2 eps epsRoot">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot, nesterov } = named<Required<ScaleByBeliefOptions>>("scaleByBelief", args, BELIEF);
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params), nu: treeZerosLike(params) }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const errors = updateMoment(treeSub(updates, mu), state.nu, b2, 2);
      const nu = treeMap((v) => add(v, epsRoot), errors);
      const count = safeIncrement(state.count);
      const muHat = nesterov ? nesterovMoment(mu, updates, b1, count) : biasCorrection(mu, b1, count);
      const root = treeMap((v) => add(sqrt(v), eps), biasCorrection(nu, b2, count));
      return [treeDiv(muHat, root), { count, mu, nu }];
    },
  );
}
