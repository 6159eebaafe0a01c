import { packWindowsF32 } from "../../../assembly/gradients/convolvekernel";
import { touched, wipe } from "../reference";

const rows: usize = memory.data(16, 16);
const offsets: usize = memory.data(48, 16);
const x: usize = memory.data(256, 16);
const y: usize = memory.data(256, 16);

describe("packWindowsF32", () => {
  test("makes fours of columns, neighbours or not, then single ones", () => {
    for (let i: u32 = 0; i < 64; i++) store<f32>(x + (i << 2), <f32>i);
    store<u32>(rows, <u32>x);
    store<u32>(rows, <u32>(x + 40), 4);
    const columns: u32[] = [0, 1, 2, 3, 5, 6, 8, 9, 20];
    for (let i = 0; i < 9; i++) store<u32>(offsets + ((<usize>i) << 2), columns[i] << 2);
    wipe(y, 256);
    packWindowsF32(rows, offsets, y, 2, 9);
    const expected: f32[] = [0, 1, 2, 3, 10, 11, 12, 13, 5, 6, 8, 9, 15, 16, 18, 19, 20, 30];
    for (let i = 0; i < 18; i++) expect(load<f32>(y + ((<usize>i) << 2))).toBe(expected[i]);
    expect(touched(y + 72, 184)).toBe(0);
  });
});
