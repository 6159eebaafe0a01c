import { matmulBatchF32 } from "../../assembly/matmulbatch";
import { touched, wipe, word32 } from "./reference";

const COUNT: u32 = 2;
const x: usize = memory.data(2 * 10 * 6 * 4 + 64, 16);
const w: usize = memory.data(2 * 6 * 19 * 4 + 64, 16);
const out: usize = memory.data(2 * 10 * 19 * 4 + 64, 16);

function fill(): void {
  for (let i: u32 = 0; i < 120; i++) store<u32>(x + i * 4, (word32(5, 9, 0, i) & 0x81ffffff) | 0x3e000000);
  for (let i: u32 = 0; i < 228; i++) store<u32>(w + i * 4, (word32(6, 9, 0, i) & 0x81ffffff) | 0x3e000000);
}

/** How many outputs differ from a sum over k ascending. */
function wrongOutputs(rows: u32, n: u32, m: u32): i32 {
  let wrong = 0;
  for (let row: u32 = 0; row < COUNT * rows; row++) {
    for (let j: u32 = 0; j < m; j++) {
      let sum: f32 = 0;
      for (let k: u32 = 0; k < n; k++)
        sum += load<f32>(x + (row * n + k) * 4) * load<f32>(w + ((row / rows) * n * m + k * m + j) * 4);
      wrong += load<u32>(out + (row * m + j) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return wrong;
}

describe("matmulBatchF32", () => {
  test("adds in the written order, and writes the outputs and nothing past them", () => {
    fill();
    let wrong = 0;
    let over = 0;
    for (let rows: u32 = 1; rows <= 10; rows++) {
      for (let n: u32 = 0; n <= 6; n++) {
        for (let m: u32 = 1; m <= 19; m++) {
          wipe(out, 2 * 10 * 19 * 4 + 64);
          matmulBatchF32(x, w, out, COUNT, rows, n, m);
          wrong += wrongOutputs(rows, n, m);
          const used = COUNT * rows * m * 4;
          over += touched(out + used, 2 * 10 * 19 * 4 + 64 - used);
        }
      }
    }
    expect(wrong).toBe(0);
    expect(over).toBe(0);
  });
});
