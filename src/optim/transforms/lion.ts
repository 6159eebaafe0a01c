import type { DType, NDArray } from "../../array/index.ts";
import { abs, add, less, multiply, sign, tanh, where } from "../../array/index.ts";
import { describe } from "../../base/index.ts";
import type { AllNamed } from "../arguments.ts";
import { named } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { oneMinus, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** A running average of gradients. */
export interface ScaleByLionState {
  /** int32 */
  readonly count: NDArray;
  readonly mu: Tree;
}

/** What `scaleByLion` takes. */
export interface ScaleByLionOptions {
  /** How much of the average goes into an update. Default 0.9. */
  readonly b1?: Scalar;
  /** How much of the average stays. Default 0.99. */
  readonly b2?: Scalar;
  /** The dtype of the average. Default that of the gradients. */
  readonly muDtype?: DType | null;
  /** The update is the sign of x (`"hard"`, default), tanh(smoothBeta * x), or x itself below 1 (`"refined"`). */
  readonly mode?: "hard" | "smooth" | "refined";
  /** Default 1. */
  readonly smoothBeta?: number;
}

/** Lion's defaults. */
export const LION: Required<ScaleByLionOptions> = { b1: 0.9, b2: 0.99, muDtype: null, mode: "hard", smoothBeta: 1 };

/**
 * Lion's rescaling: u = sign((1 - b1) * g + b1 * m), then m = (1 - b2) * g + b2 * m.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale_by_lion`), bit for bit with JAX operation by operation.
 * @throws RangeError if `mode` is unknown
 * @example
 * const tx = optax.scaleByLion();
 * const [u, state] = tx.update(jnp.array([4, -2]), tx.init(jnp.zeros([2])));
 * [u.tolist(), state.mu.tolist()] // => [[1, -1], [0.04, -0.02]]
 */
export function scaleByLion(
  ...args: AllNamed<ScaleByLionOptions, "b1 b2 muDtype">
): GradientTransformation<ScaleByLionState> {
  const { b1, b2, muDtype, mode, smoothBeta } = named<Required<ScaleByLionOptions>>("scaleByLion", args, LION);
  const shape = shapeOf(mode, smoothBeta);
  return transformation(
    (params) => ({ count: zeroCount(), mu: treeZerosLike(params, muDtype) }),
    (updates, state) => [
      treeMap((g, m) => shape(add(multiply(oneMinus(b1), g), multiply(b1, m!))), updates, state.mu),
      { count: safeIncrement(state.count), mu: treeCast(updateMoment(updates, state.mu, b2, 1), muDtype) },
    ],
  );
}

function shapeOf(mode: ScaleByLionOptions["mode"], smoothBeta: number): (x: NDArray) => NDArray {
  switch (mode) {
    case "hard":
      return sign;
    case "smooth":
      return (x) => tanh(multiply(smoothBeta, x));
    case "refined":
      return (x) => where(less(abs(x), 1), x, sign(x));
  }
  throw new RangeError(`optax.scaleByLion: "mode" expected "hard", "smooth" or "refined", got ${describe(mode)}`);
}
