import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

export function reluBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  out: Float32Array,
): void {
  inParts(arena, [ct, x], [out], (ctPtr, xPtr, _, __, n) => exports.reluBackF32(ctPtr, xPtr, ctPtr, n));
}
