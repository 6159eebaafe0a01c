/**
 * `x`, or the zero of its sign where it is subnormal. XLA's CPU kernels flush denormals on the way in and out (observed
 * in jaxlib 0.10.2), so every elementwise function does this to its float32 inputs and results.
 */
export function flush(x: number): number {
  // oxlint-disable-next-line oxc/erasing-op -- times 0 keeps the sign
  return Math.abs(x) < 2 ** -126 ? x * 0 : x;
}
