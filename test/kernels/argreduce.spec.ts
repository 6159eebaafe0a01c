import { argReduceColumnsF32, argReduceRowsF32 } from "../../assembly/argreduce";
import { Binary } from "../../assembly/opcodes";
import { word32 } from "./reference";

const input: usize = memory.data(4096, 16);
const best: usize = memory.data(256, 16);
const out: usize = memory.data(256, 16);

describe("argReduceF32", () => {
  test("finds the first extreme of each row, and of each column in two parts", () => {
    // Few values, so that there are equal ones.
    for (let i: u32 = 0; i < 1024; i++) store<f32>(input + i * 4, <f32>(word32(5, 9, 0, i) & 15));
    let wrong = 0;
    for (let op = <i32>Binary.maximum; op <= <i32>Binary.minimum; op++) {
      const sign: f32 = op == Binary.maximum ? 1 : -1;
      for (let rows: u32 = 2; rows < 8; rows++) {
        for (let n: u32 = 1; n < 40; n++) {
          argReduceRowsF32(<Binary>op, input, out, rows, n);
          for (let row: u32 = 0; row < rows; row++) {
            let at: u32 = 0;
            for (let k: u32 = 1; k < n; k++)
              if (sign * load<f32>(input + (row * n + k) * 4) > sign * load<f32>(input + (row * n + at) * 4)) at = k;
            wrong += load<u32>(out + row * 4) == at ? 0 : 1;
          }
          argReduceColumnsF32(<Binary>op, input, best, out, 0, 1, n);
          argReduceColumnsF32(<Binary>op, input + n * 4, best, out, 1, rows - 1, n);
          for (let j: u32 = 0; j < n; j++) {
            let at: u32 = 0;
            for (let k: u32 = 1; k < rows; k++)
              if (sign * load<f32>(input + (k * n + j) * 4) > sign * load<f32>(input + (at * n + j) * 4)) at = k;
            wrong += load<u32>(out + j * 4) == at ? 0 : 1;
          }
        }
      }
    }
    expect(wrong).toBe(0);
  });
});
