import type { ActivationName } from "../base/index.ts";
import { ACTIVATION } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { fusedFor } from "./fused/link.ts";
import { hasActivation } from "./fused/operations.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { min } = Math;

export function activate(
  arena: Arena,
  op: ActivationName,
  x: Float32Array,
  a: number,
  b: number,
  out: Float32Array,
  fused: boolean,
): void {
  const { exports, chunkPtr, chunkF32 } = arena;
  const code = ACTIVATION[op];
  const kernels = fused && hasActivation(code) ? fusedFor(arena, out.length) : undefined;
  for (let i = 0; i < out.length; i += CHUNK) {
    const n = min(CHUNK, out.length - i);
    copyIn(x, i, n, chunkF32);
    if (kernels === undefined) exports.activateF32(code, chunkPtr, a, b, n, fused);
    else kernels.activateF32(code, chunkPtr, a, b, n);
    copyOut(chunkF32, n, out, i);
  }
}
