/**
 * The gradients of products under `config.products = "fused"`: the sums of the contract with each multiply-add rounded
 * once. Emulated, and written for reading alone.
 */
import type { Descent, GradientKernels } from "../../base/index.ts";
import { exactFma } from "../../base/index.ts";
import { fusedDot } from "../fusedproducts.ts";
import { attendBack } from "./attentionback.ts";
import type { AttentionBackSums } from "./attentionback.ts";
import { convolveKernelF32 } from "./convolvekernel.ts";
import { descend } from "./descend.ts";
import { coreGradients } from "./index.ts";

const { fround, min } = Math;

/** The rows that are summed in one accumulator. */
const BLOCK = 256;

/** x transposed times y, by blocks of rows. */
function outerF32(x: Float32Array, y: Float32Array, out: Float32Array, rows: number, descent?: Descent): void {
  const n = x.length / rows;
  const m = y.length / rows;
  const part = new Float32Array(out.length);
  for (let from = 0; from < rows; from += BLOCK) {
    const sums = from === 0 ? out : part;
    sums.fill(0);
    for (let k = from; k < min(rows, from + BLOCK); k++)
      for (let i = 0, at = 0; i < n; i++)
        for (let j = k * m; j < (k + 1) * m; j++, at++) sums[at] = exactFma(x[k * n + i]!, y[j]!, sums[at]!);
    if (from > 0) for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! + part[i]!);
  }
  if (descent !== undefined) descend(out, descent);
}

function matmulTransposedF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  for (let i = 0; i < rows; i++) for (let j = 0; j < m; j++) out[i * m + j] = fusedDot(x, i * n, w, j * n, n);
}

const ATTENTION: AttentionBackSums = {
  dot: fusedDot,
  add(factor, x, i, out, to, n) {
    for (let k = 0; k < n; k++) out[to + k] = exactFma(factor, x[i + k]!, out[to + k]!);
  },
};

/** The kernels of gradients, with those of products. */
export const coreFusedGradients: GradientKernels = {
  ...coreGradients,
  outerF32,
  matmulTransposedF32,
  convolveKernelF32: (x, ct, out, windows) => convolveKernelF32(x, ct, out, windows, outerF32),
  attentionBackF32: (ct, query, key, value, out, sizes, options, fused) =>
    attendBack(ct, query, key, value, out, sizes, options, fused, ATTENTION),
};
