const { fround } = Math;

export function matvecF32(x: Float32Array, w: Float32Array, out: Float32Array): void {
  const m = out.length;
  out.fill(0);
  for (let k = 0; k < x.length; k++) {
    const xk = x[k]!;
    const row = k * m;
    for (let j = 0; j < m; j++) out[j] = fround(out[j]! + fround(xk * w[row + j]!));
  }
}
