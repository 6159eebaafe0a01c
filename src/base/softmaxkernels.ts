import type { BackendName } from "./kernels.ts";

/** The kernels of softmax: a contract like `Kernels`, whose rules hold here too. */
export interface SoftmaxKernels {
  readonly name: BackendName;

  /**
   * Softmax of each row: e = exp(x - max), s = the sum of e in the order of `sumF32`, out = e * (1 / s).
   *
   * - With `log`, its logarithm: out = (x - max) - log(s).
   * - Every operation is rounded. exp and log have the bits of `unaryF32`. The sum keeps subnormals.
   * - A row with a NaN or +Infinity, or of -Infinity alone, gives NaN.
   * - `x`, `out` [rows, n] float32, n at least 1. `out` may not overlap `x`.
   */
  softmaxF32(x: Float32Array, out: Float32Array, n: number, log: boolean, fused: boolean): void;

  /**
   * Softmax over the middle axis, or with `log` its logarithm: each line has the bits of `softmaxF32` of its elements.
   *
   * - `x`, `out` [outer, n, inner], both float32. n at least 1 and at most `LONGEST_COLUMN`, `inner` at least 1. `out`
   *   may not overlap `x`.
   */
  softmaxColumnsF32(x: Float32Array, out: Float32Array, n: number, inner: number, log: boolean, fused: boolean): void;

  /**
   * out[o, j] = log(the sum over k of exp(x[o, k, j] - max)) + max, the sum in the order of `sumF32`.
   *
   * - max is the maximum of the numbers; 0 where that is not finite. A NaN gives NaN.
   * - Every operation is rounded. exp and log have the bits of `unaryF32`.
   * - `x` [outer, n, inner], `out` [outer, inner], both float32. n at least 1, and at most `LONGEST_ROW`, or
   *   `LONGEST_COLUMN` if `inner` is above 1; `inner` at least 1.
   */
  logSumExpF32(x: Float32Array, out: Float32Array, n: number, inner: number, fused: boolean): void;
}
