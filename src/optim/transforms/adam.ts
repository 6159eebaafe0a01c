import type { DType, NDArray } from "../../array/index.ts";
import { add, divide, maximum, multiply, sqrt } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { withPart } from "../fused/parts.ts";
import { biasCorrection, oneMinus, updateInfinityMoment, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeCastLike, treeDiv, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** Running averages of gradients and of their squares. */
export interface ScaleByAdamState {
  /** int32 */
  readonly count: NDArray;
  readonly mu: Tree;
  readonly nu: Tree;
}

/** What `scaleByAdam` takes. */
export interface ScaleByAdamOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squares stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the square root. Default 1e-8. */
  readonly eps?: Scalar;
  /** Added below the square root. Default 0. */
  readonly epsRoot?: Scalar;
  /** The dtype of the average of gradients. Default theirs. */
  readonly muDtype?: DType | null;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
}

type AdamArguments = Required<ScaleByAdamOptions>;

/** Adam's defaults. */
export const ADAM: AdamArguments = { b1: 0.9, b2: 0.999, eps: 1e-8, epsRoot: 0, muDtype: null, nesterov: false };

/**
 * Adam's rescaling, each operation rounded to float32:
 *
 * - m = (1 - b1) * g + b1 * m; v = (1 - b2) * (g * g) + b2 * v; count = count + 1
 * - mHat = m / (1 - b1^count), vHat = v / (1 - b2^count), IEEE divisions
 * - u = mHat / (sqrt(vHat + epsRoot) + eps)
 * - with `nesterov`, mHat = b1 * (m / (1 - b1^(count + 1))) + (1 - b1) * (g / (1 - b1^count))
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_adam`), as are the other functions of this file. The bits
 * are those of JAX operation by operation.
 * @example
 * const tx = optax.scaleByAdam({ b1: 0.5, b2: 0.75 });
 * const [u, state] = tx.update(jnp.array([4, -0.5]), tx.init(jnp.zeros([2])));
 * [u.tolist(), state.count.item()] // => [[1, -1], 1]
 */
export function scaleByAdam(
  ...args: AllNamed<ScaleByAdamOptions, "b1 b2 eps epsRoot muDtype">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot, muDtype, nesterov } = named<AdamArguments>("scaleByAdam", args, ADAM);
  const tx = transformation<ScaleByAdamState>(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype), nu: treeZerosLike(params) }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const nu = updateMoment(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = nesterov ? nesterovMoment(mu, updates, b1, count) : biasCorrection(mu, b1, count);
      return [
        treeDiv(muHat, rootOf(biasCorrection(nu, b2, count), epsRoot, eps)),
        { count, mu: treeCast(mu, muDtype), nu: treeCastLike(nu, state.nu) },
      ];
    },
  );
  const numbers = { b1, b2, eps, epsRoot };
  if (muDtype || nesterov || !areNumbers(numbers)) return tx;
  return withPart(tx, { kind: "adam", ...numbers });
}

function areNumbers<Name extends string>(values: Record<Name, Scalar>): values is Record<Name, number> {
  return Object.values(values).every((value) => typeof value === "number");
}

/** b1 * (m / (1 - b1^(count + 1))) + (1 - b1) * (g / (1 - b1^count)). */
export function nesterovMoment(mu: Tree, updates: Tree, b1: Scalar, count: NDArray): Tree {
  return treeMap(
    (m, g) => add(multiply(b1, m), multiply(oneMinus(b1), g!)),
    biasCorrection(mu, b1, safeIncrement(count)),
    biasCorrection(updates, b1, count),
  );
}

/** sqrt(v + epsRoot) + eps. */
export function rootOf(nu: Tree, epsRoot: Scalar, eps: Scalar): Tree {
  return treeMap((v) => add(sqrt(add(v, epsRoot)), eps), nu);
}

/** The state of Adam and the greatest average of squares so far. */
export interface ScaleByAmsgradState extends ScaleByAdamState {
  readonly nu_max: Tree;
}

/** What `scaleByAmsgrad` takes. */
export interface ScaleByAmsgradOptions extends Omit<ScaleByAdamOptions, "nesterov"> {
  /** Whether the average of gradients is corrected for its start at zero. Default true. */
  readonly biasCorrectionMu?: boolean;
  /** Whether the average of squares is. Default true. */
  readonly biasCorrectionNu?: boolean;
}

/** AMSGrad's defaults. */
export const AMSGRAD: Required<ScaleByAmsgradOptions> = {
  b1: 0.9,
  b2: 0.999,
  eps: 1e-8,
  epsRoot: 0,
  muDtype: null,
  biasCorrectionMu: true,
  biasCorrectionNu: true,
};

/**
 * AMSGrad's rescaling: Adam's with the greatest vHat so far in place of vHat.
 *
 * @example
 * const tx = optax.scaleByAmsgrad({ b1: 0.5, b2: 0.75 });
 * const [, state] = tx.update(jnp.array([2]), tx.init(jnp.zeros([1])));
 * tx.update(jnp.array([0]), state)[1].nu_max.tolist() // => [4]
 */
export function scaleByAmsgrad(
  ...args: AllNamed<ScaleByAmsgradOptions, "b1 b2 eps epsRoot muDtype biasCorrectionMu biasCorrectionNu">
): GradientTransformation<ScaleByAmsgradState> {
  const { b1, b2, eps, epsRoot, muDtype, biasCorrectionMu, biasCorrectionNu } = named<Required<ScaleByAmsgradOptions>>(
    "scaleByAmsgrad",
    args,
    AMSGRAD,
  );
  return transformation(
    (params) => ({
      count: zeroCount(),
      mu: treeZerosLike(params, muDtype),
      nu: treeZerosLike(params),
      nu_max: treeZerosLike(params),
    }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const nu = updateMoment(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = biasCorrectionMu ? biasCorrection(mu, b1, count) : mu;
      const nuHat = biasCorrectionNu ? biasCorrection(nu, b2, count) : nu;
      const nuMax = treeMap((most, v) => maximum(most, v!), state.nu_max, nuHat);
      return [treeDiv(muHat, rootOf(nuMax, epsRoot, eps)), { count, mu: treeCast(mu, muDtype), nu, nu_max: nuMax }];
    },
  );
}

/** What `scaleByAdamax` takes. */
export interface ScaleByAdamaxOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the greatest gradient stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the size of a gradient. Default 1e-8. */
  readonly eps?: Scalar;
}

/** Adamax's defaults. */
export const ADAMAX: Required<ScaleByAdamaxOptions> = { b1: 0.9, b2: 0.999, eps: 1e-8 };

/**
 * Adamax's rescaling: m = (1 - b1) * g + b1 * m; v = max(|g| + eps, b2 * v); u = (m / (1 - b1^count)) / v.
 *
 * @example
 * const tx = optax.scaleByAdamax({ b1: 0.5, eps: 0 });
 * tx.update(jnp.array([2, -3]), tx.init(jnp.zeros([2])))[0].tolist() // => [1, -1]
 */
export function scaleByAdamax(
  ...args: AllNamed<ScaleByAdamaxOptions, "b1 b2 eps">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps } = named<Required<ScaleByAdamaxOptions>>("scaleByAdamax", args, ADAMAX);
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params), nu: treeZerosLike(params) }),
    (updates, state) => {
      const count = safeIncrement(state.count);
      const mu = updateMoment(updates, state.mu, b1, 1);
      const nu = updateInfinityMoment(updates, state.nu, b2, eps);
      return [treeMap((m, v) => divide(m, v!), biasCorrection(mu, b1, count), nu), { count, mu, nu }];
    },
  );
}
