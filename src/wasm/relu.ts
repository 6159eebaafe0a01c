import { copyIn, copyOut } from "./copy.ts";
import { BLOCK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function relu({ exports, wPtr, w }: Arena, x: Float32Array, out: Float32Array): void {
  for (let i = 0; i < out.length; i += BLOCK) {
    const n = min(BLOCK, out.length - i);
    copyIn(x, i, n, w);
    exports.reluF32(wPtr, n);
    copyOut(w, n, out, i);
  }
}
