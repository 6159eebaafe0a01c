import { copyIn, copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { rowBlocks } from "./rowblocks.ts";

export function layerNormBack(
  { w, wPtr }: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  scale: Float32Array,
  root: Float32Array,
  slope: Float32Array,
  shift: Float32Array,
  out: Float32Array,
): void {
  const n = scale.length;
  const all = root.length;
  const { step, places, views } = rowBlocks(w, wPtr, n, 3);
  const [ctPtr, xPtr, scalePtr, rootPtr, slopePtr, shiftPtr] = places as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  copyIn(scale, 0, n, views[2]!);
  for (let row = 0; row < all; row += step) {
    const rows = Math.min(step, all - row);
    copyIn(ct, row * n, rows * n, views[0]!);
    copyIn(x, row * n, rows * n, views[1]!);
    [root, slope, shift].forEach((part, i) => copyIn(part, row, rows, views[3 + i]!));
    exports.layerNormBackF32(ctPtr, xPtr, scalePtr, rootPtr, slopePtr, shiftPtr, rows, n);
    copyOut(w, rows * n, out, row * n);
  }
}
