import { softmaxF32 } from "../../../assembly/fused/softmax";
import { softmaxColumnsF32 } from "../../../assembly/fused/softmaxcolumns";

const x: usize = memory.data(8192, 16);
const column: usize = memory.data(256, 16);
const expected: usize = memory.data(256, 16);

function value(i: u32): f32 {
  return <f32>((i * 797) % 201) / 16 - 6;
}

describe("softmaxColumnsF32 of the module of fused multiply-adds", () => {
  test("agrees with softmaxF32 of each column, and writes nothing behind", () => {
    let wrong = 0;
    for (let rows: u32 = 1; rows <= 35; rows += rows < 18 ? 1 : 17) {
      for (let cols: u32 = 1; cols <= 37; cols++) {
        for (let log = 0; log < 2; log++) {
          const n = rows * cols;
          for (let i: u32 = 0; i < n; i++) store<f32>(x + i * 4, value(i));
          for (let i: u32 = n; i < n + 16; i++) store<u32>(x + i * 4, 0xa5a5a5a5);
          softmaxColumnsF32(x, rows, cols, log == 1);
          for (let j: u32 = 0; j < cols; j++) {
            for (let k: u32 = 0; k < rows; k++) store<f32>(column + k * 4, value(k * cols + j));
            softmaxF32(column, expected, 1, rows, log == 1);
            for (let k: u32 = 0; k < rows; k++)
              wrong += load<u32>(x + (k * cols + j) * 4) != load<u32>(expected + k * 4) ? 1 : 0;
          }
          for (let i: u32 = n; i < n + 16; i++) wrong += load<u32>(x + i * 4) != 0xa5a5a5a5 ? 1 : 0;
        }
      }
    }
    expect(wrong).toBe(0);
  });
});
