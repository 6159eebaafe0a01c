import type { ArrayLike, Axes, Dense, NDArray } from "../../array/index.ts";
import { castDense, dense, NDArray as ArrayClass, stretch, sumDense, toDense, transposed, zerosDense } from "../../array/index.ts";
import { ShapeError } from "../../base/index.ts";
import type { Filter } from "../filter.ts";
import { toPredicate } from "../filter.ts";
import type { Path } from "../graph.ts";
import * as initializers from "../initializers/index.ts";
import type { Initializer } from "../initializers/initializer.ts";
import { Module } from "../module.ts";
import type { Rngs } from "../rngs.ts";
import { assertRngs } from "../rngs.ts";
import { state } from "../state.ts";
import { BatchStat, Param } from "../variables.ts";
import { firstOf } from "./flags.ts";
import type { ParamInit } from "./normparams.ts";
import { normAxes, toEpsilon } from "./normparams.ts";

const { fround, sqrt } = Math;

/** A layer that can be wrapped. */
export type Wrapped = Module<never[]>;

/** What a wrapping layer keeps for each Param of the wrapped one, under the Param's path as Python writes it. */
class ByPath extends Module {}

/** A ByPath of `entries`. */
function byPath<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(new ByPath(), entries) as unknown as Readonly<Record<string, T>>;
}

