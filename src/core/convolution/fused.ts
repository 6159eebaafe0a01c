import type { ConvolutionKernels, Epilogue, Windows } from "../../base/index.ts";
import { exactFma, flush, paddedImage, PRODUCT_BLOCK } from "../../base/index.ts";
import { applyEpilogue } from "./epilogue.ts";
import { poolF32 } from "./pool.ts";

const { floor, fround } = Math;

/** A convolution by `groups` of windows whose runs have `run` elements a group. */
function convolve(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  run: number,
  groups: number,
  epilogue: Epilogue | undefined,
): void {
  const { lines, places, step, runs } = windows;
  const image = paddedImage(x, windows);
  const n = runs.length * run;
  const m = w.length / n;
  for (let at = 0; at < out.length; at++) {
    const j = at % m;
    const place = floor(at / m);
    const from = lines[floor(place / places)]! + (place % places) * step + floor((j * groups) / m) * run;
    // The sum of the first block is what comes first, a -0 too.
    let sum = -0;
    let block = 0;
    for (let k = 0; k < n; k++) {
      if (k > 0 && k % PRODUCT_BLOCK === 0) {
        sum = fround(sum + block);
        block = 0;
      }
      block = exactFma(image[from + runs[floor(k / run)]! + (k % run)]!, w[k * m + j]!, block);
    }
    sum = fround(sum + block);
    out[at] = bias ? flush(fround(flush(sum) + flush(bias[j]!))) : sum;
  }
  applyEpilogue(out, m, epilogue);
}

/** The convolutions of `config.products = "fused"`. */
export const coreFusedConvolution: ConvolutionKernels = {
  name: "core",
  convolveF32: (x, w, bias, out, windows, _immutable, groups = 1, epilogue) =>
    convolve(x, w, bias, out, windows, windows.run, groups, epilogue),
  depthwiseF32: (x, w, bias, out, windows, epilogue) => convolve(x, w, bias, out, windows, 1, windows.run, epilogue),
  poolF32,
};
