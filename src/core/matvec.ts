import { addBlocks, PRODUCT_BLOCK } from "../base/index.ts";

const { fround } = Math;

/**
 * Below this many products a sum is kept in a variable: `w` is in the cache, and reading it by columns costs nothing.
 */
export const SMALL = 128;

export function matvecF32(x: Float32Array, w: Float32Array, out: Float32Array): void {
  const n = x.length;
  const m = out.length;
  if (n > PRODUCT_BLOCK) return multiplyBlocks(x, w, out);
  if (n * m < SMALL) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let k = 0, at = j; k < n; k++, at += m) sum = fround(sum + fround(x[k]! * w[at]!));
      out[j] = sum;
    }
    return;
  }
  out.fill(0);
  for (let k = 0; k < n; k++) {
    const xk = x[k]!;
    const row = k * m;
    for (let j = 0; j < m; j++) out[j] = fround(out[j]! + fround(xk * w[row + j]!));
  }
}

/** A function of its own, because its closure would cost every product. */
function multiplyBlocks(x: Float32Array, w: Float32Array, out: Float32Array): void {
  const m = out.length;
  addBlocks(x.length, out, (from, count, part) =>
    matvecF32(x.subarray(from, from + count), w.subarray(from * m, (from + count) * m), part),
  );
}
