/**
 * The sizes from which WebAssembly is used. Below them the TypeScript core is faster than a call that copies its
 * arguments into linear memory and its results out; the bits are the same.
 *
 * The sizes from which WebAssembly wins, by medians of bench/thresholds.ts (Node 20, x86-64, 2026-11):
 *
 * - 6 words, 2 uniforms, 1 normal
 * - 2 (exp, log, logistic, gelu, silu), 4 (log1p) or 8 (erfInv, sin) elements of an elementary function or an
 *   activation; pow is a draw
 * - 24 products, quotients, comparisons or maxima of two arrays, 32 sums, 48 sign changes, 64 of `where`; 32 of relu
 * - 8 elements standardised, and 3 to 8 squared distances, each of which counts as four sums
 * - 32 products of a vector with a kept matrix, 64 with another, 64 to 96 of several rows
 * - 32 elements of maxima, products and places along an axis, 48 of running sums (2026-12)
 * - 1,024 elements of a transpose, timed by `jnp.transpose`
 * - 2 elements of a recurrent cell's state
 * - 32 comparisons of pooling, timed by `nnx.maxPool`
 */
export const WASM_FROM = {
  draws: 8,
  normals: 1,
  unary: 3,
  arithmetic: 32,
  rows: 8,
  sums: 32,
  products: 64,
  batches: 96,
  windowed: 32,
  relus: 32,
  reductions: 32,
  transposed: 1024,
  cells: 2,
} as const;
