/** Polynomials by Horner's rule, in the two profiles, on float32 values that are held as numbers (see base/fma.ts). */

const { fround } = Math;

/** The polynomial in x with these coefficients, highest power first, by Horner's rule: one multiply-add a step. */
export function horner(coefficients: Float64Array, x: number, fused: boolean): number {
  let p = coefficients[0]!;
  if (fused) {
    for (let i = 1; i < coefficients.length; i++) p = fround(p * x + coefficients[i]!);
  } else {
    for (let i = 1; i < coefficients.length; i++) p = fround(fround(p * x) + coefficients[i]!);
  }
  return p;
}

/** A table of the float32 values that have these words, held in double precision for the sake of speed. */
export function table(...words: number[]): Float64Array {
  return Float64Array.from(new Float32Array(Uint32Array.from(words).buffer));
}
