import type { UnaryName } from "../base/index.ts";
import { UNARY } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { fusedFor } from "./fused/link.ts";
import { hasUnary } from "./fused/operations.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function unary(arena: Arena, op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void {
  const { exports, chunkPtr, chunkF32 } = arena;
  const code = UNARY[op];
  const kernels = fused && hasUnary(code) ? fusedFor(arena, out.length) : undefined;
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    if (kernels === undefined) exports.unaryF32(code, chunkPtr, chunkPtr, n, fused);
    else kernels.unaryF32(code, chunkPtr, chunkPtr, n);
    copyOut(chunkF32, n, out, i);
  }
}
