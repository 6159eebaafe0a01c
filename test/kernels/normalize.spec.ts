import { normalizeF32 } from "../../assembly/normalize";

const input: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);
const parts: usize = memory.data(1024, 16);

describe("normalizeF32", () => {
  test("makes a pair -1 and 1, times the scale, plus the bias", () => {
    store<f32>(input, 10);
    store<f32>(input, 30, 4);
    store<f32>(parts, 2);
    store<f32>(parts, 3, 4);
    normalizeF32(input, parts, 0, out, 1, 2, 0, 2, 0, true);
    expect(load<f32>(out)).toBe(-2);
    expect(load<f32>(out, 4)).toBe(3);
    normalizeF32(input, 0, parts, out, 1, 2, 0, 2, 0, true);
    expect(load<f32>(out)).toBe(1);
    expect(load<f32>(out, 4)).toBe(4);
  });

  test("a row's scale and bias are those behind the row's before", () => {
    for (let i: usize = 0; i < 8; i++) store<f32>(input + (i << 2), i & 1 ? 30 : 10);
    for (let i: usize = 0; i < 4; i++) store<f32>(parts + (i << 2), <f32>i);
    normalizeF32(input, 0, parts, out, 4, 2, 2, 4, 0, true);
    for (let i: usize = 0; i < 8; i++) expect(load<f32>(out + (i << 2))).toBe(<f32>((i + 2) & 3) + (i & 1 ? 1 : -1));
  });
});
