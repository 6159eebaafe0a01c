/**
 * The products of `config.products = "fused"`: those of the contract with each multiply-add rounded once. Emulated, and
 * written for reading alone.
 */
import type { Kernels } from "../base/index.ts";
import { addBlocks, columnsOf, exactFma, PRODUCT_BLOCK } from "../base/index.ts";
import { binaryF32 } from "./binary.ts";
import { matmulHalfF32 } from "./matmulhalf.ts";

/** out [rows, m] = x [rows, n] @ w [n, m]. */
function multiply(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  if (n > PRODUCT_BLOCK)
    return addBlocks(n, out, (from, count, part) =>
      multiply(columnsOf(x, rows, from, count), w.subarray(from * m, (from + count) * m), part, rows),
    );
  out.fill(0);
  for (let i = 0; i < rows; i++) {
    const to = i * m;
    for (let k = 0; k < n; k++) {
      const xk = x[i * n + k]!;
      for (let j = 0; j < m; j++) out[to + j] = exactFma(xk, w[k * m + j]!, out[to + j]!);
    }
  }
}

function matmulF32(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
): void {
  multiply(x, w, out, rows);
  if (bias !== undefined && out.length > 0) binaryF32("add", out, bias, out);
}

function matmulBatchF32(x: Float32Array, w: Float32Array, out: Float32Array, count: number, rows: number): void {
  const [from, to] = [x.length / count, out.length / count];
  // What is behind the matrices is not of them.
  const of = (from / rows) * (to / rows);
  for (let i = 0; i < count; i++) {
    const product = out.subarray(i * to, (i + 1) * to);
    multiply(x.subarray(i * from, (i + 1) * from), w.subarray(i * of, (i + 1) * of), product, rows);
  }
}

/** The sum of `n` products of elements of `x` from `i` on with those of `y` from `j` on. */
export function fusedDot(x: Float32Array, i: number, y: Float32Array, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum = exactFma(x[i + k]!, y[j + k]!, sum);
  return sum;
}

/** The kernels of products. */
export const coreFusedProducts: Pick<Kernels, "matvecF32" | "matmulF32" | "matmulBatchF32" | "matmulHalfF32"> = {
  matvecF32: (x, w, out) => multiply(x, w, out, 1),
  matmulF32,
  matmulBatchF32,
  matmulHalfF32: (format, x, w, bias, out, rows) => matmulHalfF32(format, x, w, bias, out, rows, false, matmulF32),
};
