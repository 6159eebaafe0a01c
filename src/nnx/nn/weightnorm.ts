import { layerArguments } from "./layerarguments.ts";
import type { ArrayLike, Axes, NDArray } from "../../array/index.ts";
import { l2Normalize } from "../../array/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import type { Path } from "../tree/path.ts";
import * as initializers from "../initializers/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { Param } from "../variables/kinds.ts";
import type { ParamInit } from "./normparams.ts";
import { normAxes, toEpsilon } from "./normparams.ts";
import { rngsOf } from "./options.ts";
import type { Wrapped } from "./wrapped.ts";
import { byPath, newParamError, paramsOf, tuple } from "./wrapped.ts";

/** What `WeightNorm` takes besides the layer. */
export interface WeightNormOptions {
  /** The axes of a weight that keep a length each. Default the last; null none. */
  readonly featureAxes?: Axes;
  /** Multiplies by a learned scale. Default true. */
  readonly useScale?: boolean;
  readonly scaleInit?: ParamInit;
  /** Default 1e-12. */
  readonly epsilon?: number;
  /** Which Variables are normalised. Default those with `kernel` in their path. */
  readonly variableFilter?: Filter;
  readonly rngs: Rngs;
}

/**
 * A layer whose kernels are `scale * kernel / |kernel|`, with lengths over all axes but the features'.
 *
 * As in Flax the wrapped layer's kernels are **overwritten at every call**, and the scales are bare arrays, no Params:
 * `layer_instance/...` and `scales/('kernel',)`. It uses no keys.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`WeightNorm`).
 * @throws TypeError if `rngs` is missing; RangeError for a bad axis
 * @example
 * const rngs = new nnx.Rngs(0);
 * const layer = new nnx.WeightNorm(new nnx.Linear(2, 1, { rngs }), { rngs });
 * layer(jnp.ones([3, 2])).shape // => [3, 1]
 */
export class WeightNorm extends Module<[x: ArrayLike, ...rest: unknown[]], NDArray> {
  declare readonly layer_instance: Wrapped;
  declare readonly featureAxes: Axes;
  declare readonly useScale: boolean;
  declare readonly epsilon: number;
  declare readonly variableFilter: Filter;
  declare readonly scales: Readonly<Record<string, NDArray>> | undefined;

  constructor(options: WeightNormOptions & { readonly layerInstance: Wrapped });
  constructor(layer: Wrapped, options: WeightNormOptions);
  constructor(...args: readonly unknown[]) {
    const [layer, options] = layerArguments<[Wrapped, WeightNormOptions]>(
      args,
      1,
      "nnx.WeightNorm layerInstance * featureAxes useScale:b scaleInit:f epsilon dtype:d paramDtype:d " +
        "variableFilter promoteDtype:f rngs",
    );
    super();
    const rngs = rngsOf(options, "WeightNorm");
    const {
      featureAxes = -1,
      useScale = true,
      scaleInit = initializers.ones,
      epsilon = 1e-12,
      variableFilter = hasKernel,
    } = options;
    this.layer_instance = layer;
    this.featureAxes = featureAxes;
    this.useScale = useScale;
    this.epsilon = toEpsilon(epsilon, "WeightNorm");
    this.variableFilter = variableFilter;
    const scales: Record<string, NDArray> = {};
    for (const [path, param] of this.normalized()) {
      const shape = normAxes(featureAxes ?? [], param.shape.length, "WeightNorm").map((axis) => param.shape[axis]!);
      // Upstream gives the stream in place of a key: initializers that draw do not work there.
      if (useScale) scales[tuple(path)] = (scaleInit as Initializer)(rngs.stream("params") as never, shape);
    }
    this.scales = useScale ? byPath(scales) : undefined;
  }

  override __call__(x: ArrayLike, ...rest: unknown[]): NDArray {
    for (const [path, param] of this.normalized()) {
      const value = param.get().astype("float32");
      const features = normAxes(this.featureAxes ?? [], value.ndim, "WeightNorm");
      const axes = [...value.shape.keys()].filter((axis) => !features.includes(axis));
      const normalized = l2Normalize(value, axes, this.epsilon);
      const scale = this.scales?.[tuple(path)];
      if (this.useScale && scale === undefined) throw newParamError("WeightNorm", path);
      const sizes = value.shape.map((size, axis) => (features.includes(axis) ? size : 1));
      param.setValue((scale === undefined ? normalized : normalized.mul(scale.reshape(sizes))).astype(param.dtype));
    }
    return (this.layer_instance as unknown as (...args: unknown[]) => NDArray)(x, ...rest);
  }

  private normalized(): [Path, Param][] {
    const matches = toPredicate(this.variableFilter);
    return paramsOf(this.layer_instance).filter(([path, param]) => matches(path, param));
  }
}

function hasKernel(path: Path): boolean {
  return path.includes("kernel");
}
