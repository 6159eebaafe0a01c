import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { ConvolutionExports } from "./exports.ts";

const { floor, max, min } = Math;

/** Packs the columns of each of `groups` groups of `w` [n, m], one group after the other. */
export function packGroups(
  arena: Arena,
  exports: ConvolutionExports,
  w: Float32Array,
  n: number,
  m: number,
  groups: number,
  packedPtr: number,
): void {
  const step = max(1, floor(BLOCK / m));
  const bytes = 4 * step * m;
  const ptr = arena.allocateOrThrow(bytes, "convolution");
  try {
    for (let k = 0; k < n; k += step) {
      const rows = min(step, n - k);
      arena.floats.set(w.subarray(k * m, (k + rows) * m), ptr / 4);
      exports.packGroupsF32(ptr, packedPtr, n, k, rows, groups, m / groups);
    }
  } finally {
    arena.release(ptr, bytes);
  }
}
