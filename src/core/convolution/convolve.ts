import type { Epilogue, Windows } from "../../base/index.ts";
import { flush, paddedImage, PRODUCT_BLOCK } from "../../base/index.ts";
import { applyEpilogue } from "./epilogue.ts";

const { fround } = Math;

export function convolveF32(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  windows: Windows,
  _immutable: boolean,
  groups = 1,
  epilogue?: Epilogue,
): void {
  const { lines, places, step, runs, run } = windows;
  const image = paddedImage(x, windows);
  const m = out.length / (lines.length * places);
  const width = m / groups;
  const block = new Float32Array(m);
  out.fill(0);
  for (let at = 0, place = 0; at < out.length; at += m, place++) {
    const first = lines[Math.floor(place / places)]! + (place % places) * step;
    block.fill(0);
    for (let q = 0, k = 0; q < runs.length; q++) {
      for (let i = first + runs[q]!, end = i + run; i < end; i++, k++) {
        if (k > 0 && k % PRODUCT_BLOCK === 0) addBlock(block, out, at);
        for (let g = 0, j = 0; g < groups; g++) {
          const xk = image[i + g * run]!;
          for (const next = j + width; j < next; j++) block[j] = fround(block[j]! + fround(xk * w[k * m + j]!));
        }
      }
    }
    addBlock(block, out, at);
    if (bias) for (let j = 0; j < m; j++) out[at + j] = flush(fround(flush(out[at + j]!) + flush(bias[j]!)));
  }
  applyEpilogue(out, m, epilogue);
}

function addBlock(block: Float32Array, out: Float32Array, at: number): void {
  for (let j = 0; j < block.length; j++) out[at + j] = fround(out[at + j]! + block[j]!);
  block.fill(0);
}
