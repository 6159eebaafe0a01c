import { UNARY } from "../../base/index.ts";
import type { Arena } from "../memory.ts";
import type { GradientExports } from "./exports.ts";
import { inParts } from "./parts.ts";

export function geluBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  out: Float32Array,
  fused: boolean,
): void {
  inParts(arena, [ct, x], [out], (ctPtr, xPtr, tPtr, _, n) => {
    exports.geluInnerF32(xPtr, tPtr, n);
    arena.exports.unaryF32(UNARY.tanh, tPtr, tPtr, n, fused);
    exports.geluBackF32(ctPtr, xPtr, tPtr, n);
  });
}
