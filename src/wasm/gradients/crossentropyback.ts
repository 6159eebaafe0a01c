import { HALF } from "../blocks.ts";
import { unaryAt } from "../columns.ts";
import { copyIn, copyOut } from "../copy.ts";
import { CHUNK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";

const { floor, min } = Math;

export function crossEntropyBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  labels: Int32Array,
  out: Float32Array,
  fused: boolean,
): void {
  const { exports: forward, wPtr, xPtr, chunkPtr, secondPtr } = arena;
  const n = x.length / ct.length;
  const step = min(CHUNK, floor(HALF / n));
  for (let row = 0; row < ct.length; row += step) {
    const rows = min(step, ct.length - row);
    copyIn(x, row * n, rows * n, arena.w);
    // The maxima are not needed: the labels take their place.
    forward.shiftRowsF32(wPtr, secondPtr, rows, n);
    unaryAt(arena, "exp", wPtr, wPtr, rows * n, fused);
    forward.sumRowsF32(wPtr, chunkPtr, rows, n);
    copyIn(ct, row, rows, arena.x);
    copyIn(labels, row, rows, arena.second32);
    exports.crossEntropyBackF32(wPtr, chunkPtr, xPtr, secondPtr, rows, n);
    copyOut(arena.w, rows * n, out, row * n);
  }
}
