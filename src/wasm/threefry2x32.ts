import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function threefry2x32(arena: Arena, k0: number, k1: number, x0: Uint32Array, x1: Uint32Array): void {
  const { exports, chunkPtr, secondPtr, chunk32, second32 } = arena;
  for (let i = 0; i < x0.length; i += CHUNK) {
    const n = min(CHUNK, x0.length - i);
    copyIn(x0, i, n, chunk32);
    copyIn(x1, i, n, second32);
    exports.threefry2x32(k0, k1, chunkPtr, secondPtr, n);
    copyOut(chunk32, n, x0, i);
    copyOut(second32, n, x1, i);
  }
}
