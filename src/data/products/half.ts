import { kernels } from "../../backend/index.ts";
import { isImmutable } from "../arraydata.ts";
import type { WidenedStorage } from "../widened.ts";

/** out = x @ w + bias for each of `rows` rows, float32, by the words of `w`: see the contract's `matmulHalfF32`. */
export function multiplyWords(
  x: Float32Array,
  w: WidenedStorage,
  bias: Float32Array | undefined,
  out: Float32Array,
  rows: number,
): void {
  kernels().matmulHalfF32(w.format, x, w.words, bias, out, rows, isImmutable(w));
}
