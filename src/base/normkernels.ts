import type { BackendName } from "./kernels.ts";

/** The kernels of normalisation: a contract like `Kernels`, whose rules hold here too. */
export interface NormKernels {
  readonly name: BackendName;

  /**
   * Normalizes each row: out = (x - mean) * (r * scale) + bias, with r = 1 / sqrt(var + epsilon).
   *
   * - mean = sum(x) / n, or +0 unless `centered`; var = max(0, sum(x * x) / n - mean * mean). Sums have the order of
   *   `sumF32`.
   * - Every operation is rounded, none is fused. Subnormals are kept.
   * - A scale or bias that is undefined is left out. Element i of `x` has element i mod m of them, m a multiple of n.
   * - `x`, `out` [rows, n], `scale`, `bias` [m], all float32. n at least 1; n and m at most `LONGEST_ROW`. `out` may
   *   not overlap `x`.
   */
  normalizeF32(
    x: Float32Array,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    out: Float32Array,
    n: number,
    epsilon: number,
    centered: boolean,
  ): void;

  /**
   * out[o, k, j, i] = (x[o, k, j, i] - mean) * (r * scale) + bias, with r = 1 / sqrt(variance + epsilon).
   *
   * - Rounded like `normalizeF32`. A scale or bias that is undefined is left out.
   * - mean, variance, scale and bias are element (o, j) of [outer, inner]. Each may have fewer elements, as many as
   *   divide that size; they are then read cyclically.
   * - `x`, `out` [outer, n, inner, size], all float32. n, `inner` and `size` at least 1. `out` may not overlap `x`.
   */
  standardizeF32(
    x: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array | undefined,
    bias: Float32Array | undefined,
    out: Float32Array,
    n: number,
    inner: number,
    size: number,
    epsilon: number,
  ): void;
}
