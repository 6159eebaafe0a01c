/**
 * The products of `config.products = "fused"`: those of the contract with each multiply-add rounded once. Emulated, and
 * written for reading alone.
 */
import type { GradientKernels, Kernels, Windows } from "../base/index.ts";
import { addBlocks, columnsOf, exactFma, flush, paddedImage, PRODUCT_BLOCK } from "../base/index.ts";
import { binaryF32 } from "./binary.ts";
import { convolveKernelF32 } from "./gradients/convolvekernel.ts";
import { coreGradients } from "./gradients/index.ts";

const { floor, fround, min } = Math;

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

/** A convolution by `groups` of windows whose runs have `run` elements a group. */
function convolve(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  run: number,
  groups: number,
): void {
  const { lines, places, step, runs } = windows;
  const image = paddedImage(x, windows);
  const n = runs.length * run;
  const m = w.length / n;
  for (let at = 0; at < out.length; at++) {
    const j = at % m;
    const place = floor(at / m);
    const from = lines[floor(place / places)]! + (place % places) * step + floor((j * groups) / m) * run;
    let sum = 0;
    let block = 0;
    for (let k = 0; k < n; k++) {
      if (k % PRODUCT_BLOCK === 0) {
        sum = fround(sum + block);
        block = 0;
      }
      block = exactFma(image[from + runs[floor(k / run)]! + (k % run)]!, w[k * m + j]!, block);
    }
    sum = fround(sum + block);
    out[at] = bias ? flush(fround(flush(sum) + flush(bias[j]!))) : sum;
  }
}

/** The sum of `n` products of elements of `x` from `i` on with those of `y` from `j` on. */
export function fusedDot(x: Float32Array, i: number, y: Float32Array, j: number, n: number): number {
  let sum = 0;
  for (let k = 0; k < n; k++) sum = exactFma(x[i + k]!, y[j + k]!, sum);
  return sum;
}

/** The kernels of products. */
export const coreFusedProducts: Pick<Kernels, "matvecF32" | "matmulF32" | "convolveF32" | "depthwiseF32"> = {
  matvecF32: (x, w, out) => multiply(x, w, out, 1),
  matmulF32,
  convolveF32: (x, w, bias, out, windows, _immutable, groups = 1) =>
    convolve(x, w, bias, out, windows, windows.run, groups),
  depthwiseF32: (x, w, bias, out, windows) => convolve(x, w, bias, out, windows, 1, windows.run),
};

/** The rows that are summed in one accumulator. */
const BLOCK = 256;

/** x transposed times y, by blocks of rows. */
function outerF32(x: Float32Array, y: Float32Array, out: Float32Array, rows: number): void {
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
}

function matmulTransposedF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  for (let i = 0; i < rows; i++) for (let j = 0; j < m; j++) out[i * m + j] = fusedDot(x, i * n, w, j * n, n);
}

/** The kernels of gradients, with those of products. */
export const coreFusedGradients: GradientKernels = {
  ...coreGradients,
  outerF32,
  matmulTransposedF32,
  convolveKernelF32: (x, ct, out, windows) => convolveKernelF32(x, ct, out, windows, outerF32),
};
