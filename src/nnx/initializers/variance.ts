import type { Given } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { NDArray, Shape } from "../../array/index.ts";
import { asarray, formatShape, sqrt, toShape } from "../../array/index.ts";
import type { FloatDType, KeyLike } from "../../random/index.ts";
import * as random from "../../random/index.ts";
import type { Axes, FanAxes } from "./fans.ts";
import { fansOf } from "./fans.ts";
import type { Initializer } from "./initializer.ts";
import { toNumber } from "./initializer.ts";

/** What the variance is divided by: inputs, outputs, their mean, or their geometric mean. JAX's names. */
export type FanMode = "fan_in" | "fan_out" | "fan_avg" | "fan_geo_avg";

/** What is drawn. JAX's names. */
export type ScalingDistribution = "truncated_normal" | "normal" | "uniform";

/** Which axes are what, and the dtype. */
export interface ScalingOptions extends FanAxes {
  readonly dtype?: FloatDType;
}

/** The standard deviation of a normal that is cut to (-2, 2). */
const TRUNCATED_STDDEV = 0.87962566103423978;

const DENOMINATORS: Record<FanMode, (fanIn: number, fanOut: number) => number> = {
  fan_in: (fanIn) => fanIn,
  fan_out: (_, fanOut) => fanOut,
  fan_avg: (fanIn, fanOut) => (fanIn + fanOut) / 2,
  fan_geo_avg: (fanIn, fanOut) => Math.sqrt(fanIn * fanOut),
};

type Draw = (key: KeyLike, shape: Shape, dtype: FloatDType, variance: NDArray) => NDArray;

const DISTRIBUTIONS: Record<ScalingDistribution, Draw> = {
  truncated_normal: (key, shape, dtype, variance) =>
    random.truncatedNormal(key, -2, 2, shape, dtype).mul(sqrt(variance).div(TRUNCATED_STDDEV)),
  normal: (key, shape, dtype, variance) => random.normal(key, shape, dtype).mul(sqrt(variance)),
  uniform: (key, shape, dtype, variance) =>
    random.uniform(key, shape, { minval: -1, dtype }).mul(sqrt(variance.mul(3))),
};

/**
 * Values whose variance is `scale / n`, where n is what `mode` says of the weight's shape. Fans are doubles, the
 * variance and all that follows in the dtype of the weight.
 *
 * @param mode `"fan_in"`, `"fan_out"`, `"fan_avg"` or `"fan_geo_avg"`
 * @param distribution `"truncated_normal"`, `"normal"` or `"uniform"`
 * @throws TypeError if `scale` is not a number; RangeError for another mode or distribution
 * @throws ShapeError, at the inner call, for fewer than 2 axes (unless `inAxis` is given) or a size of 0; RangeError
 * for an axis that the shape does not have
 *
 * Source: JAX 0.10.2 `jax/_src/nn/initializers.py` (`variance_scaling`), called without an outer `jit`.
 * @example
 * const init = nnx.initializers.varianceScaling(1, "fan_in", "normal", { outAxis: 0 });
 * init(random.key(42), [2, 4]).shape // => [2, 4]
 */
export function varianceScaling(
  ...places: Given<
    [scale: number, mode: FanMode, distribution: ScalingDistribution],
    "scale mode distribution",
    [inAxis: Axes, outAxis: Axes, batchAxis: Axes, dtype: FloatDType | null],
    ScalingOptions
  >
): Initializer;
export function varianceScaling(): Initializer {
  return inOrder(
    varianceScalingOf,
    arguments,
    3,
    "nnx.initializers.varianceScaling scale mode distribution | inAxis outAxis batchAxis dtype:d",
  );
}

function varianceScalingOf(
  scale: number,
  mode: FanMode,
  distribution: ScalingDistribution,
  { dtype = "float32", ...axes }: ScalingOptions = {},
): Initializer {
  const wanted = toNumber(scale, 'initializers.varianceScaling: "scale"');
  const denominatorOf = choice(DENOMINATORS, mode, "mode");
  const draw = choice(DISTRIBUTIONS, distribution, "distribution");
  return (key, shape, type = dtype) => {
    const sizes = toShape(shape, 'initializers.varianceScaling: "shape"');
    const { fanIn, fanOut } = fansOf(sizes, axes);
    const denominator = denominatorOf(fanIn, fanOut);
    if (!(denominator > 0))
      throw new ShapeError(
        `initializers.varianceScaling: "shape" expected sizes of at least 1, got ${formatShape(sizes)}`,
      );
    return draw(key, sizes, type, asarray(wanted / denominator, type));
  };
}

function choice<T>(table: Readonly<Record<string, T>>, name: unknown, argument: string): T {
  if (typeof name === "string" && Object.hasOwn(table, name)) return table[name]!;
  throw new RangeError(
    `initializers.varianceScaling: "${argument}" expected ${Object.keys(table).join(", ")}, got ${describe(name)}`,
  );
}
