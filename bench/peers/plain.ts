/** Products without a library: what a program would write by hand, and what all are checked against. */

export type Floats = Float32Array | Float64Array;

/** Adds a row [n] of `x` times W [n, m] to a row of `y`. */
export type MultiplyRow = (x: Floats, from: number, n: number, w: Floats, y: Floats, to: number, m: number) => void;

/** In the form that V8 runs fastest: four rows of W at a time, sums in float64. */
export const multiplyRow: MultiplyRow = (x, from, n, w, y, to, m) => {
  let k = 0;
  for (; k + 3 < n; k += 4) {
    const [a, b, c, d] = [x[from + k]!, x[from + k + 1]!, x[from + k + 2]!, x[from + k + 3]!];
    const p = k * m;
    const q = p + m;
    const r = q + m;
    const s = r + m;
    for (let j = 0; j < m; j++) y[to + j] += a * w[p + j]! + b * w[q + j]! + c * w[r + j]! + d * w[s + j]!;
  }
  for (; k < n; k++) {
    const a = x[from + k]!;
    const p = k * m;
    for (let j = 0; j < m; j++) y[to + j] += a * w[p + j]!;
  }
};

/** For float64 results: a function of its own, so that the other's compiled code has not seen float64 arrays. */
export const multiplyRowExactly: MultiplyRow = (x, from, n, w, y, to, m) => {
  for (let k = 0; k < n; k++) {
    const a = x[from + k]!;
    for (let j = 0; j < m; j++) y[to + j] += a * w[k * m + j]!;
  }
};

/** x [n] @ W [n, m] for the smallest sizes. */
export function multiplySmall(x: Float32Array, w: Float32Array, m: number): Float32Array {
  const y = new Float32Array(m);
  const n = x.length;
  for (let j = 0; j < m; j++) {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += x[k]! * w[k * m + j]!;
    y[j] = sum;
  }
  return y;
}
