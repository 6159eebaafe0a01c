import type { DType, NDArray } from "../../array/index.ts";
import { add, asarray, astype, divide, multiply, promoteTypes, sqrt, square, zeros } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { requireParams, transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { updateMoment } from "../moments.ts";
import { normOf } from "../norms.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeZerosLike } from "../tree/math.ts";
import type { ScaleByAdamState } from "./adam.ts";

/** What `scaleByNovograd` takes. */
export interface ScaleByNovogradOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squared norms stays. Default 0.25. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-8. */
  readonly eps?: Scalar;
  /** Added below the root. Default 0. */
  readonly epsRoot?: Scalar;
  /** How much of the parameters is added. Default 0. */
  readonly weightDecay?: Scalar;
  /** The dtype of the average of gradients. Default theirs. */
  readonly muDtype?: DType | null;
}

/** NovoGrad's defaults. */
export const NOVOGRAD: Required<ScaleByNovogradOptions> = {
  b1: 0.9,
  b2: 0.25,
  eps: 1e-8,
  epsRoot: 0,
  weightDecay: 0,
  muDtype: null,
};

/**
 * NovoGrad's rescaling: v, one number a leaf, is the average of the squared norm of the gradient (the first time that
 * itself); m = b1 * m + (g / (sqrt(v + epsRoot) + eps) + weightDecay * p), the first time without b1 * m; u = m.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_novograd`).
 * @throws TypeError if an update gets no parameters
 * @example
 * const tx = optax.scaleByNovograd({ eps: 0 });
 * const params = jnp.zeros([2]);
 * tx.update(jnp.array([3, -4]), tx.init(params), params)[0].tolist() // => [0.6, -0.8]
 */
export function scaleByNovograd(
  ...args: AllNamed<ScaleByNovogradOptions, "b1 b2 eps epsRoot weightDecay muDtype">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot, weightDecay, muDtype } = named<Required<ScaleByNovogradOptions>>(
    "scaleByNovograd",
    args,
    NOVOGRAD,
  );
  return transformation(
    (params) => ({
      count: zeroCount(),
      mu: treeZerosLike(params, muDtype),
      nu: treeMap((p) => zeros([], asarray(p).dtype), params),
    }),
    (updates, state, params) => {
      requireParams("scaleByNovograd", params);
      const count = safeIncrement(state.count);
      const first = count.item() === 1;
      const norms = treeMap((g) => squaredNorm(g), updates);
      const nu = first
        ? treeMap((n, before) => astype(n, before!.dtype), norms, state.nu)
        : updateMoment(norms, state.nu, b2, 1);
      const added = treeMap(
        (g, p, n) => add(divide(g, add(sqrt(add(n!, epsRoot)), eps)), multiply(weightDecay, p!)),
        updates,
        params,
        nu,
      );
      const mu = first ? added : treeMap((a, m) => add(decayed(b1, m!, a), a), added, state.mu);
      const cast = treeCast(mu, muDtype);
      return [cast, { count, mu: cast, nu }];
    },
  );
}

/**
 * b1 * m, to which `a` is added. Where m has fewer bits the number is rounded to its dtype, but not the product. So the
 * program computes it that XLA compiles for optax.
 */
function decayed(b1: Scalar, m: NDArray, a: NDArray): NDArray {
  const decay = typeof b1 === "number" ? asarray(b1, m.dtype) : b1;
  return multiply(decay, astype(m, promoteTypes(m.dtype, a.dtype)));
}

/** The square of the Euclidean norm, by the root and back as optax takes it. */
function squaredNorm(x: NDArray): NDArray {
  return square(normOf(x));
}
