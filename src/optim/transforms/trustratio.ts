import type { ArrayLike, NDArray } from "../../array/index.ts";
import { add, divide, equal, logicalOr, multiply, where } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { requireParams } from "../base.ts";
import { safeNorm, safeRootMeanSquares } from "../norms.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { stateless } from "./basic.ts";

/** What `scaleByTrustRatio` takes. */
export interface ScaleByTrustRatioOptions {
  /** What a norm counts as at least. Default 0. */
  readonly minNorm?: Scalar;
  /** A factor of the ratio. Default 1. */
  readonly trustCoefficient?: Scalar;
  /** Added to the norm of the updates. Default 0. */
  readonly eps?: Scalar;
}

/**
 * The transformation that multiplies the updates of each leaf by trustCoefficient * |p| / (|u| + eps), the norm of its
 * parameters over that of its updates; by 1 where one of them is 0.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_trust_ratio`), as are the other functions of this file.
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.scaleByTrustRatio();
 * tx.update(jnp.array([3, 4]), tx.init(), jnp.array([0, 10]))[0].tolist() // => [6, 8]
 */
export function scaleByTrustRatio(
  ...args: AllNamed<ScaleByTrustRatioOptions, "minNorm trustCoefficient eps">
): GradientTransformation<EmptyState> {
  const { minNorm, trustCoefficient, eps } = named<Required<ScaleByTrustRatioOptions>>("scaleByTrustRatio", args, {
    minNorm: 0,
    trustCoefficient: 1,
    eps: 0,
  });
  return stateless((updates, params) => {
    requireParams("scaleByTrustRatio", params);
    return treeMap(
      (u, p) => {
        const ofParams = safeNorm(p!, minNorm);
        const ofUpdates = safeNorm(u, minNorm);
        const ratio = divide(multiply(trustCoefficient, ofParams), add(ofUpdates, eps));
        return multiply(u, where(logicalOr(equal(ofParams, 0), equal(ofUpdates, 0)), 1, ratio));
      },
      updates,
      params,
    );
  });
}

/** What `scaleByParamBlockNorm` and `scaleByParamBlockRms` take. */
export interface ScaleByParamBlockOptions {
  /** What the factor is at least. Default 1e-3. */
  readonly minScale?: Scalar;
}

/**
 * The transformation that multiplies the updates of each leaf by the norm of its parameters.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.scaleByParamBlockNorm();
 * tx.update(jnp.array([1, 2]), tx.init(), jnp.array([3, 4]))[0].tolist() // => [5, 10]
 */
export function scaleByParamBlockNorm(
  ...args: AllNamed<ScaleByParamBlockOptions, "minScale">
): GradientTransformation<EmptyState> {
  return byParams("scaleByParamBlockNorm", args, safeNorm);
}

/**
 * The transformation that multiplies the updates of each leaf by the root mean square of its parameters.
 *
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.scaleByParamBlockRms();
 * tx.update(jnp.array([1, 2]), tx.init(), jnp.array([3, 3]))[0].tolist() // => [3, 6]
 */
export function scaleByParamBlockRms(
  ...args: AllNamed<ScaleByParamBlockOptions, "minScale">
): GradientTransformation<EmptyState> {
  return byParams("scaleByParamBlockRms", args, safeRootMeanSquares);
}

function byParams(
  fn: string,
  args: readonly unknown[],
  sizeOf: (x: ArrayLike, min: Scalar) => NDArray,
): GradientTransformation<EmptyState> {
  const { minScale } = named<Required<ScaleByParamBlockOptions>>(fn, args, { minScale: 1e-3 });
  return stateless((updates, params) => {
    requireParams(fn, params);
    return treeMap((u, p) => multiply(u, sizeOf(p!, minScale)), updates, params);
  });
}
