import type { UnaryName } from "../base/index.ts";
import { UNARY } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function unary(
  { exports, chunkPtr, chunkF32 }: Arena,
  op: UnaryName,
  x: Float32Array,
  out: Float32Array,
  fused: boolean,
): void {
  const code = UNARY[op];
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    exports.unaryF32(code, chunkPtr, chunkPtr, n, fused);
    copyOut(chunkF32, n, out, i);
  }
}
