import type { ArrayLike } from "../../array/index.ts";
import { add, asarray, astype, divide, lessEqual, maximum, minimum, subtract, where } from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { requireExtra, transformation } from "../base.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeNorm, treeScale } from "../tree/math.ts";
import { initEmptyState } from "./basic.ts";

/** Below this a squared norm counts as zero: the spacing of doubles at 1, which is what optax takes. */
const EPS = 2 ** -52;

/** What `scaleByPolyak` takes. */
export interface ScaleByPolyakOptions {
  /** The smallest value that the loss can have. Default 0. */
  readonly fMin?: Scalar;
  /** Default 1. */
  readonly maxLearningRate?: Scalar;
  /** Added to the squared norm of the gradient. Default 0. */
  readonly eps?: Scalar;
  /** With `"sps+"` a loss below `fMin` moves nothing. Default `"sps"`. */
  readonly variant?: "sps" | "sps+";
}

/** The defaults of Polyak steps. */
export const POLYAK: Required<ScaleByPolyakOptions> = { fMin: 0, maxLearningRate: 1, eps: 0, variant: "sps" };

/**
 * Polyak's step: u = min((value - fMin) / (|g|^2 + eps), maxLearningRate) * g, `value` being the loss. 0 for a gradient
 * of almost nothing.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_polyak`).
 * @throws TypeError if an update gets no `{ value }`; RangeError if `variant` is unknown
 * @example
 * const tx = optax.scaleByPolyak();
 * tx.update(jnp.array([2, 0]), tx.init(), undefined, { value: 2 })[0].tolist() // => [1, 0]
 */
export function scaleByPolyak(
  ...args: AllNamed<ScaleByPolyakOptions, "fMin maxLearningRate eps variant">
): GradientTransformation<EmptyState> {
  const { fMin, maxLearningRate, eps, variant } = named<Required<ScaleByPolyakOptions>>("scaleByPolyak", args, POLYAK);
  if (variant !== "sps" && variant !== "sps+")
    throw new RangeError(`optax.scaleByPolyak: "variant" expected "sps" or "sps+", got ${describe(variant)}`);
  return transformation(initEmptyState, (updates, state, _, extra) => {
    const value = requireExtra("scaleByPolyak", "value", extra) as ArrayLike;
    const squares = treeNorm(updates, { squared: true });
    const gap = astype(asarray(subtract(value, fMin)), squares.dtype);
    const divisor = add(squares, eps);
    const step = where(
      lessEqual(divisor, EPS),
      0,
      minimum(divide(variant === "sps+" ? maximum(gap, 0) : gap, divisor), maxLearningRate),
    );
    return [treeScale(step, updates), state];
  });
}
