import type { PoolWindows } from "../../base/index.ts";

const { fround } = Math;

export function poolSumBackF32(
  ct: Float32Array,
  out: Float32Array,
  { segments, step, views, features }: PoolWindows,
): void {
  out.fill(0);
  let from = 0;
  for (const { start, places, view } of segments)
    for (let place = 0, to = start; place < places; place++, to += step, from += features)
      for (const offset of views[view]!)
        for (let c = 0; c < features; c++) out[to + offset + c] = fround(out[to + offset + c]! + ct[from + c]!);
}
