import type { Windows } from "../base/index.ts";
import { paddedImage } from "../base/index.ts";

const { max, min } = Math;

export function extremesF32(op: "maximum" | "minimum", x: Float32Array, out: Float32Array, windows: Windows): void {
  const { lines, places, step, runs, run } = windows;
  const image = paddedImage(x, windows);
  const extreme = op === "minimum" ? min : max;
  out.fill(op === "minimum" ? Infinity : -Infinity);
  for (let at = 0, place = 0; at < out.length; at += run, place++) {
    const first = lines[Math.floor(place / places)]! + (place % places) * step;
    for (let q = 0; q < runs.length; q++) {
      const from = first + runs[q]!;
      for (let i = 0; i < run; i++) out[at + i] = extreme(out[at + i]!, image[from + i]!);
    }
  }
}
