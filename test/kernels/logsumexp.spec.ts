import { shiftRowsF32 } from "../../assembly/logsumexp";
import { touched, wipe } from "./reference";

const rows: usize = memory.data(1024, 16);
const tops: usize = memory.data(64, 16);

describe("logSumExpF32", () => {
  test("shifts each row by its maximum, or by 0 where that is not finite", () => {
    let wrong = 0;
    for (let n: u32 = 1; n < 20; n++) {
      wipe(rows, 1024);
      wipe(tops, 64);
      for (let i: u32 = 0; i < 3 * n; i++) store<f32>(rows + i * 4, i < 2 * n ? <f32>(i % n) : -(<f32>Infinity));
      store<f32>(rows, f32.NaN);
      shiftRowsF32(rows, tops, 3, n);
      wrong += load<f32>(tops) == <f32>(n - 1) ? 0 : n == 1 ? 0 : 1;
      wrong += load<f32>(tops, 4) == <f32>(n - 1) ? 0 : 1;
      wrong += load<u32>(tops, 8) == 0 ? 0 : 1;
      for (let i: u32 = 0; i < n; i++) {
        wrong += load<f32>(rows + (n + i) * 4) == <f32>i - <f32>(n - 1) ? 0 : 1;
        wrong += load<f32>(rows + (2 * n + i) * 4) == -(<f32>Infinity) ? 0 : 1;
      }
      wrong += touched(rows + 12 * n, 1024 - 12 * n) + touched(tops + 12, 52);
    }
    expect(wrong).toBe(0);
  });
});
