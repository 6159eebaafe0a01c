const { fround } = Math;

/** Below this many products sums are kept in a variable: walking down the columns of `w` costs nothing there. */
const SMALL = 128;

export function matvecF32(x: Float32Array, w: Float32Array, out: Float32Array): void {
  const n = x.length;
  const m = out.length;
  if (isSmall(1, n, m)) {
    multiplySmall(x, w, out, 1, n, m);
    return;
  }
  out.fill(0);
  for (let k = 0; k < n; k++) {
    const xk = x[k]!;
    const row = k * m;
    for (let j = 0; j < m; j++) out[j] = fround(out[j]! + fround(xk * w[row + j]!));
  }
}

/** Whether `multiplySmall` is the faster. */
export function isSmall(rows: number, n: number, m: number): boolean {
  return rows * n * m < SMALL;
}

/** `x` [rows, n] @ `w` [n, m], an output after the other. */
export function multiplySmall(x: Float32Array, w: Float32Array, out: Float32Array, rows: number, n: number, m: number): void {
  for (let i = 0, to = 0, from = 0; i < rows; i++, from += n) {
    for (let j = 0; j < m; j++, to++) {
      let sum = 0;
      for (let k = 0, at = j; k < n; k++, at += m) sum = fround(sum + fround(x[from + k]! * w[at]!));
      out[to] = sum;
    }
  }
}
