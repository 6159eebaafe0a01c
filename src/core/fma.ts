/**
 * Multiply-add in the two profiles, on float32 values that are held as numbers.
 *
 * The product of two float32 values is exact in double precision, so that `fround(a * b + c)` differs from a true fused
 * multiply-add only where the sum is rounded twice and that shows; in the functions built on it here it never does.
 */

const { fround } = Math;

/** a * b + c: `fused` with one rounding, else the product rounded before the sum. */
export function fma(a: number, b: number, c: number, fused: boolean): number {
  return fused ? fround(a * b + c) : fround(fround(a * b) + c);
}

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
