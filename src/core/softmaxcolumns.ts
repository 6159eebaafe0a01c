import { softmaxF32 } from "./softmax.ts";

export function softmaxColumnsF32(
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
  log: boolean,
  fused: boolean,
): void {
  const [column, result] = [new Float32Array(n), new Float32Array(n)];
  for (let line = 0; line < out.length; line += n * inner) {
    for (let from = line; from < line + inner; from++) {
      for (let k = 0; k < n; k++) column[k] = x[from + k * inner]!;
      softmaxF32(column, result, n, log, fused);
      for (let k = 0; k < n; k++) out[from + k * inner] = result[k]!;
    }
  }
}
