const { fround } = Math;

/**
 * a * b + c of float32 values, the product rounded before the sum: a step of Horner's rule in the profile `nofma`.
 *
 * The polynomials are written out, step by step: a loop over a table of coefficients takes twice the time, and more once
 * an engine has seen it with every table.
 */
export function split(a: number, b: number, c: number): number {
  return fround(fround(a * b) + c);
}
