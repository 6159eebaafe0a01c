import { refuseSurplus } from "../../base/index.ts";
import { asarray, mean, subtract } from "../../array/index.ts";
import type { GradientTransformation } from "../base.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { stateless } from "./basic.ts";

/**
 * The transformation that takes from updates of two axes or more their mean over all axes but the first.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`centralize`).
 * @example
 * const tx = optax.centralize();
 * tx.update(jnp.array([[1, 3], [2, 2]]), tx.init())[0].tolist() // => [[-1, 1], [0, 0]]
 */
export function centralize(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.centralize", "", arguments, false);
  return stateless((updates) =>
    treeMap((leaf) => {
      const g = asarray(leaf);
      if (g.ndim < 2) return g;
      const axis = Array.from({ length: g.ndim - 1 }, (_, i) => i + 1);
      return subtract(g, mean(g, { axis, keepdims: true }));
    }, updates),
  );
}
