/** What a sum of outer products, X transposed times Y, needs beside the products' own kernels. */

/**
 * Copies `cols` columns of x [rows, ...] as rows of its transpose, for `matmulPanelsF32`: four columns become one
 * [rows, 4], as they lie in x; the last one to three become [rows] each.
 *
 * Rows of x begin `xStride` elements apart.
 */
export function packColumnsF32(xPtr: usize, xStride: u32, toPtr: usize, rows: u32, cols: u32): void {
  const step = (<usize>xStride) << 2;
  for (; cols >= 4; cols -= 4, xPtr += 16) {
    let from = xPtr;
    for (const end = toPtr + ((<usize>rows) << 4); toPtr < end; toPtr += 16, from += step)
      v128.store(toPtr, v128.load(from));
  }
  for (; cols > 0; cols--, xPtr += 4) {
    let from = xPtr;
    for (const end = toPtr + ((<usize>rows) << 2); toPtr < end; toPtr += 4, from += step)
      store<u32>(toPtr, load<u32>(from));
  }
}

/** sum[i] += part[i], rounded, subnormals kept; then part[i] is +0. Both [n], with room up to a multiple of 4. */
export function accumulateF32(sumPtr: usize, partPtr: usize, n: u32): void {
  for (const end = sumPtr + ((<usize>n) << 2); sumPtr < end; sumPtr += 16, partPtr += 16) {
    v128.store(sumPtr, f32x4.add(v128.load(sumPtr), v128.load(partPtr)));
    v128.store(partPtr, i32x4.splat(0));
  }
}
