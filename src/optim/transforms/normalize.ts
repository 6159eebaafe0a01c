import { add, divide } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { treeNorm } from "../tree/math.ts";
import { stateless } from "./basic.ts";

/** What `normalizeByUpdateNorm` takes. */
export interface NormalizeOptions {
  /** The norm of what comes out. Default 1. */
  readonly scaleFactor?: Scalar;
  /** Added to the norm of the updates. Default 1e-6. */
  readonly eps?: Scalar;
}

/**
 * The transformation that gives updates one global norm: u / ((norm + eps) / scaleFactor).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`normalize_by_update_norm`).
 * @example
 * const tx = optax.normalizeByUpdateNorm({ scaleFactor: 2, eps: 0 });
 * tx.update({ a: jnp.array([0]), b: jnp.array([8]) }, tx.init())[0].b.tolist() // => [2]
 */
export function normalizeByUpdateNorm(
  ...args: AllNamed<NormalizeOptions, "scaleFactor eps">
): GradientTransformation<EmptyState> {
  const { scaleFactor, eps } = named<Required<NormalizeOptions>>("normalizeByUpdateNorm", args, {
    scaleFactor: 1,
    eps: 1e-6,
  });
  return stateless((updates) => {
    const norm = divide(add(treeNorm(updates), eps), scaleFactor);
    return treeMap((g) => divide(g, norm), updates);
  });
}