/** `('kernel', 'u')`, the way a tuple reads as a part of a path in Flax. */
function tuple(path: Path): string {
  const parts = path.map((part) => (typeof part === "string" ? `'${part}'` : String(part)));
  return `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;
}

function paramsOf(layer: Wrapped): [Path, Param][] {
  return [...state(layer as object, Param)] as unknown as [Path, Param][];
}

/** x / sqrt(sum(x^2) + epsilon) over `axes`, as x times the reciprocal root; sums in the order of `numpy.sum`. */
function l2Normalize(x: Dense, axes: readonly number[], epsilon: number): Dense {
  const from = x.storage.data;
  const squares = zerosDense(x.shape, "float32");
  for (let i = 0; i < from.length; i++) squares.storage.data[i] = from[i]! * from[i]!;
  const sums = stretch(sumDense(squares, axes, true), x.shape);
  const out = zerosDense(x.shape, "float32");
  const { data } = out.storage;
  const eps = fround(epsilon);
  for (let i = 0; i < data.length; i++) data[i] = from[i]! * fround(1 / fround(sqrt(fround(sums[i]! + eps))));
  return out;
}

/** What `WeightNorm` takes beside the layer. */
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
 * A layer whose kernels are scale * kernel / |kernel|, lengths taken over all axes but the features'.
 *
 * As in Flax the wrapped layer's kernels are **overwritten at every call**, and the scales are bare arrays, no Params: `layer_instance/...` and
 * `scales/('kernel',)`. No keys are consumed.
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

  constructor(layer: Wrapped, options: WeightNormOptions) {
    super();
    assertRngs(options?.rngs, "WeightNorm");
    const { featureAxes = -1, useScale = true, scaleInit = initializers.ones, epsilon = 1e-12, variableFilter = hasKernel, rngs } = options;
    this.layer_instance = layer;
    this.featureAxes = featureAxes;
    this.useScale = useScale;
    this.epsilon = toEpsilon(epsilon, "WeightNorm");
    this.variableFilter = variableFilter;
    const scales: Record<string, NDArray> = {};
    for (const [path, param] of this.#normalized()) {
      const shape = normAxes(featureAxes ?? [], param.shape.length, "WeightNorm").map((axis) => param.shape[axis]!);
      // Upstream gives the stream in the place of a key: initializers that draw do not work there.
      if (useScale) scales[tuple(path)] = (scaleInit as Initializer)(rngs.stream("params") as never, shape);
    }
    this.scales = useScale ? byPath(scales) : undefined;
  }

  override __call__(x: ArrayLike, ...rest: unknown[]): NDArray {
    for (const [path, param] of this.#normalized()) {
      const value = castDense(toDense(param, "WeightNorm"), "float32");
      const features = normAxes(this.featureAxes ?? [], value.shape.length, "WeightNorm");
      const axes = [...value.shape.keys()].filter((axis) => !features.includes(axis));
      const normalized = new ArrayClass(l2Normalize(value, axes, this.epsilon));
      const scale = this.scales?.[tuple(path)];
      if (this.useScale && scale === undefined) throw new TypeError(`WeightNorm: "layer" expected the Params it had when it was wrapped, got a new one at ${path.join("/")}`);
      const sizes = value.shape.map((size, axis) => (features.includes(axis) ? size : 1));
      param.setValue((scale === undefined ? normalized : normalized.mul(scale.reshape(sizes))).astype(param.dtype));
    }
    return (this.layer_instance as unknown as (...args: unknown[]) => NDArray)(x, ...rest);
  }

  #normalized(): [Path, Param][] {
    const matches = toPredicate(this.variableFilter);
    return paramsOf(this.layer_instance).filter(([path, param]) => matches(path, param));
  }
}

function hasKernel(path: Path): boolean {
  return path.includes("kernel");
}

/** What `SpectralNorm` takes beside the layer. */
export interface SpectralNormOptions {
  /** Steps of the power iteration a call. Default 1. */
  readonly nSteps?: number;
  /** Default 1e-12. */
  readonly epsilon?: number;
  /** Refuses weights of more than two axes instead of taking them as matrices. Default false. */
  readonly errorOnNonMatrix?: boolean;
  /** Keeps what the power iteration found. Default true. */
  readonly updateStats?: boolean;
  readonly rngs: Rngs;
}

/**
 * A layer whose weights of two or more axes are divided by their largest singular value, found by power iteration.
 *
 * As in Flax the wrapped layer's weights are **overwritten at every call**. State: `layer_instance/...`, and for each such Param the BatchStats
 * `batch_stats/('kernel', 'u')` [1, out] and `batch_stats/('kernel', 'sigma')` []; one key each.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/normalization.py` (`SpectralNorm`).
 * @throws TypeError if `rngs` is missing; ShapeError for a weight of more than two axes with `errorOnNonMatrix`
 * @example
 * const rngs = new nnx.Rngs(0);
 * const layer = new nnx.SpectralNorm(new nnx.Linear(2, 1, { rngs }), { rngs });
 * layer(jnp.ones([3, 2])).shape // => [3, 1]
 */
export class SpectralNorm extends Module<[x: ArrayLike, options?: { readonly updateStats?: boolean }], NDArray> {
  declare readonly layer_instance: Wrapped;
  declare readonly nSteps: number;
  declare readonly epsilon: number;
  declare readonly errorOnNonMatrix: boolean;
  /** The opposite of `updateStats`, so that `train()` and `eval()` find it. */
  declare useRunningAverage: boolean;
  declare readonly batch_stats: Readonly<Record<string, BatchStat>>;

  constructor(layer: Wrapped, options: SpectralNormOptions) {
    super();
    assertRngs(options?.rngs, "SpectralNorm");
    const { nSteps = 1, epsilon = 1e-12, errorOnNonMatrix = false, updateStats = true, rngs } = options;
    this.layer_instance = layer;
    this.nSteps = nSteps;
    this.epsilon = toEpsilon(epsilon, "SpectralNorm");
    this.errorOnNonMatrix = errorOnNonMatrix;
    this.useRunningAverage = !updateStats;
    const stats: Record<string, BatchStat> = {};
    for (const [path, param] of this.#matrices()) {
      const key = rngs.params();
      stats[tuple([...path, "u"])] = new BatchStat(initializers.normal()(key, [1, param.shape.at(-1)!]));
      stats[tuple([...path, "sigma"])] = new BatchStat(initializers.ones(key, []));
    }
    this.batch_stats = byPath(stats);
  }

  override __call__(x: ArrayLike, { updateStats }: { readonly updateStats?: boolean } = {}): NDArray {
    const update = firstOf("SpectralNorm", "updateStats", updateStats, !this.useRunningAverage);
    for (const [path, param] of this.#matrices()) {
      const stat = this.batch_stats[tuple([...path, "u"])];
      if (stat === undefined) throw new TypeError(`SpectralNorm: "layer" expected the Params it had when it was wrapped, got a new one at ${path.join("/")}`);
      const kernel = castDense(toDense(param, "SpectralNorm"), "float32");
      const out = kernel.shape.at(-1)!;
      const matrix: Dense = { ...kernel, shape: [kernel.storage.data.length / out, out] };
      const turned = new ArrayClass(dense([out, matrix.shape[0]!], "float32", transposed(matrix, [1, 0])));
      const straight = new ArrayClass(matrix);
      let u = stat.get();
      let v = u;
      for (let step = 0; step < this.nSteps; step++) {
        v = new ArrayClass(l2Normalize(toDense(u.matmul(turned), "SpectralNorm"), [0, 1], this.epsilon));
        u = new ArrayClass(l2Normalize(toDense(v.matmul(straight), "SpectralNorm"), [0, 1], this.epsilon));
      }
      const sigma = v.matmul(straight).matmul(u.reshape([out, 1])).reshape([]);
      if (update) {
        stat.set(u);
        this.batch_stats[tuple([...path, "sigma"])]!.set(sigma);
      }
      param.set(new ArrayClass(kernel).div(sigma.item() === 0 ? 1 : sigma));
    }
    return (this.layer_instance as unknown as (x: ArrayLike) => NDArray)(x);
  }

  #matrices(): [Path, Param][] {
    if (this.nSteps < 1) return [];
    return paramsOf(this.layer_instance).filter(([path, param]) => {
      const rank = param.shape.length;
      if (rank > 2 && this.errorOnNonMatrix) throw new ShapeError(`SpectralNorm: "layer" expected weights of two axes, got ${path.join("/")} of ${rank}`);
      return rank > 1;
    });
  }
}
