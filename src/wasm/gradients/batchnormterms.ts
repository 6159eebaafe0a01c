import type { Arena } from "../memory.ts";
import { eachColumnBlock } from "./columnblocks.ts";
import type { GradientExports } from "./exports.ts";

export function batchNormTerms(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  mean: Float32Array,
  out: Float32Array,
): void {
  eachColumnBlock(arena, ct, x, [mean], out, (ctPtr, xPtr, [meanPtr], rows, cols) =>
    exports.batchNormTermsF32(ctPtr, xPtr, meanPtr!, rows, cols),
  );
}
