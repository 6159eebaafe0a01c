/**
 * Copies the words of a row-major array in another order of its axes, as they are.
 *
 * Two of the axes are a plane: its element (r, c) is 4c bytes behind its row r at `fromPtr`, and goes to `toRow` * r +
 * `toCol` * c at `toPtr`, where one of `toRow` and `toCol` is 4 bytes. There is a plane for each index of the other
 * axes, of which `axesPtr` [axes, 4] words has the size, the bytes from one index to the next on each side, and 0.
 */
export function transposeF32(
  fromPtr: usize,
  axesPtr: usize,
  toPtr: usize,
  axes: u32,
  rows: u32,
  cols: u32,
  fromRow: usize,
  toRow: usize,
  toCol: usize,
): void {
  for (;;) {
    if (toCol == 4) copyRows(fromPtr, toPtr, rows, cols, fromRow, toRow);
    else transposeRows(fromPtr, toPtr, rows, cols, fromRow, toCol);
    // To the next plane. The last of the other axes is the fastest.
    let axis = axes;
    for (;;) {
      if (axis == 0) return;
      axis--;
      const ptr = axesPtr + ((<usize>axis) << 4);
      const size = load<u32>(ptr);
      const from = load<u32>(ptr, 4);
      const to = load<u32>(ptr, 8);
      const index = load<u32>(ptr, 12) + 1;
      fromPtr += from;
      toPtr += to;
      store<u32>(ptr, index == size ? 0 : index, 12);
      if (index < size) break;
      fromPtr -= <usize>from * size;
      toPtr -= <usize>to * size;
    }
  }
}

function copyRows(from: usize, to: usize, rows: u32, cols: u32, fromRow: usize, toRow: usize): void {
  const row = (<usize>cols) << 2;
  const whole = row & ~15;
  for (let r: u32 = 0; r < rows; r++) {
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
    for (; at < row; at += 4) store<u32>(to + at, load<u32>(from + at));
    from += fromRow;
    to += toRow;
  }
}

/** Sixteen rows at a time, so that what is written to a cache line is written together. */
function transposeRows(from: usize, to: usize, rows: u32, cols: u32, fromRow: usize, toCol: usize): void {
  const wholeCols = cols & ~3;
  for (let first: u32 = 0; first < rows; first += 16) {
    const count = min<u32>(16, rows - first);
    const wholeRows = count & ~3;
    for (let c: u32 = 0; c < wholeCols; c += 4) {
      let p = from + ((<usize>c) << 2);
      let q = to + toCol * c;
      let r: u32 = 0;
      for (; r < wholeRows; r += 4) {
        square(p, q, fromRow, toCol);
        p += fromRow << 2;
        q += 16;
      }
      for (; r < count; r++) {
        for (let i: usize = 0; i < 4; i++) store<u32>(q + toCol * i, load<u32>(p + (i << 2)));
        p += fromRow;
        q += 4;
      }
    }
    for (let c = wholeCols; c < cols; c++) {
      let p = from + ((<usize>c) << 2);
      const q = to + toCol * c;
      for (let r: u32 = 0; r < count; r++) {
        store<u32>(q + ((<usize>r) << 2), load<u32>(p));
        p += fromRow;
      }
    }
    from += fromRow << 4;
    to += 64;
  }
}

/** Four rows of four. */
// @ts-ignore: decorator
@inline
function square(from: usize, to: usize, fromRow: usize, toCol: usize): void {
  const twice = fromRow << 1;
  const a = v128.load(from);
  const b = v128.load(from + fromRow);
  const c = v128.load(from + twice);
  const d = v128.load(from + twice + fromRow);
  const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
  const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
  const ef = i32x4.shuffle(a, b, 2, 6, 3, 7);
  const gh = i32x4.shuffle(c, d, 2, 6, 3, 7);
  v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
  v128.store(to + toCol, i64x2.shuffle(ab, cd, 1, 3));
  to += toCol << 1;
  v128.store(to, i64x2.shuffle(ef, gh, 0, 2));
  v128.store(to + toCol, i64x2.shuffle(ef, gh, 1, 3));
}
