export function argReduceF32(
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Int32Array,
  n: number,
  inner: number,
): void {
  const sign = op === "maximum" ? 1 : -1;
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    const from = (i - column) * n + column;
    let best = 0;
    let top = sign * x[from]!;
    for (let k = 0; k < n; k++) {
      const value = sign * x[from + k * inner]!;
      if (value <= top) continue;
      best = k;
      top = value;
      if (value !== value) break;
    }
    out[i] = best;
  }
}
