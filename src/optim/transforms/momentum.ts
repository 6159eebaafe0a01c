import type { DType, NDArray } from "../../array/index.ts";
import { add, multiply } from "../../array/index.ts";
import type { Named } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { withPart } from "../fused/parts.ts";
import { biasCorrection, updateMoment } from "../moments.ts";
import { treeMap } from "../tree/map.ts";
import { treeCast, treeZerosLike } from "../tree/math.ts";
import type { Tree } from "../tree/node.ts";

/** What momentum has gathered. */
export interface TraceState {
  readonly trace: Tree;
}

/** What `trace` takes besides the decay. */
export interface TraceOptions {
  /** Nesterov momentum. Default false. */
  readonly nesterov?: boolean;
  /** The dtype of what is gathered. Default that of the gradients. */
  readonly accumulatorDtype?: DType | null;
}

interface TraceArguments extends Required<TraceOptions> {
  readonly decay: Scalar;
}

/**
 * Momentum: t = g + decay * t; u = t, or with `nesterov` u = g + decay * t.
 *
 * Source: optax 0.2.8 `optax/transforms/_accumulation.py` (`trace`), bit for bit with JAX operation by operation.
 * @example
 * const tx = optax.trace({ decay: 0.5 });
 * let [u, state] = tx.update(jnp.array([4]), tx.init(jnp.zeros([1])));
 * [u, state] = tx.update(jnp.array([1]), state);
 * u.tolist() // => [3]
 */
export function trace(
  ...args: Named<"decay", Scalar, TraceOptions, "nesterov accumulatorDtype">
): GradientTransformation<TraceState> {
  const { decay, nesterov, accumulatorDtype } = named<TraceArguments>("trace", args, {
    decay: REQUIRED,
    nesterov: false,
    accumulatorDtype: null,
  });
  const step = (updates: Tree, traces: Tree): Tree => treeMap((g, t) => add(g, multiply(decay, t!)), updates, traces);
  const tx = transformation<TraceState>(
    (params) => ({ trace: treeZerosLike(params, accumulatorDtype) }),
    (updates, state) => {
      const traces = step(updates, state.trace);
      return [nesterov ? step(updates, traces) : traces, { trace: treeCast(traces, accumulatorDtype) }];
    },
  );
  return typeof decay === "number" && !accumulatorDtype ? withPart(tx, { kind: "trace", decay, nesterov }) : tx;
}

/** A running average. */
export interface EmaState {
  /** int32 */
  readonly count: NDArray;
  readonly ema: Tree;
}

/** What `ema` takes besides the decay. */
export interface EmaOptions {
  /** Whether the average is corrected for its start at zero. Default true. */
  readonly debias?: boolean;
  /** The dtype of the average. Default that of the gradients. */
  readonly accumulatorDtype?: DType | null;
}

interface EmaArguments extends Required<EmaOptions> {
  readonly decay: Scalar;
}

/**
 * A running average of updates: a = (1 - decay) * g + decay * a; u = a / (1 - decay^count).
 *
 * Source: optax 0.2.8 `optax/transforms/_accumulation.py` (`ema`).
 * @example
 * const tx = optax.ema(0.5);
 * tx.update(jnp.array([4]), tx.init(jnp.zeros([1])))[0].tolist() // => [4]
 */
export function ema(
  ...args: Named<"decay", Scalar, EmaOptions, "debias accumulatorDtype">
): GradientTransformation<EmaState> {
  const { decay, debias, accumulatorDtype } = named<EmaArguments>("ema", args, {
    decay: REQUIRED,
    debias: true,
    accumulatorDtype: null,
  });
  return transformation(
    (params) => ({ count: zeroCount(), ema: treeZerosLike(params, accumulatorDtype) }),
    (updates, state) => {
      const average = updateMoment(updates, state.ema, decay, 1);
      const count = safeIncrement(state.count);
      return [
        debias ? biasCorrection(average, decay, count) : average,
        { count, ema: treeCast(average, accumulatorDtype) },
      ];
    },
  );
}
