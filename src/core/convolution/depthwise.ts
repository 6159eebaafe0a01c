import type { Epilogue, Windows } from "../../base/index.ts";
import { flush, paddedImage, PRODUCT_BLOCK } from "../../base/index.ts";
import { applyEpilogue } from "./epilogue.ts";

const { floor, fround } = Math;

export function depthwiseF32(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  epilogue?: Epilogue,
): void {
  const { lines, places, step, runs, run } = windows;
  const image = paddedImage(x, windows);
  const m = w.length / runs.length;
  const multiplier = m / run;
  for (let at = 0, place = 0; at < out.length; at += m, place++) {
    const first = lines[floor(place / places)]! + (place % places) * step;
    for (let j = 0; j < m; j++) {
      const from = first + floor(j / multiplier);
      let sum = 0;
      let block = 0;
      for (let q = 0; q < runs.length; q++) {
        if (q > 0 && q % PRODUCT_BLOCK === 0) {
          sum = fround(sum + block);
          block = 0;
        }
        block = fround(block + fround(image[from + runs[q]!]! * w[q * m + j]!));
      }
      sum = fround(sum + block);
      out[at + j] = bias === undefined ? sum : flush(fround(flush(sum) + flush(bias[j]!)));
    }
  }
  applyEpilogue(out, m, epilogue);
}
