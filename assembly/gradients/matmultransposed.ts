import { panelWidth } from "../matvec";

/**
 * Packs the transpose of w [cols, n], whose rows are `row` bytes apart, into panels of columns, as `packPanelsF32`
 * packs a [n, cols]. Columns that pad the last panel are zeros.
 */
export function packTransposedF32(wPtr: usize, row: usize, toPtr: usize, n: u32, cols: u32): void {
  const end = (<usize>n) << 2;
  const wide = end & ~15;
  while (cols > 0) {
    const width = panelWidth(cols);
    const step = (<usize>width) << 2;
    for (let c: u32 = 0; c < width; c += 4) {
      const from = wPtr + row * c;
      let to = toPtr + ((<usize>c) << 2);
      if (cols - c >= 4) {
        let k: usize = 0;
        for (; k < wide; k += 16) {
          const x = from + k;
          const x0 = v128.load(x);
          const x1 = v128.load(x + row);
          const x2 = v128.load(x + row * 2);
          const x3 = v128.load(x + row * 3);
          const low = v128.shuffle<i32>(x0, x1, 0, 4, 1, 5);
          const low2 = v128.shuffle<i32>(x2, x3, 0, 4, 1, 5);
          const high = v128.shuffle<i32>(x0, x1, 2, 6, 3, 7);
          const high2 = v128.shuffle<i32>(x2, x3, 2, 6, 3, 7);
          v128.store(to, v128.shuffle<i64>(low, low2, 0, 2));
          v128.store(to + step, v128.shuffle<i64>(low, low2, 1, 3));
          v128.store(to + step * 2, v128.shuffle<i64>(high, high2, 0, 2));
          v128.store(to + step * 3, v128.shuffle<i64>(high, high2, 1, 3));
          to += step << 2;
        }
        for (; k < end; k += 4, to += step) {
          for (let i: usize = 0; i < 4; i++) store<u32>(to + (i << 2), load<u32>(from + row * i + k));
        }
      } else {
        const left = cols - c;
        for (let k: usize = 0; k < end; k += 4, to += step) {
          for (let i: u32 = 0; i < 4; i++) store<u32>(to + (i << 2), i < left ? load<u32>(from + row * i + k) : 0);
        }
      }
    }
    toPtr += end * width;
    wPtr += row * width;
    cols = cols > width ? cols - width : 0;
  }
}
