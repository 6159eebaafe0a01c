import type { PoolWindows } from "../../base/index.ts";
import { flush } from "../../base/index.ts";

const { fround, max, min } = Math;

export function poolF32(
  op: "add" | "maximum" | "minimum",
  x: Float32Array,
  out: Float32Array,
  { segments, step, views, features }: PoolWindows,
  factor?: number | "mean",
): void {
  const fold = FOLDS[op];
  let at = 0;
  for (const { start, places, view } of segments) {
    const offsets = views[view]!;
    const by = factor === "mean" ? fround(1 / offsets.length) : factor;
    for (let place = 0, from = start; place < places; place++, from += step) {
      for (let c = 0; c < features; c++) {
        const result = fold(x, from + c, offsets);
        out[at++] = by === undefined ? result : flush(fround(flush(result) * by));
      }
    }
  }
}

const FOLDS = {
  add(x: Float32Array, at: number, offsets: readonly number[]): number {
    let sum = 0;
    for (const offset of offsets) sum = fround(sum + x[at + offset]!);
    return sum;
  },
  maximum(x: Float32Array, at: number, offsets: readonly number[]): number {
    let top = -Infinity;
    for (const offset of offsets) top = max(top, x[at + offset]!);
    return top;
  },
  minimum(x: Float32Array, at: number, offsets: readonly number[]): number {
    let bottom = Infinity;
    for (const offset of offsets) bottom = min(bottom, x[at + offset]!);
    return bottom;
  },
};
