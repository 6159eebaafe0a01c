const { fround } = Math;

export function matmulTransposedF32(x: Float32Array, w: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = out.length / rows;
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < m; j++, at++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum = fround(sum + fround(x[i * n + k]! * w[j * n + k]!));
      out[at] = sum;
    }
}
