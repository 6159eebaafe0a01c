import type { Windows } from "../../base/index.ts";
import { outerF32 } from "./outer.ts";

/** The rows that are summed in one accumulator. */
const BLOCK = 256;
const { floor, fround, min } = Math;

/** `outer` adds up the products. */
export function convolveKernelF32(
  x: Float32Array,
  ct: Float32Array,
  out: Float32Array,
  { lines, places, step, runs, run }: Windows,
  outer: typeof outerF32 = outerF32,
): void {
  const rows = lines.length * places;
  const n = runs.length * run;
  const m = out.length / n;
  const part = rows > BLOCK ? new Float32Array(out.length) : out;
  const seen = new Float32Array(n * min(rows, BLOCK));
  for (let from = 0; from < rows; from += BLOCK) {
    const end = min(rows, from + BLOCK);
    for (let row = from, to = 0; row < end; row++) {
      const start = lines[floor(row / places)]! + (row % places) * step;
      for (let q = 0; q < runs.length; q++)
        for (let at = start + runs[q]!, last = at + run; at < last; at++) seen[to++] = x[at]!;
    }
    const count = end - from;
    outer(seen.subarray(0, count * n), ct.subarray(from * m, end * m), from === 0 ? out : part, count);
    if (from > 0) for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! + part[i]!);
  }
}
