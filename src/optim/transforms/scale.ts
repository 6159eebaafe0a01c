import type { NDArray } from "../../array/index.ts";
import { asarray, astype, multiply, sign } from "../../array/index.ts";
import { describe, refuseSurplus } from "../../base/index.ts";
import type { Named } from "../arguments.ts";
import { named, REQUIRED } from "../arguments.ts";
import type { GradientTransformation, Scalar, ScalarOrSchedule, Schedule } from "../base.ts";
import { transformation } from "../base.ts";
import { safeIncrement, zeroCount } from "../count.ts";
import { withPart } from "../fused/parts.ts";
import { times } from "../scalars.ts";
import type { EmptyState } from "../tree/emptynodes.ts";
import { treeMap } from "../tree/map.ts";
import { treeScale } from "../tree/math.ts";
import { identity, stateless } from "./basic.ts";

/** How many steps a schedule has seen. */
export interface ScaleByScheduleState {
  /** int32 */
  readonly count: NDArray;
}

/**
 * The transformation that multiplies updates by a number.
 *
 * Source: optax 0.2.8 `optax/_src/transform.py` (`scale`), as are the other functions of this file.
 * @example
 * const tx = optax.scale(-0.5);
 * tx.update(jnp.array([1, 2]), tx.init())[0].tolist() // => [-0.5, -1]
 */
export function scale(...args: Named<"stepSize", Scalar, object>): GradientTransformation<EmptyState> {
  const { stepSize } = named<{ stepSize: Scalar }>("scale", args, { stepSize: REQUIRED });
  const tx = stateless((updates) => treeScale(stepSize, updates));
  return typeof stepSize === "number" ? withPart(tx, { kind: "scale", stepSize }) : tx;
}

/**
 * The transformation that keeps the sign of updates alone: -1, 0, 1, NaN of NaN.
 *
 * @example
 * const tx = optax.scaleBySign();
 * tx.update(jnp.array([-3, 0, 2]), tx.init())[0].tolist() // => [-1, 0, 1]
 */
export function scaleBySign(): GradientTransformation<EmptyState> {
  if (arguments.length > 0) refuseSurplus("optax.scaleBySign", "", arguments, false);
  return stateless((updates) => treeMap((g) => sign(g), updates));
}

/** What `scaleByLearningRate` takes besides the rate. */
export interface LearningRateOptions {
  /** Whether updates change their sign, to go downhill. Default true. */
  readonly flipSign?: boolean;
}

/**
 * The transformation that multiplies updates by minus a learning rate. A schedule gets the number of steps before, from
 * 0 on. null leaves updates as they are.
 *
 * @throws TypeError if `learningRate` is not a number, array of one element, function or null
 * @example
 * const tx = optax.scaleByLearningRate((count) => 1 / (1 + count));
 * let state = tx.init();
 * let u;
 * [u, state] = tx.update(jnp.array([1, 2]), state);
 * [u, state] = tx.update(jnp.array([1, 2]), state);
 * u.tolist() // => [-0.5, -1]
 */
export function scaleByLearningRate(
  ...args: Named<"learningRate", ScalarOrSchedule | null, LearningRateOptions>
): GradientTransformation<EmptyState | ScaleByScheduleState> {
  const { learningRate, flipSign } = named<{ learningRate: ScalarOrSchedule | null; flipSign: boolean }>(
    "scaleByLearningRate",
    args,
    { learningRate: null, flipSign: true },
  );
  if (learningRate === null) return identity();
  const m = flipSign ? -1 : 1;
  if (typeof learningRate === "function") return scaleBySchedule((count) => times(m, learningRate(count)));
  if (typeof learningRate !== "number" && typeof learningRate !== "object")
    throw new TypeError(
      `optax.scaleByLearningRate: "learningRate" expected a number or a schedule, got ${describe(learningRate)}`,
    );
  return scale(times(m, learningRate));
}

/**
 * The transformation that multiplies updates by the value of a schedule, rounded to their dtype first.
 *
 * @throws TypeError if `stepSizeFn` is not a function
 * @example
 * const tx = optax.scaleBySchedule(optax.linearSchedule(1, 0, 10));
 * const [u, state] = tx.update(jnp.array([2]), { count: jnp.array(5, "int32") });
 * [u.tolist(), state.count.item()] // => [[1], 6]
 */
export function scaleBySchedule(
  ...args: readonly [stepSizeFn: Schedule] | readonly [options: { readonly stepSizeFn: Schedule }]
): GradientTransformation<ScaleByScheduleState> {
  const { stepSizeFn } = named<{ stepSizeFn: Schedule }>("scaleBySchedule", args, { stepSizeFn: REQUIRED }, [
    "stepSizeFn",
  ]);
  if (typeof stepSizeFn !== "function")
    throw new TypeError(`optax.scaleBySchedule: "stepSizeFn" expected a schedule, got ${describe(stepSizeFn)}`);
  const tx = transformation<ScaleByScheduleState>(
    () => ({ count: zeroCount() }),
    (updates, { count }) => {
      const stepSize = asarray(stepSizeFn(count.item()));
      return [
        treeMap((g) => multiply(astype(stepSize, asarray(g).dtype), g), updates),
        { count: safeIncrement(count) },
      ];
    },
  );
  return withPart(tx, { kind: "scale", stepSize: stepSizeFn });
}
