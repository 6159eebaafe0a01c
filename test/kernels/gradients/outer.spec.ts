import { accumulateF32, packColumnsF32 } from "../../../assembly/gradients/outer";
import { touched, wipe } from "../reference";

const x: usize = memory.data(1024, 16);
const y: usize = memory.data(1024, 16);

describe("packColumnsF32", () => {
  test("makes fours of columns, then single ones", () => {
    for (let i: u32 = 0; i < 14; i++) store<f32>(x + (i << 2), <f32>i);
    wipe(y, 1024);
    packColumnsF32(x, 7, y, 2, 6);
    const expected: f32[] = [0, 1, 2, 3, 7, 8, 9, 10, 4, 11, 5, 12];
    for (let i = 0; i < 12; i++) expect(load<f32>(y + ((<usize>i) << 2))).toBe(expected[i]);
    expect(touched(y + 48, 976)).toBe(0);
  });
});

describe("accumulateF32", () => {
  test("adds, keeps subnormals, and leaves zeros", () => {
    for (let i: u32 = 0; i < 4; i++) {
      store<u32>(x + (i << 2), i);
      store<u32>(y + (i << 2), 1);
    }
    accumulateF32(x, y, 4);
    for (let i: u32 = 0; i < 4; i++) {
      expect(load<u32>(x + (i << 2))).toBe(i + 1);
      expect(load<u32>(y + (i << 2))).toBe(0);
    }
  });
});
