import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function pow(
  { exports, xPtr, yPtr, chunkPtr, x: base, y: exponent, chunkF32 }: Arena,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, base);
    copyIn(y, i, n, exponent);
    exports.powF32(xPtr, yPtr, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}
