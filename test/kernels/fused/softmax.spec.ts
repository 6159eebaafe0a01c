import { softmaxF32 } from "../../../assembly/fused/softmax";
import * as emulated from "../../../assembly/softmax";

const input: usize = memory.data(4608, 16);
const out: usize = memory.data(4608, 16);
const expected: usize = memory.data(4608, 16);

describe("softmaxF32 of the module of fused multiply-adds", () => {
  test("agrees with the emulation for rows of every length to 70, and around a block of a sum", () => {
    let wrong = 0;
    for (let at: u32 = 1; at <= 73; at++) {
      const n: u32 = at <= 70 ? at : 1023 + at - 71;
      const rows: u32 = n > 70 ? 1 : 5;
      for (let log = 0; log < 2; log++) {
        for (let i: u32 = 0; i < rows * n; i++) store<f32>(input + i * 4, <f32>((i * 797) % 201) / 16 - 6);
        softmaxF32(input, out, rows, n, log == 1);
        emulated.softmaxF32(input, expected, rows, n, log == 1, true);
        for (let i: u32 = 0; i < rows * n; i++) wrong += load<u32>(out + i * 4) != load<u32>(expected + i * 4) ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });
});
