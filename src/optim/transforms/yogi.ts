import { multiply, sign, square, subtract } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, oneMinus, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeDiv, treeFullLike } from "../tree/math.ts";
import type { ScaleByAdamState } from "./adam.ts";
import { rootOf } from "./adam.ts";

/** What `scaleByYogi` takes. */
export interface ScaleByYogiOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How slowly the estimate of squares moves. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-3. */
  readonly eps?: Scalar;
  /** Added below the root. Default 0. */
  readonly epsRoot?: Scalar;
  /** The first values of both averages. Default 1e-6. */
  readonly initialAccumulatorValue?: Scalar;
}

/** Yogi's defaults. */
export const YOGI: Required<ScaleByYogiOptions> = {
  b1: 0.9,
  b2: 0.999,
  eps: 1e-3,
  epsRoot: 0,
  initialAccumulatorValue: 1e-6,
};

/**
 * Yogi's rescaling: Adam's with v = v - ((1 - b2) * sign(v - g * g)) * (g * g).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_yogi`).
 * @example
 * const tx = optax.scaleByYogi({ b1: 0.5, b2: 0.75, eps: 0, initialAccumulatorValue: 0 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [1, -1]
 */
export function scaleByYogi(
  ...args: AllNamed<ScaleByYogiOptions, "b1 b2 eps epsRoot initialAccumulatorValue">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot, initialAccumulatorValue } = named<Required<ScaleByYogiOptions>>(
    "scaleByYogi",
    args,
    YOGI,
  );
  return transformation(
    (params) => ({
      count: zeroCount(),
      mu: treeFullLike(params, initialAccumulatorValue),
      nu: treeFullLike(params, initialAccumulatorValue),
    }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const nu = treeMap(
        (g, v) => subtract(v!, multiply(multiply(oneMinus(b2), sign(subtract(v!, square(g)))), square(g))),
        updates,
        state.nu,
      );
      const count = safeIncrement(state.count);
      const root = rootOf(biasCorrection(nu, b2, count), epsRoot, eps);
      return [treeDiv(biasCorrection(mu, b1, count), root), { count, mu, nu }];
    },
  );
}
