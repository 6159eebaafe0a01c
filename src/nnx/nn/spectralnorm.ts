import { layerArguments } from "./layerarguments.ts";
import type { ArrayLike, NDArray } from "../../array/index.ts";
import { equal, l2Normalize, where } from "../../array/index.ts";
import { stopGradient } from "../../autodiff/index.ts";
import { ordered, ShapeError } from "../../base/index.ts";
import type { Path } from "../tree/path.ts";
import * as initializers from "../initializers/index.ts";
import { Module } from "../modules/module.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { Param } from "../variables/kinds.ts";
import { BatchStat } from "../variables/kinds.ts";
import { firstOf } from "./flags.ts";
import { toEpsilon } from "./normparams.ts";
import { rngsOf } from "./options.ts";
import type { Wrapped } from "./wrapped.ts";
import { byPath, newParamError, paramsOf, tuple } from "./wrapped.ts";

/** What `SpectralNorm` takes besides the layer. */
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
 * As in Flax the wrapped layer's weights are **overwritten at every call**. State: `layer_instance/...`, and for each
 * such Param the BatchStats `batch_stats/('kernel', 'u')` [1, out] and `batch_stats/('kernel', 'sigma')` [], one key
 * for both.
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

  constructor(options: SpectralNormOptions & { readonly layerInstance: Wrapped });
  constructor(layer: Wrapped, options: SpectralNormOptions);
  constructor(...args: readonly unknown[]) {
    const [layer, options] = layerArguments<[Wrapped, SpectralNormOptions]>(
      args,
      1,
      "nnx.SpectralNorm layerInstance * nSteps:n epsilon errorOnNonMatrix:b updateStats:b dtype:d paramDtype:d rngs",
    );
    super();
    const rngs = rngsOf(options, "SpectralNorm");
    const { nSteps = 1, epsilon = 1e-12, errorOnNonMatrix = false, updateStats = true } = options;
    this.layer_instance = layer;
    this.nSteps = nSteps;
    this.epsilon = toEpsilon(epsilon, "SpectralNorm");
    this.errorOnNonMatrix = errorOnNonMatrix;
    this.useRunningAverage = !updateStats;
    const stats: Record<string, BatchStat> = {};
    for (const [path, param] of this.matrices()) {
      const key = rngs.params();
      stats[tuple([...path, "u"])] = new BatchStat(initializers.normal()(key, [1, param.shape.at(-1)!]));
      stats[tuple([...path, "sigma"])] = new BatchStat(initializers.ones(key, []));
    }
    this.batch_stats = byPath(stats);
  }

  override __call__(x: ArrayLike, options: { readonly updateStats?: boolean } = {}): NDArray {
    const args = ordered<(x: ArrayLike, options?: { readonly updateStats?: boolean }) => NDArray>(
      arguments,
      1,
      "nnx.SpectralNorm x | updateStats:b",
    );
    if (args !== undefined) [x, options = {}] = args;
    const { updateStats } = options;
    const update = firstOf("SpectralNorm", "updateStats", updateStats, !this.useRunningAverage);
    for (const [path, param] of this.matrices()) {
      const stat = this.batch_stats[tuple([...path, "u"])];
      if (stat === undefined) throw newParamError("SpectralNorm", path);
      const kernel = param.get().astype("float32");
      const out = kernel.shape.at(-1)!;
      const matrix = kernel.reshape([kernel.size / out, out]);
      let u = stat.get();
      let v = u;
      for (let step = 0; step < this.nSteps; step++) {
        v = l2Normalize(u.matmul(matrix.T), [0, 1], this.epsilon);
        u = l2Normalize(v.matmul(matrix), [0, 1], this.epsilon);
      }
      // As in Flax, the gradient takes the two vectors as they are.
      [u, v] = [stopGradient(u), stopGradient(v)];
      const sigma = v
        .matmul(matrix)
        .matmul(u.reshape([out, 1]))
        .reshape([]);
      if (update) {
        stat.set(u);
        this.batch_stats[tuple([...path, "sigma"])]!.set(sigma);
      }
      param.set(kernel.div(where(equal(sigma, 0), 1, sigma)));
    }
    return (this.layer_instance as unknown as (x: ArrayLike) => NDArray)(x);
  }

  private matrices(): [Path, Param][] {
    if (this.nSteps < 1) return [];
    return paramsOf(this.layer_instance).filter(([path, param]) => {
      const rank = param.shape.length;
      if (rank > 2 && this.errorOnNonMatrix)
        throw new ShapeError(
          `nnx.SpectralNorm: "layer" expected weights of two axes, got ${path.join("/")} of ${rank}`,
        );
      return rank > 1;
    });
  }
}
