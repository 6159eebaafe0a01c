/**
 * Copies windows as rows of the transpose of the matrix that they are, for `matmulPanelsF32`: four columns become one
 * [rows, 4]; the last one to three become [rows] each.
 *
 * Row r begins at the address at `rowsPtr` + 4 r, u32; column c of it is as many bytes further as the u32 at
 * `offsetsPtr` + 4 c says.
 */
export function packWindowsF32(rowsPtr: usize, offsetsPtr: usize, toPtr: usize, rows: u32, cols: u32): void {
  const rowsEnd = rowsPtr + ((<usize>rows) << 2);
  for (; cols >= 4; cols -= 4, offsetsPtr += 16) {
    const first: usize = load<u32>(offsetsPtr);
    const second: usize = load<u32>(offsetsPtr, 4);
    const third: usize = load<u32>(offsetsPtr, 8);
    const fourth: usize = load<u32>(offsetsPtr, 12);
    if (second - first == 4 && third - second == 4 && fourth - third == 4) {
      for (let row = rowsPtr; row < rowsEnd; row += 4, toPtr += 16) {
        const x: usize = load<u32>(row);
        v128.store(toPtr, v128.load(x + first));
      }
    } else {
      for (let row = rowsPtr; row < rowsEnd; row += 4, toPtr += 16) {
        const x: usize = load<u32>(row);
        store<u32>(toPtr, load<u32>(x + first));
        store<u32>(toPtr, load<u32>(x + second), 4);
        store<u32>(toPtr, load<u32>(x + third), 8);
        store<u32>(toPtr, load<u32>(x + fourth), 12);
      }
    }
  }
  for (; cols > 0; cols--, offsetsPtr += 4) {
    const offset: usize = load<u32>(offsetsPtr);
    for (let row = rowsPtr; row < rowsEnd; row += 4, toPtr += 4) {
      const x: usize = load<u32>(row);
      store<u32>(toPtr, load<u32>(x + offset));
    }
  }
}
