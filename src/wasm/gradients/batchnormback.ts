import type { Arena } from "../memory.ts";
import { eachColumnBlock } from "./columnblocks.ts";
import type { GradientExports } from "./exports.ts";

export function batchNormBack(
  arena: Arena,
  exports: GradientExports,
  ct: Float32Array,
  x: Float32Array,
  factor: Float32Array,
  slope: Float32Array,
  shift: Float32Array,
  out: Float32Array,
): void {
  eachColumnBlock(
    arena,
    ct,
    x,
    [factor, slope, shift],
    out,
    (ctPtr, xPtr, [factorPtr, slopePtr, shiftPtr], rows, cols) =>
      exports.batchNormBackF32(ctPtr, xPtr, factorPtr!, slopePtr!, shiftPtr!, rows, cols),
  );
}
