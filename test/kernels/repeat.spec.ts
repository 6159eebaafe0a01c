import { repeatF32 } from "../../assembly/repeat";
import { wipe, word32 } from "./reference";

const MAX: u32 = 67;
const x: usize = memory.data(67 * 4 + 64, 16);
const out: usize = memory.data(67 * 4 + 64, 16);

describe("repeatF32", () => {
  test("repeats words from any of the first on, and writes behind no further than is said", () => {
    let wrong = 0;
    for (let i: u32 = 0; i < MAX; i++) store<u32>(x + i * 4, word32(5, 9, 0, i));
    for (let n: u32 = 1; n <= MAX; n++) {
      for (let repeat: u32 = 1; repeat < 9; repeat++) {
        const skip = n % repeat;
        wipe(out, 67 * 4 + 64);
        const mark = load<u32>(out);
        repeatF32(x, out, n, repeat, skip);
        for (let i: u32 = 0; i < n; i++)
          wrong += load<u32>(out + i * 4) == load<u32>(x + ((i + skip) / repeat) * 4) ? 0 : 1;
        for (let i = n + 3; i < MAX + 16; i++) wrong += load<u32>(out + i * 4) == mark ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });
});
