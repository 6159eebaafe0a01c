import type { NDArray } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, oneMinus, updateMoment } from "../moments.ts";
import { treeAddScale, treeDiv, treeSub, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";
import { rootOf } from "./adam.ts";

/** Running averages of gradients, of their differences, and of squares; and the gradients before. */
export interface ScaleByAdanState {
  readonly m: Tree;
  readonly v: Tree;
  readonly n: Tree;
  readonly g: Tree;
  /** int32 */
  readonly t: NDArray;
}

/** What `scaleByAdan` takes. */
export interface ScaleByAdanOptions {
  /** How much of the average of gradients stays. Default 0.98. */
  readonly b1?: Scalar;
  /** How much of the average of differences stays. Default 0.92. */
  readonly b2?: Scalar;
  /** How much of the average of squares stays. Default 0.99. */
  readonly b3?: Scalar;
  /** Added to the root. Default 1e-8. */
  readonly eps?: Scalar;
  /** Added below the root. Default 0. */
  readonly epsRoot?: Scalar;
}

/** Adan's defaults. */
export const ADAN: Required<ScaleByAdanOptions> = { b1: 0.98, b2: 0.92, b3: 0.99, eps: 1e-8, epsRoot: 0 };

/**
 * Adan's rescaling: with d the difference to the gradient before, m, v and n the averages of g, d and (g + (1 - b2) *
 * d)^2, u = (mHat + (1 - b2) * vHat) / (sqrt(nHat + epsRoot) + eps).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_adan`).
 * @example
 * const tx = optax.scaleByAdan({ b1: 0.5, b2: 0.5, b3: 0.75 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [1, -1]
 */
export function scaleByAdan(
  ...args: AllNamed<ScaleByAdanOptions, "b1 b2 b3 eps epsRoot">
): GradientTransformation<ScaleByAdanState> {
  const { b1, b2, b3, eps, epsRoot } = named<Required<ScaleByAdanOptions>>("scaleByAdan", args, ADAN);
  return transformation(
    (params) => ({
      m: treeZerosLike(params),
      v: treeZerosLike(params),
      n: treeZerosLike(params),
      g: treeZerosLike(params),
      t: zeroCount(),
    }),
    (g, state) => {
      const difference = state.t.item() === 0 ? treeZerosLike(g) : treeSub(g, state.g);
      const m = updateMoment(g, state.m, b1, 1);
      const v = updateMoment(difference, state.v, b2, 1);
      const n = updateMoment(treeAddScale(g, oneMinus(b2), difference), state.n, b3, 2);
      const t = safeIncrement(state.t);
      const moved = treeAddScale(biasCorrection(m, b1, t), oneMinus(b2), biasCorrection(v, b2, t));
      return [treeDiv(moved, rootOf(biasCorrection(n, b3, t), epsRoot, eps)), { m, v, n, g, t }];
    },
  );
}
