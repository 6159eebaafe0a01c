import type { AttentionOptions, AttentionSizes } from "./attention.ts";
import type { BackendName } from "./kernels.ts";

/** The kernels of attention: a contract like `Kernels`, whose rules hold here too. */
export interface AttentionKernels {
  readonly name: BackendName;

  /**
   * Scaled dot-product attention: out[b, t, h] = the sum over s of weight[b, h, t, s] * value[b, s, h'], where h' is
   * the value head that query head h shares.
   *
   * - Scores: the dense sum of query times key over the width; then times the scale, plus the bias, and replaced where
   *   the mask says so.
   * - Weights of a row: e^(score - the row's maximum) times the reciprocal of their sum, which has the order of
   *   `sumF32`.
   * - Outputs: dense sums over s.
   * - A dense sum has one accumulator, goes ascending and keeps subnormals. The steps between flush them.
   * - A row has the same bits whatever rows stand beside it. No keys give zeros.
   * - `query` [batch, queries, heads, width], `key` [batch, capacity, kvHeads, width], `value` [batch, capacity,
   *   kvHeads, valueWidth], `out` [batch, queries, heads, valueWidth], all float32. `out` may not overlap another
   *   argument.
   */
  attentionF32(
    query: Float32Array,
    key: Float32Array,
    value: Float32Array,
    out: Float32Array,
    sizes: AttentionSizes,
    options: AttentionOptions,
    fused: boolean,
  ): void;
}
