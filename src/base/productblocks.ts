/** Terms of a product that are summed in one go. The sums of such blocks are then added, ascending. */
export const PRODUCT_BLOCK = 4096;

/**
 * `out` [rows, m] of a product over `n` terms, block by block: `multiply` gives the sums of the `count` terms from
 * `from` on.
 */
export function addBlocks(
  n: number,
  out: Float32Array,
  multiply: (from: number, count: number, out: Float32Array) => void,
): void {
  const part = new Float32Array(out.length);
  for (let from = 0; from < n; from += PRODUCT_BLOCK) {
    const count = Math.min(PRODUCT_BLOCK, n - from);
    multiply(from, count, from === 0 ? out : part);
    if (from > 0) for (let i = 0; i < out.length; i++) out[i] = out[i]! + part[i]!;
  }
}

/** `count` columns of `x` [rows, n], from column `from` on. */
export function columnsOf(x: Float32Array, rows: number, from: number, count: number): Float32Array {
  const n = x.length / rows;
  if (rows === 1) return x.subarray(from, from + count);
  const out = new Float32Array(rows * count);
  for (let row = 0; row < rows; row++, from += n) out.set(x.subarray(from, from + count), row * count);
  return out;
}
