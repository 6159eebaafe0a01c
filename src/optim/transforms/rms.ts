import type { NDArray } from "../../array/index.ts";
import { add, divide, greater, multiply, sqrt, square, subtract, where } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeFullLike, treeMul, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** A running average of squares, and with bias correction how many there were. */
export interface ScaleByRmsState {
  /** int32, where `biasCorrection` is asked for. */
  readonly count?: NDArray;
  readonly nu: Tree;
}

/** The state of `scaleByRms` and a running average of gradients. */
export interface ScaleByStddevState extends ScaleByRmsState {
  readonly mu: Tree;
}

/** What `scaleByRms` and `scaleByStddev` take. */
export interface ScaleByRmsOptions {
  /** How much of the averages stays. Default 0.9. */
  readonly decay?: Scalar;
  /** Keeps the divisor from zero. Default 1e-8. */
  readonly eps?: Scalar;
  /** The first average of squares. Default 0. */
  readonly initialScale?: Scalar;
  /** Whether `eps` is added below the root (default) or to it. */
  readonly epsInSqrt?: boolean;
  /** Whether the averages are corrected for their start. Default false. */
  readonly biasCorrection?: boolean;
}

/** RMSProp's defaults. */
export const RMS: Required<ScaleByRmsOptions> = {
  decay: 0.9,
  eps: 1e-8,
  initialScale: 0,
  epsInSqrt: true,
  biasCorrection: false,
};

/**
 * RMSProp's rescaling: v = (1 - decay) * (g * g) + decay * v; u = g * (1 / sqrt(v + eps)), or with `epsInSqrt: false`
 * g * (1 / (sqrt(v) + eps)).
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_rms`), as are the other functions of this file. JAX takes
 * `lax.rsqrt`, whose bits depend on the processor; here it is 1 / sqrt(x), two roundings.
 * @example
 * const tx = optax.scaleByRms({ decay: 0.75, eps: 0 });
 * tx.update(jnp.array([4, -8]), tx.init(jnp.zeros([2])))[0].tolist() // => [2, -2]
 */
export function scaleByRms(
  ...args: AllNamed<ScaleByRmsOptions, "decay eps initialScale epsInSqrt biasCorrection">
): GradientTransformation<ScaleByRmsState> {
  const {
    decay,
    eps,
    initialScale,
    epsInSqrt,
    biasCorrection: corrected,
  } = named<Required<ScaleByRmsOptions>>("scaleByRms", args, RMS);
  return transformation<ScaleByRmsState>(
    (params) => {
      const nu = treeFullLike(params, initialScale);
      return corrected ? { count: zeroCount(), nu } : { nu };
    },
    (updates, state) => {
      const nu = updateMoment(updates, state.nu, decay, 2);
      const count = corrected ? safeIncrement(state.count!) : undefined;
      const nuHat = count ? biasCorrection(nu, decay, count) : nu;
      return [treeMul(inverseRoot(nuHat, eps, epsInSqrt), updates), count ? { count, nu } : { nu }];
    },
  );
}

/** 1 / sqrt(v + eps), or 1 / (sqrt(v) + eps). */
function inverseRoot(nu: Tree, eps: Scalar, epsInSqrt: boolean): Tree {
  return treeMap((v) => divide(1, epsInSqrt ? sqrt(add(v, eps)) : add(sqrt(v), eps)), nu);
}

/**
 * RMSProp's rescaling with the variance in place of the squares: m and v are averages of g and g * g; u = g * (1 /
 * sqrt(v - m * m + eps)), or with `epsInSqrt: false` g * (1 / (sqrt(v - m * m) + eps)).
 *
 * @example
 * const tx = optax.scaleByStddev({ decay: 0.5, eps: 0 });
 * tx.update(jnp.array([4, -8]), tx.init(jnp.zeros([2])))[0].tolist() // => [2, -2]
 */
export function scaleByStddev(
  ...args: AllNamed<ScaleByRmsOptions, "decay eps initialScale epsInSqrt biasCorrection">
): GradientTransformation<ScaleByStddevState> {
  const {
    decay,
    eps,
    initialScale,
    epsInSqrt,
    biasCorrection: corrected,
  } = named<Required<ScaleByRmsOptions>>("scaleByStddev", args, RMS);
  return transformation<ScaleByStddevState>(
    (params) => {
      const moments = { mu: treeZerosLike(params), nu: treeFullLike(params, initialScale) };
      return corrected ? { count: zeroCount(), ...moments } : moments;
    },
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, decay, 1);
      const nu = updateMoment(updates, state.nu, decay, 2);
      const count = corrected ? safeIncrement(state.count!) : undefined;
      const variance = treeMap(
        (m, v) => subtract(v!, square(m)),
        count ? biasCorrection(mu, decay, count) : mu,
        count ? biasCorrection(nu, decay, count) : nu,
      );
      return [treeMul(inverseRoot(variance, eps, epsInSqrt), updates), count ? { count, mu, nu } : { mu, nu }];
    },
  );
}

/** The sum of all squares so far. */
export interface ScaleByRssState {
  readonly sum_of_squares: Tree;
}

/** What `scaleByRss` takes. */
export interface ScaleByRssOptions {
  /** The first sum. Default 0.1. */
  readonly initialAccumulatorValue?: Scalar;
  /** Added below the root. Default 1e-7. */
  readonly eps?: Scalar;
}

/** AdaGrad's defaults. */
export const RSS: Required<ScaleByRssOptions> = { initialAccumulatorValue: 0.1, eps: 1e-7 };

/**
 * AdaGrad's rescaling: s = g * g + s; u = (1 / sqrt(s + eps)) * g, 0 where s is 0.
 *
 * @example
 * const tx = optax.scaleByRss({ initialAccumulatorValue: 0, eps: 0 });
 * tx.update(jnp.array([4, 0]), tx.init(jnp.zeros([2])))[0].tolist() // => [1, 0]
 */
export function scaleByRss(
  ...args: AllNamed<ScaleByRssOptions, "initialAccumulatorValue eps">
): GradientTransformation<ScaleByRssState> {
  const { initialAccumulatorValue, eps } = named<Required<ScaleByRssOptions>>("scaleByRss", args, RSS);
  return transformation(
    (params) => ({ sum_of_squares: treeFullLike(params, initialAccumulatorValue) }),
    (updates, state) => {
      const sums = treeMap((g, s) => add(square(g), s!), updates, state.sum_of_squares);
      const scaled = treeMap(
        (g, s) => multiply(where(greater(s!, 0), divide(1, sqrt(add(s!, eps))), 0), g),
        updates,
        sums,
      );
      return [scaled, { sum_of_squares: sums }];
    },
  );
}
