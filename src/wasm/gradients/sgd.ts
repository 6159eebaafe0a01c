import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

export function sgd(
  arena: Arena,
  exports: GradientExports,
  p: Float32Array,
  g: Float32Array,
  out: Float32Array,
  rate: number,
): void {
  inParts(arena, [p, g], [out], (pPtr, gPtr, _, __, n) => exports.sgdF32(pPtr, gPtr, n, rate));
}
