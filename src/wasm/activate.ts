import type { ActivationName } from "../base/index.ts";
import { ACTIVATION } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function activate(
  { exports, chunkPtr, chunkF32 }: Arena,
  op: ActivationName,
  x: Float32Array,
  a: number,
  b: number,
  out: Float32Array,
  fused: boolean,
): void {
  const code = ACTIVATION[op];
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    exports.activateF32(code, chunkPtr, a, b, n, fused);
    copyOut(chunkF32, n, out, i);
  }
}
