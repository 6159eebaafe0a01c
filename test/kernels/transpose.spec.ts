import { transposeF32 } from "../../assembly/transpose";
import { wipe, word32 } from "./reference";

const MAX: u32 = 2 * 3 * 35 * 35;
const from: usize = memory.data(2 * 3 * 35 * 35 * 4, 16);
const to: usize = memory.data(2 * 3 * 35 * 35 * 4 + 64, 16);
const outer: usize = memory.data(32, 16);

function axis(i: u32, size: u32, fromStride: u32, toStride: u32): void {
  store<u32>(outer + i * 16, size);
  store<u32>(outer + i * 16, fromStride * 4, 4);
  store<u32>(outer + i * 16, toStride * 4, 8);
  store<u32>(outer + i * 16, 0, 12);
}

describe("transposeF32", () => {
  test("copies rows, and exchanges rows and columns, of every size", () => {
    for (let i: u32 = 0; i < MAX; i++) store<u32>(from + i * 4, word32(1, 2, 0, i));
    let wrong = 0;
    for (let rows: u32 = 1; rows < 36; rows++) {
      for (let cols: u32 = 1; cols < 36; cols++) {
        const n = rows * cols;
        // [2, 3, rows, cols] to [3, 2, rows, cols], then to [3, 2, cols, rows].
        for (let turned = 0; turned < 2; turned++) {
          wipe(to, n * 24 + 64);
          const mark = load<u32>(to);
          axis(0, 3, n, 2 * n);
          axis(1, 2, 3 * n, n);
          const row: u32 = cols * 4;
          const toCol: u32 = turned ? rows * 4 : 4;
          transposeF32(from, outer, to, 2, rows, cols, <usize>row, <usize>(turned ? 4 : row), <usize>toCol);
          for (let i: u32 = 0; i < 6 * n; i++) {
            const r = (i / cols) % rows;
            const c = i % cols;
            const plane = ((i / n) % 3) * 2 + i / (3 * n);
            const place = plane * n + (turned ? c * rows + r : r * cols + c);
            wrong += load<u32>(to + place * 4) == load<u32>(from + i * 4) ? 0 : 1;
          }
          for (let i = 6 * n; i < 6 * n + 16; i++) wrong += load<u32>(to + i * 4) == mark ? 0 : 1;
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("takes one plane", () => {
    transposeF32(from, outer, to, 0, 1, 1, 0, 0, 4);
    expect(load<u32>(to)).toBe(load<u32>(from));
  });
});
