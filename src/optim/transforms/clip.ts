import type { NDArray } from "../../array/index.ts";
import {
  asarray,
  astype,
  broadcastTo,
  divide,
  less,
  maximum,
  multiply,
  negative,
  sqrt,
  square,
  squeeze,
  sum,
  where,
} from "../../array/index.ts";
import { ShapeError } from "../../base/index.ts";
import type { Named } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { requireParams } from "../base.ts";
import { rms } from "../norms.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { treeClip, treeNorm } from "../tree/math.ts";
import { stateless } from "./basic.ts";

/**
 * The transformation that holds every element of updates between -maxDelta and maxDelta.
 *
 * Source: optax 0.2.8 `optax/transforms/_clipping.py` (`clip`), as are the other functions of this file.
 * @example
 * const tx = optax.clip(1);
 * tx.update(jnp.array([-3, 0.5]), tx.init())[0].tolist() // => [-1, 0.5]
 */
export function clip(...args: Named<"maxDelta", Scalar, object>): GradientTransformation<EmptyState> {
  const { maxDelta } = named<{ maxDelta: Scalar }>("clip", args, { maxDelta: REQUIRED });
  return stateless((updates) =>
    treeClip(updates, typeof maxDelta === "number" ? -maxDelta : negative(maxDelta), maxDelta),
  );
}

/**
 * The transformation that holds the root mean square of each leaf below a threshold: u / max(1, rms / threshold).
 *
 * @example
 * const tx = optax.clipByBlockRms(1);
 * tx.update(jnp.array([4, -4]), tx.init())[0].tolist() // => [1, -1]
 */
export function clipByBlockRms(...args: Named<"threshold", Scalar, object>): GradientTransformation<EmptyState> {
  const { threshold } = named<{ threshold: Scalar }>("clipByBlockRms", args, { threshold: REQUIRED });
  return stateless((updates) => treeMap((u) => divide(u, maximum(1, divide(rms(u), threshold))), updates));
}

/**
 * The transformation that scales updates so that their global norm n is at most `maxNorm`: g where n <
 * maxNorm, else (g * (1 / n)) * maxNorm.
 *
 * Bit for bit with JAX operation by operation, where its sums are.
 * @example
 * const tx = optax.clipByGlobalNorm(1);
 * tx.update({ a: jnp.array([8]), b: jnp.array([0]) }, tx.init())[0].a.tolist() // => [1]
 */
export function clipByGlobalNorm(...args: Named<"maxNorm", Scalar, object>): GradientTransformation<EmptyState> {
  const { maxNorm } = named<{ maxNorm: Scalar }>("clipByGlobalNorm", args, { maxNorm: REQUIRED });
  return stateless((updates) => {
    const norm = treeNorm(updates);
    if (less(norm, maxNorm).item() !== 0) return updates;
    return treeMap((g) => multiply(divide(g, astype(norm, asarray(g).dtype)), maxNorm), updates);
  });
}

/** What `adaptiveGradClip` takes besides the clipping. */
export interface AdaptiveGradClipOptions {
  /** What the norm of parameters counts as at least. Default 1e-3. */
  readonly eps?: Scalar;
  /**
   * The axes that a norm is taken over. Default by rank: all of a vector, the first of 2
   * or 3, all but the last of 4 or 5.
   */
  readonly axis?: number | readonly number[] | null;
}

/**
 * The transformation that holds the norm of the updates of each unit below `clipping` times that of its parameters.
 *
 * @throws TypeError if an update gets no parameters; ShapeError for a leaf of more than 5 axes without `axis`
 * @example
 * const tx = optax.adaptiveGradClip(0.5);
 * tx.update(jnp.array([3, 4]), tx.init(), jnp.array([0, 2]))[0].tolist() // => [0.6, 0.8]
 */
export function adaptiveGradClip(
  ...args: Named<"clipping", Scalar, AdaptiveGradClipOptions, "eps axis">
): GradientTransformation<EmptyState> {
  const { clipping, eps, axis } = named<Required<AdaptiveGradClipOptions> & { clipping: Scalar }>(
    "adaptiveGradClip",
    args,
    { clipping: REQUIRED, eps: 1e-3, axis: null },
  );
  return stateless((updates, params) => {
    requireParams("adaptiveGradClip", params);
    return treeMap(
      (g, p) => {
        const norm = unitNorm(asarray(g), axis);
        const most = multiply(clipping, maximum(unitNorm(asarray(p!), axis), eps));
        return where(less(norm, most), g, multiply(g, divide(most, maximum(norm, 1e-6))));
      },
      updates,
      params,
    );
  });
}

/** The norm of each unit, in the shape of the array. */
function unitNorm(x: NDArray, axis: number | readonly number[] | null): NDArray {
  const squares = sum(square(x), { axis: axis ?? unitAxes(x), keepdims: true });
  return broadcastTo(sqrt(squares), x.shape);
}

function unitAxes(x: NDArray): readonly number[] | null {
  if (squeeze(x).ndim <= 1) return null;
  if (x.ndim <= 3) return [0];
  if (x.ndim <= 5) return Array.from({ length: x.ndim - 1 }, (_, axis) => axis);
  throw new ShapeError(
    `optax.adaptiveGradClip: "updates" expected at most 5 axes, got shape [${x.shape.join(", ")}]. { axis } ` +
      "says which to take",
  );
}
