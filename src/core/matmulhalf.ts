import type { HalfDType } from "../base/index.ts";
import { widen } from "../base/index.ts";
import { matmulF32 } from "./matmul.ts";

export function matmulHalfF32(
  format: HalfDType,
  x: Float32Array,
  w: Uint16Array,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
  _immutable?: boolean,
  multiply: typeof matmulF32 = matmulF32,
): void {
  const wide = new Float32Array(w.length);
  widen(format, w, wide);
  multiply(x, wide, bias, out, rows);
}
