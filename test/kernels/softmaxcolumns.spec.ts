import { normalizeColumnsF32, shiftColumnsF32 } from "../../assembly/softmaxcolumns";
import { touched, wipe, word32 } from "./reference";

const input: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);
const tops: usize = memory.data(256, 16);

describe("softmaxColumnsF32", () => {
  test("shifts each column by its maximum, then scales it, and writes nothing behind", () => {
    for (let i: u32 = 0; i < 256; i++) store<f32>(input + i * 4, <f32>(<i32>(word32(5, 9, 0, i) >> 8) - 8388608));
    let wrong = 0;
    for (let rows: u32 = 1; rows < 6; rows++) {
      for (let cols: u32 = 1; cols < 20; cols++) {
        wipe(out, 1024);
        wipe(tops, 256);
        shiftColumnsF32(input, out, tops, rows, cols, false);
        for (let j: u32 = 0; j < cols; j++) {
          let top: f32 = -f32.MAX_VALUE;
          for (let k: u32 = 0; k < rows; k++) top = max(top, load<f32>(input + (k * cols + j) * 4));
          wrong += load<f32>(tops + j * 4) == top ? 0 : 1;
          for (let k: u32 = 0; k < rows; k++) {
            const at = (k * cols + j) * 4;
            wrong += load<f32>(out + at) == load<f32>(input + at) - top ? 0 : 1;
          }
          store<f32>(tops + j * 4, 3);
        }
        wrong += touched(out + 4 * rows * cols, 1024 - 4 * rows * cols) + touched(tops + 4 * cols, 256 - 4 * cols);
        const before = load<f32>(out);
        normalizeColumnsF32(out, tops, rows, cols, true);
        wrong += load<f32>(out) == before - 3 ? 0 : 1;
        normalizeColumnsF32(out, tops, rows, cols, false);
        wrong += load<f32>(out) == (before - 3) * (<f32>1 / 3) ? 0 : 1;
        wrong += touched(out + 4 * rows * cols, 1024 - 4 * rows * cols);
      }
    }
    expect(wrong).toBe(0);
  });

  test("ignores NaN in a maximum, and counts one that is not finite as 0 if asked to", () => {
    store<f32>(input, f32.NaN);
    store<f32>(input, 2, 4);
    shiftColumnsF32(input, out, tops, 2, 1, true);
    expect(load<f32>(tops)).toBe(2);
    store<f32>(input, -(<f32>Infinity), 4);
    shiftColumnsF32(input, out, tops, 2, 1, true);
    expect(load<u32>(tops)).toBe(0);
    shiftColumnsF32(input, out, tops, 2, 1, false);
    expect(load<f32>(tops)).toBe(-(<f32>Infinity));
  });
});
