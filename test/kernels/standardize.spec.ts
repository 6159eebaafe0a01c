import { factorsF32, standardizeF32 } from "../../assembly/standardize";

const input: usize = memory.data(8192, 16);
const out: usize = memory.data(8192, 16);
const parts: usize = memory.data(1024, 16);

/** Terms that do not add up exactly, so that the order shows. */
function fill(n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(input + ((<usize>i) << 2), <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
}

describe("standardizeF32", () => {
  test("goes by given means and variances, by columns and by runs", () => {
    for (let i: usize = 0; i < 3; i++) {
      store<f32>(parts + (i << 2), <f32>i);
      store<f32>(parts + 32 + (i << 2), <f32>0.25);
      store<f32>(parts + 64 + (i << 2), <f32>(i + 1));
      store<f32>(parts + 96 + (i << 2), 100);
    }
    factorsF32(parts + 32, parts + 64, 3, 0);
    for (let size: u32 = 1; size < 9; size++) {
      fill(<i32>(6 * size));
      standardizeF32(input, parts, parts + 32, parts + 96, out, 2, 3, size);
      standardizeF32(input, parts, 0, 0, out + 4096, 2, 3, size);
      for (let i: u32 = 0; i < 6 * size; i++) {
        const at = (<usize>i) << 2;
        const col = (i / size) % 3;
        const distance: f32 = load<f32>(input + at) - <f32>col;
        const scaled: f32 = distance * <f32>2 * <f32>(col + 1);
        expect(load<f32>(out + at)).toBe(scaled + 100, size.toString());
        expect(load<f32>(out + 4096 + at)).toBe(distance * distance, size.toString());
      }
    }
  });
});
