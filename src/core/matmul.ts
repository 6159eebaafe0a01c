import { matvecF32 } from "./matvec.ts";

export function matmulF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  for (let i = 0; i < rows; i++) matvecF32(x.subarray(i * n, (i + 1) * n), w, out.subarray(i * m, (i + 1) * m));
}
