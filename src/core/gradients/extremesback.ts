import type { Windows } from "../../base/index.ts";
import { flush } from "../../base/index.ts";
import { plus } from "./rounded.ts";

export function extremesBackF32(
  op: "maximum" | "minimum",
  x: Float32Array,
  ct: Float32Array,
  out: Float32Array,
  { lines, places, step, runs, run }: Windows,
): void {
  const sign = op === "minimum" ? -1 : 1;
  out.fill(0);
  for (let row = 0, from = 0; row < lines.length * places; row++) {
    const start = lines[Math.floor(row / places)]! + (row % places) * step;
    for (let at = start; at < start + run; at++, from++) {
      let best = at + runs[0]!;
      for (let q = 1; q < runs.length; q++) if (!(sign * x[best]! >= sign * x[at + runs[q]!]!)) best = at + runs[q]!;
      out[best] = plus(out[best]!, flush(ct[from]!));
    }
  }
}
