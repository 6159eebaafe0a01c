import type { CellBackName } from "../../base/index.ts";
import { CELL_BACK } from "../../base/index.ts";
import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";

const { floor, min } = Math;

/** Elements of an array that are in linear memory at a time: six arrays fill the block region. */
const PART = floor(BLOCK / 6) & ~3;

export function cellBack(
  arena: Arena,
  exports: GradientExports,
  op: CellBackName,
  ct: Float32Array,
  inputs: readonly Float32Array[],
  out: readonly Float32Array[],
): void {
  const { w, wPtr } = arena;
  const arrays = [ct, ...inputs];
  for (let start = 0; start < ct.length; start += PART) {
    const n = min(PART, ct.length - start);
    // Parts lie close together: what is in the cache stays there.
    const stride = (n + 3) & ~3;
    for (let i = 0; i < arrays.length; i++) copyIn(arrays[i]!, start, n, w.subarray(i * stride));
    exports.cellBackF32(CELL_BACK[op], wPtr, 4 * stride, n);
    for (let i = 0; i < out.length; i++) copyOut(w, n, out[i]!, start, (i + 1) * stride);
  }
}
