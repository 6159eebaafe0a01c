const { fround } = Math;

/** Partial sums: term k goes to partial k mod PARTIALS. */
const PARTIALS = 16;
const parts = new Float64Array(PARTIALS);

/**
 * The sum of `n` runs of `size` terms of `x`, `step` apart, from index `at` on, in the order of the contract; with a
 * `centre` of the squares of their distances from it, both roundings.
 */
export function sumTerms(x: Float32Array, at: number, n: number, step: number, size: number, centre?: number): number {
  parts.fill(0);
  let p = 0;
  for (let k = 0; k < n; k++, at += step) {
    for (let j = at; j < at + size; j++) {
      const distance = centre === undefined ? 0 : fround(x[j]! - centre);
      parts[p] = fround(parts[p]! + (centre === undefined ? x[j]! : fround(distance * distance)));
      p = (p + 1) % PARTIALS;
    }
  }
  return combine();
}

function combine(): number {
  for (let half = PARTIALS / 2; half >= 1; half /= 2) {
    for (let p = 0; p < half; p++) parts[p] = fround(parts[p]! + parts[p + half]!);
  }
  return parts[0]!;
}

export function sumF32(
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size = 1,
): void {
  for (let i = 0; i < out.length; i++) {
    const column = i % inner;
    out[i] = sumTerms(x, ((i - column) * n + column) * size, n, inner * size, size, centres?.[i % centres.length]);
  }
}
