import type { NDArray } from "../../array/index.ts";
import { add, astype, divide, greaterEqual, multiply, sqrt, subtract, where } from "../../array/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { biasCorrection, decayed, updateMoment } from "../moments.ts";
import { minus, over, times } from "../scalars.ts";
import { treeMap } from "../tree/map.ts";
import { treeZerosLike } from "../tree/math.ts";
import type { ScaleByAdamState } from "./adam.ts";
import { nesterovMoment } from "./adam.ts";

/** What `scaleByRadam` takes. */
export interface ScaleByRadamOptions {
  /** How much of the average of gradients stays. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average of squares stays. Default 0.999. */
  readonly b2?: Scalar;
  /** Added to the root. Default 1e-8. */
  readonly eps?: Scalar;
  /** Added below the root. Default 0. */
  readonly epsRoot?: Scalar;
  /** From what length of the average on the squares are used. Default 5. */
  readonly threshold?: Scalar;
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
}

/** RAdam's defaults. */
export const RADAM: Required<ScaleByRadamOptions> = {
  b1: 0.9,
  b2: 0.999,
  eps: 1e-8,
  epsRoot: 0,
  threshold: 5,
  nesterov: false,
};

/**
 * Rectified Adam's rescaling: Adam's times r once the average of squares is long enough, before that the average of
 * gradients alone.
 *
 * With roInf = 2 / (1 - b2) - 1, ro = roInf - 2 * count * b2^count / (1 - b2^count), r = sqrt((ro - 4) * (ro - 2) *
 * roInf / ((roInf - 4) * (roInf - 2) * ro)), the squares are used where ro >= threshold.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_radam`).
 * @example
 * const tx = optax.scaleByRadam({ b1: 0.5, b2: 0.75 });
 * tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])))[0].tolist() // => [4, -2]
 */
export function scaleByRadam(
  ...args: AllNamed<ScaleByRadamOptions, "b1 b2 eps epsRoot threshold">
): GradientTransformation<ScaleByAdamState> {
  const { b1, b2, eps, epsRoot, threshold, nesterov } = named<Required<ScaleByRadamOptions>>(
    "scaleByRadam",
    args,
    RADAM,
  );
  const rectify = rectifier(b2);
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params), nu: treeZerosLike(params) }),
    (updates, state) => {
      const mu = updateMoment(updates, state.mu, b1, 1);
      const nu = updateMoment(updates, state.nu, b2, 2);
      const count = safeIncrement(state.count);
      const muHat = nesterov ? nesterovMoment(mu, updates, b1, count) : biasCorrection(mu, b1, count);
      const nuHat = biasCorrection(nu, b2, count);
      const { ro, r } = rectify(count);
      const long = greaterEqual(ro, threshold);
      const scaled = treeMap(
        (m, v) => where(long, divide(multiply(astype(r, m.dtype), m), add(sqrt(add(v!, epsRoot)), eps)), m),
        muHat,
        nuHat,
      );
      return [scaled, { count, mu, nu }];
    },
  );
}

/** The length of the average of squares, and the factor that goes with it, by the number of steps. */
function rectifier(b2: Scalar): (count: NDArray) => { readonly ro: NDArray; readonly r: NDArray } {
  const roInf = minus(over(2, minus(1, b2)), 1);
  const divisor = times(minus(roInf, 4), minus(roInf, 2));
  return (count) => {
    const left = decayed(b2, count);
    const ro = subtract(roInf, divide(multiply(multiply(2, count), left), subtract(1, left)));
    const product = multiply(multiply(subtract(ro, 4), subtract(ro, 2)), roInf);
    return { ro, r: sqrt(divide(product, multiply(divisor, ro))) };
  };
}
