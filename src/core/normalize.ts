import { inverseRoot } from "./standardize.ts";
import { sumTerms } from "./sum.ts";

const { fround } = Math;

export function normalizeF32(
  x: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  epsilon: number,
  centered: boolean,
): void {
  const period = (scale ?? bias)?.length ?? n;
  for (let row = 0; row < out.length; row += n) {
    const mean = centered ? fround(sumTerms(x, row, 1, n, n) / n) : 0;
    const variance = fround(fround(sumTerms(x, row, 1, n, n, 0) / n) - fround(mean * mean));
    // A NaN stays.
    const factor = inverseRoot(variance < 0 ? 0 : variance, epsilon);
    const own = row % period;
    for (let j = 0; j < n; j++) {
      const y = fround(fround(x[row + j]! - mean) * (scale ? fround(factor * scale[own + j]!) : factor));
      out[row + j] = bias ? y + bias[own + j]! : y;
    }
  }
}
