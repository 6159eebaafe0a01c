const { fround } = Math;

/** Partial sums: term k goes to partial k mod PARTIALS. */
const PARTIALS = 16;
const parts = new Float64Array(PARTIALS);

/** The sum of `n` terms of `x` from index `at` on, `step` apart, in the order of the contract. */
export function sumTerms(x: Float32Array, at: number, n: number, step: number): number {
  parts.fill(0);
  for (let k = 0; k < n; k++) {
    const p = k % PARTIALS;
    parts[p] = fround(parts[p]! + x[at + k * step]!);
  }
  return combine();
}

/** As `sumTerms`, of the squares of `n` adjacent terms, each rounded. */
export function sumSquares(x: Float32Array, at: number, n: number): number {
  parts.fill(0);
  for (let k = 0; k < n; k++) {
    const p = k % PARTIALS;
    parts[p] = fround(parts[p]! + fround(x[at + k]! * x[at + k]!));
  }
  return combine();
}

function combine(): number {
  for (let half = PARTIALS / 2; half >= 1; half /= 2) {
    for (let p = 0; p < half; p++) parts[p] = fround(parts[p]! + parts[p + half]!);
  }
  return parts[0]!;
}

export function sumF32(x: Float32Array, n: number, inner: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    out[i] = sumTerms(x, (i - column) * n + column, n, inner);
  }
}
