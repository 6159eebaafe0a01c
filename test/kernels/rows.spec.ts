import { factorsF32, normalizeRowsF32, softmaxF32, standardizeF32 } from "../../assembly/rows";
import { addGroupsF32, addPartsF32, combinePartsF32, sumRowsF32 } from "../../assembly/sum";

const input: usize = memory.data(8192, 16);
const out: usize = memory.data(8192, 16);
const parts: usize = memory.data(1024, 16);

/** Terms that do not add up exactly, so that the order shows. */
function fill(n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(input + ((<usize>i) << 2), <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
}

/** The written order, as plainly as it can be put. */
function written(n: i32): f32 {
  const p = new StaticArray<f32>(16);
  for (let k = 0; k < n; k++) p[k & 15] += load<f32>(input + ((<usize>k) << 2));
  for (let half = 8; half > 0; half >>= 1) for (let i = 0; i < half; i++) p[i] += p[i + half];
  return p[0];
}

describe("sums", () => {
  test("go in the written order at every length", () => {
    for (let n = 0; n < 200; n++) {
      fill(n);
      sumRowsF32(input, n, 1, out);
      expect(load<f32>(out)).toBe(written(n), n.toString());
    }
  });

  test("groups and parts carry on where they stopped", () => {
    fill(96);
    for (let size: u32 = 1; size < 40; size++) {
      memory.fill(parts, 0, 64);
      addGroupsF32(input, 0, 1, 1, size, parts);
      addGroupsF32(input + ((<usize>size) << 2), size, 1, 1, 96 - size, parts);
      sumRowsF32(parts, 16, 1, out);
      expect(load<f32>(out)).toBe(written(96), size.toString());
    }
    for (let size: u32 = 1; size <= 16; size <<= 1) {
      memory.fill(parts, 0, 64);
      addPartsF32(input, 0, 3, size, 16 / size, parts);
      addPartsF32(input + <usize>size * 12, 3, 2, size, 16 / size, parts);
      combinePartsF32(parts, size, size, out);
      expect(load<f32>(out)).toBe(written(<i32>(5 * size)), size.toString());
    }
  });
});

describe("rows", () => {
  test("a softmax of equal elements is their share", () => {
    for (let n: u32 = 1; n < 40; n++) {
      for (let i: u32 = 0; i < n; i++) store<f32>(input + ((<usize>i) << 2), 5);
      softmaxF32(input, n, 1, out, true, false);
      for (let i: u32 = 0; i < n; i++) expect(load<f32>(out + ((<usize>i) << 2))).toBe(<f32>1 / <f32>n, n.toString());
    }
  });

  test("a normalised pair is -1 and 1, times the scale, plus the bias", () => {
    store<f32>(input, 10);
    store<f32>(input, 30, 4);
    store<f32>(parts, 2);
    store<f32>(parts, 3, 4);
    normalizeRowsF32(input, 2, 1, out, parts, 0, 0, 2, 0, true);
    expect(load<f32>(out)).toBe(-2);
    expect(load<f32>(out, 4)).toBe(3);
    normalizeRowsF32(input, 2, 1, out, 0, parts, 0, 2, 0, true);
    expect(load<f32>(out)).toBe(1);
    expect(load<f32>(out, 4)).toBe(4);
  });

  test("a row's scale and bias are those behind the row's before", () => {
    for (let i: usize = 0; i < 8; i++) store<f32>(input + (i << 2), i & 1 ? 30 : 10);
    for (let i: usize = 0; i < 4; i++) store<f32>(parts + (i << 2), <f32>i);
    normalizeRowsF32(input, 2, 4, out, 0, parts, 2, 4, 0, true);
    for (let i: usize = 0; i < 8; i++) expect(load<f32>(out + (i << 2))).toBe(<f32>((i + 2) & 3) + (i & 1 ? 1 : -1));
  });

  test("standardised by given means and variances, by columns and by runs", () => {
    for (let i: usize = 0; i < 3; i++) {
      store<f32>(parts + (i << 2), <f32>i);
      store<f32>(parts + 32 + (i << 2), <f32>0.25);
      store<f32>(parts + 64 + (i << 2), <f32>(i + 1));
      store<f32>(parts + 96 + (i << 2), 100);
    }
    factorsF32(parts + 32, parts + 64, 3, 0);
    for (let size: u32 = 1; size < 9; size++) {
      fill(<i32>(6 * size));
      standardizeF32(input, 2, 3, size, out, parts, parts + 32, parts + 96);
      standardizeF32(input, 2, 3, size, out + 4096, parts, 0, 0);
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
