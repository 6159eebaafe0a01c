/**
 * An inner loop of two float32 operands: computes `n` results to `out[at]` and on, from operands that start at `x[i]`
 * and `y[j]` and step by `di` and `dj`.
 */
export type FloatLoop<Out> = (
  x: Float32Array,
  i: number,
  di: number,
  y: Float32Array,
  j: number,
  dj: number,
  out: Out,
  at: number,
  n: number,
) => void;
