import { outerF32, timesColumnF32 } from "../../assembly/thinproducts";
import { wipe, word32 } from "./reference";

const x: usize = memory.data(40 * 40 * 4 + 64, 16);
const w: usize = memory.data(40 * 4 + 64, 16);
const out: usize = memory.data(40 * 40 * 4 + 64, 16);

function fill(): void {
  for (let i: u32 = 0; i < 1600; i++) store<u32>(x + i * 4, (word32(5, 9, 0, i) & 0x81ffffff) | 0x3e000000);
  for (let i: u32 = 0; i < 40; i++) store<u32>(w + i * 4, (word32(6, 9, 0, i) & 0x81ffffff) | 0x3e000000);
}

describe("timesColumnF32", () => {
  test("adds in the written order, for every number of rows and terms", () => {
    fill();
    let wrong = 0;
    for (let rows: u32 = 1; rows <= 40; rows++) {
      for (let n: u32 = 1; n <= 40; n++) {
        wipe(out, rows * 4 + 16);
        const mark = load<u32>(out);
        timesColumnF32(x, w, out, rows, n);
        for (let i: u32 = 0; i < rows; i++) {
          let sum: f32 = 0;
          for (let k: u32 = 0; k < n; k++) sum += load<f32>(x + (i * n + k) * 4) * load<f32>(w + k * 4);
          wrong += load<u32>(out + i * 4) == reinterpret<u32>(sum) ? 0 : 1;
        }
        wrong += load<u32>(out + rows * 4) == mark ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });
});

describe("outerF32", () => {
  test("multiplies each with each, and has no -0", () => {
    fill();
    store<f32>(x, -0.0);
    store<f32>(w + 4, 1e-40);
    let wrong = 0;
    for (let rows: u32 = 1; rows <= 40; rows++) {
      for (let m: u32 = 1; m <= 40; m++) {
        wipe(out, (rows * m + 4) * 4);
        const mark = load<u32>(out);
        outerF32(x, w, out, rows, m);
        for (let i: u32 = 0; i < rows; i++) {
          for (let j: u32 = 0; j < m; j++) {
            const want: f32 = load<f32>(x + i * 4) * load<f32>(w + j * 4) + 0;
            wrong += load<u32>(out + (i * m + j) * 4) == reinterpret<u32>(want) ? 0 : 1;
          }
        }
        wrong += load<u32>(out + (rows * m + 3) * 4) == mark ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });
});
