const { abs, fround } = Math;

/** Halfway from the largest float32 to 2^128: what rounds to infinity, being a tie. */
const OVERFLOW = 2 ** 128 - 2 ** 103;

/**
 * a * b + c of float32 values with one rounding, for all values: what a processor's fused multiply-add gives.
 *
 * The product is exact in double precision, their sum is not always. Rounding that sum once more to float32 goes wrong
 * only where it lies halfway between two float32: there what the sum lost decides.
 */
export function exactFma(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const near = fround(sum);
  // The other neighbour if the sum is halfway, and no float32 at all otherwise.
  const other = sum + (sum - near);
  if (other === near || fround(other) !== other) return near;
  return halfway(product, c, sum, near, other);
}

/** What the tie `sum` of `product` and `c` rounds to, by what it has lost. Source: Knuth's two-sum. */
function halfway(product: number, c: number, sum: number, near: number, other: number): number {
  const own = sum - product;
  const lost = product - (sum - own) + (c - own);
  if (abs(near) === Infinity) {
    const inward = abs(sum) === OVERFLOW && lost !== 0 && lost < 0 === sum > 0;
    return inward ? Math.sign(sum) * (2 ** 128 - 2 ** 104) : near;
  }
  if (lost === 0) return near;
  return lost > 0 === other > near ? other : near;
}
