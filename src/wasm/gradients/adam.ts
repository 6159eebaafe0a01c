import type { AdamNumbers } from "../../base/index.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

export function adam(
  arena: Arena,
  exports: GradientExports,
  p: Float32Array,
  g: Float32Array,
  m: Float32Array,
  v: Float32Array,
  out: Float32Array,
  mOut: Float32Array,
  vOut: Float32Array,
  { rate, b1, rest1, c1, b2, rest2, c2, eps, epsRoot, weightDecay }: AdamNumbers,
): void {
  inParts(arena, [p, g, m, v], [out, undefined, mOut, vOut], (pPtr, gPtr, mPtr, vPtr, n) =>
    exports.adamF32(pPtr, gPtr, mPtr, vPtr, n, rate, b1, rest1, c1, b2, rest2, c2, eps, epsRoot, weightDecay),
  );
}
