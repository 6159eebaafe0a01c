const { fround } = Math;

export function matmulBatchF32(x: Float32Array, w: Float32Array, out: Float32Array, count: number, rows: number): void {
  const n = x.length / count / rows;
  const m = out.length / count / rows;
  for (let row = 0, to = 0, from = 0; row < count * rows; row++, from += n) {
    const matrix = Math.floor(row / rows) * n * m;
    for (let j = 0; j < m; j++, to++) {
      let sum = 0;
      for (let k = 0, at = matrix + j; k < n; k++, at += m) sum = fround(sum + fround(x[from + k]! * w[at]!));
      out[to] = sum;
    }
  }
}
