import { normalizeRowsF32, softmaxF32 } from "../../assembly/rows";
import { addLinesF32, addPartsF32, combinePartsF32, sumRowsF32 } from "../../assembly/sum";

const input: usize = memory.data(8192, 16);
const out: usize = memory.data(8192, 16);
const parts: usize = memory.data(1024, 16);

/** Terms that do not add up exactly, so that the order shows. */
function fill(n: i32): void {
  for (let i = 0; i < n; i++) store<f32>(input + (<usize>i << 2), <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
}

/** The written order, as plainly as it can be put. */
function written(n: i32): f32 {
  const p = new StaticArray<f32>(16);
  for (let k = 0; k < n; k++) p[k & 15] += load<f32>(input + (<usize>k << 2));
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

  test("lines and parts carry on where they stopped", () => {
    fill(96);
    memory.fill(parts, 0, 64);
    addLinesF32(input, 2, parts);
    addLinesF32(input + 128, 4, parts);
    combinePartsF32(parts, 1, out);
    expect(load<f32>(out)).toBe(written(96));
    memory.fill(parts, 0, 64);
    addPartsF32(input, 0, 37, 1, parts);
    addPartsF32(input + 37 * 4, 37, 59, 1, parts);
    combinePartsF32(parts, 1, out);
    expect(load<f32>(out)).toBe(written(96));
  });
});

describe("rows", () => {
  test("a softmax of equal elements is their share", () => {
    for (let n: u32 = 1; n < 40; n++) {
      for (let i: u32 = 0; i < n; i++) store<f32>(input + (<usize>i << 2), 5);
      softmaxF32(input, n, 1, out, true, false);
      for (let i: u32 = 0; i < n; i++) expect(load<f32>(out + (<usize>i << 2))).toBe(<f32>1 / <f32>n, n.toString());
    }
  });

  test("a normalised pair is -1 and 1, times the scale, plus the bias", () => {
    store<f32>(input, 10);
    store<f32>(input, 30, 4);
    store<f32>(parts, 2);
    store<f32>(parts, 3, 4);
    normalizeRowsF32(input, 2, 1, out, parts, 0, 0, true);
    expect(load<f32>(out)).toBe(-2);
    expect(load<f32>(out, 4)).toBe(3);
    normalizeRowsF32(input, 2, 1, out, 0, parts, 0, true);
    expect(load<f32>(out)).toBe(1);
    expect(load<f32>(out, 4)).toBe(4);
  });
});
