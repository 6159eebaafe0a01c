import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

export function momentum(
  arena: Arena,
  exports: GradientExports,
  p: Float32Array,
  g: Float32Array,
  t: Float32Array,
  out: Float32Array,
  tOut: Float32Array,
  rate: number,
  decay: number,
  nesterov: boolean,
): void {
  inParts(arena, [p, g, t], [out, undefined, tOut], (pPtr, gPtr, tPtr, _, n) =>
    exports.momentumF32(pPtr, gPtr, tPtr, n, rate, decay, nesterov),
  );
}
