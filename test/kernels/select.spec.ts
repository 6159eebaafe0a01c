import { selectF32 } from "../../assembly/select";
import { roundUp, wipe, word32 } from "./reference";

const MAX: u32 = 67;
const x: usize = memory.data(67 * 4 + 64, 16);
const y: usize = memory.data(67 * 4 + 64, 16);
const condition: usize = memory.data(67 + 61, 16);
const out: usize = memory.data(67 * 4 + 64, 16);

describe("selectF32", () => {
  test("chooses by bytes, and writes behind no further than is said", () => {
    let wrong = 0;
    for (let i: u32 = 0; i < MAX; i++) {
      store<u32>(x + i * 4, word32(5, 9, 0, i));
      store<u32>(y + i * 4, word32(6, 9, 0, i));
      store<u8>(condition + i, <u8>(word32(5, 9, 1, i) & 1) * 7);
    }
    for (let n: u32 = 1; n <= MAX; n++) {
      wipe(out, 67 * 4 + 64);
      const mark = load<u32>(out);
      selectF32(condition, x, y, out, n);
      for (let i: u32 = 0; i < n; i++)
        wrong += load<u32>(out + i * 4) == load<u32>((word32(5, 9, 1, i) & 1 ? x : y) + i * 4) ? 0 : 1;
      for (let i = roundUp(n, 4); i < MAX + 16; i++) wrong += load<u32>(out + i * 4) == mark ? 0 : 1;
    }
    expect(wrong).toBe(0);
  });
});
