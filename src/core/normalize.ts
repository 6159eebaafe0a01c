import { sumTerms } from "./sum.ts";

const { fround, sqrt } = Math;

/** 1 / sqrt(variance + epsilon), every operation rounded. */
function inverseRoot(variance: number, epsilon: number): number {
  return fround(1 / fround(sqrt(fround(variance + epsilon))));
}

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

export function standardizeF32(
  x: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size: number,
  epsilon: number,
): void {
  const lines = out.length / (n * size);
  for (let i = 0; i < lines; i++) {
    const centre = mean[i % mean.length]!;
    const root = inverseRoot(variance[i % variance.length]!, epsilon);
    const factor = scale ? fround(root * scale[i % scale.length]!) : root;
    const column = i % inner;
    let at = ((i - column) * n + column) * size;
    for (let k = 0; k < n; k++, at += inner * size) {
      for (let j = at; j < at + size; j++) {
        const y = fround(fround(x[j]! - centre) * factor);
        out[j] = bias ? y + bias[i % bias.length]! : y;
      }
    }
  }
}
