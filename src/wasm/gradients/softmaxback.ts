import { copyIn, copyOut } from "../copy.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { PART, placeOf, PLACE_BYTES } from "./parts.ts";

const { floor, min } = Math;

export function softmaxBack(
  { exports: forward, w, wPtr }: Arena,
  exports: GradientExports,
  ct: Float32Array,
  y: Float32Array,
  out: Float32Array,
  n: number,
): void {
  const [yPtr, productPtr, sumPtr] = [wPtr + PLACE_BYTES, wPtr + 2 * PLACE_BYTES, wPtr + 3 * PLACE_BYTES];
  const total = out.length / n;
  const step = floor(PART / n);
  for (let row = 0; row < total; row += step) {
    const rows = min(step, total - row);
    copyIn(ct, row * n, rows * n, w);
    copyIn(y, row * n, rows * n, placeOf(w, 1));
    exports.productsF32(wPtr, yPtr, productPtr, rows * n);
    forward.sumRowsF32(productPtr, sumPtr, rows, n);
    exports.softmaxBackF32(wPtr, yPtr, sumPtr, rows, n);
    copyOut(w, rows * n, out, row * n);
  }
}
