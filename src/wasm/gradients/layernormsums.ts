import { copyIn, copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { rowBlocks } from "./rowblocks.ts";

export function layerNormSums(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  scale: Float32Array,
  mean: Float32Array,
  root: Float32Array,
  out: Float32Array,
): void {
  const n = scale.length;
  const all = root.length;
  const { w, wPtr, exports: forward } = arena;
  const { step, places, views } = rowBlocks(w, wPtr, n, 4);
  const [ctPtr, xPtr, scalePtr, meanPtr, rootPtr, firstPtr, secondPtr] = places as [
    number,
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
    copyIn(mean, row, rows, views[3]!);
    copyIn(root, row, rows, views[4]!);
    exports.layerNormTermsF32(ctPtr, xPtr, scalePtr, meanPtr, rootPtr, rows, n);
    forward.sumRowsF32(ctPtr, firstPtr, rows, n);
    forward.sumRowsF32(xPtr, secondPtr, rows, n);
    copyOut(w, rows, out, row, (firstPtr - wPtr) / 4);
    copyOut(w, rows, out, all + row, (secondPtr - wPtr) / 4);
  }
}
