import type { Windows } from "../base/index.ts";
import { flush } from "../base/index.ts";

const { fround, max, min } = Math;

export function convolveF32(
  x: Float32Array,
  w: Float32Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  { lines, places, step, runs, run }: Windows,
): void {
  const m = out.length / (lines.length * places);
  out.fill(0);
  for (let at = 0, place = 0; at < out.length; at += m, place++) {
    const first = lines[Math.floor(place / places)]! + (place % places) * step;
    for (let q = 0, row = 0; q < runs.length; q++) {
      const from = first + runs[q]!;
      for (let i = 0; i < run; i++, row += m) {
        const xk = x[from + i]!;
        for (let j = 0; j < m; j++) out[at + j] = fround(out[at + j]! + fround(xk * w[row + j]!));
      }
    }
    if (bias) for (let j = 0; j < m; j++) out[at + j] = flush(fround(flush(out[at + j]!) + flush(bias[j]!)));
  }
}

export function extremesF32(
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  { lines, places, step, runs, run }: Windows,
): void {
  const pick = op === "minimum" ? min : max;
  out.fill(op === "minimum" ? Infinity : -Infinity);
  for (let at = 0, place = 0; at < out.length; at += run, place++) {
    const first = lines[Math.floor(place / places)]! + (place % places) * step;
    for (let q = 0; q < runs.length; q++) {
      const from = first + runs[q]!;
      for (let i = 0; i < run; i++) out[at + i] = pick(out[at + i]!, x[from + i]!);
    }
  }
}
