import { sumSquares, sumTerms } from "./sum.ts";

const { fround, sqrt } = Math;

export function normalizeF32(x: Float32Array, n: number, scale: Float32Array | undefined, bias: Float32Array | undefined, epsilon: number, centered: boolean, out: Float32Array): void {
  for (let row = 0; row < out.length; row += n) {
    const mean = centered ? fround(sumTerms(x, row, n, 1) / n) : 0;
    const variance = fround(fround(sumSquares(x, row, n) / n) - fround(mean * mean));
    // A NaN stays.
    const factor = fround(1 / fround(sqrt(fround((variance < 0 ? 0 : variance) + epsilon))));
    for (let j = 0; j < n; j++) {
      const y = fround(fround(x[row + j]! - mean) * (scale ? fround(factor * scale[j]!) : factor));
      out[row + j] = bias ? y + bias[j]! : y;
    }
  }
}
