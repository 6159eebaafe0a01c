import {
  addOuterF32,
  attentionScoresF32,
  copyColumnsF32,
  cotangentsOfWeightsF32,
  isBoundedF32,
  maskScoresF32,
  timesRowsF32,
} from "../../../assembly/gradients/attentionback";
import { packTransposedF32 } from "../../../assembly/gradients/matmultransposed";
import { touched, wipe } from "../reference";

const a: usize = memory.data(1024, 16);
const b: usize = memory.data(1024, 16);
const packed: usize = memory.data(1024, 16);
const scores: usize = memory.data(1024, 16);
const mask: usize = memory.data(64, 16);
const out: usize = memory.data(1024, 16);
const lasts: usize = memory.data(16, 16);
const scratch: usize = memory.data(128, 16);

function fill(ptr: usize, n: u32, first: i32): void {
  for (let i: u32 = 0; i < n; i++) store<f32>(ptr + (i << 2), <f32>(<i32>i + first));
}

describe("isBoundedF32", () => {
  test("looks at the rows alone, where they are whole fours", () => {
    fill(a, 32, -8);
    store<f32>(a, Infinity, 16);
    expect(isBoundedF32(a, 32, 3, 4)).toBe(true);
    store<f32>(a, NaN, 72);
    expect(isBoundedF32(a, 32, 3, 4)).toBe(false);
    store<f32>(a, -4294967296, 72);
    expect(isBoundedF32(a, 32, 3, 4)).toBe(false);
    store<f32>(a, -4294967040, 72);
    expect(isBoundedF32(a, 32, 3, 4)).toBe(true);
  });
});

describe("attentionScoresF32", () => {
  test("scales and masks products, and ends a row with -infinity", () => {
    fill(a, 10, 1);
    fill(b, 18, -4);
    memory.fill(mask, 1, 64);
    store<u8>(mask + 9 + 2, 0);
    packTransposedF32(b, 8, packed, 2, 9);
    attentionScoresF32(a, 8, packed, 0, mask, scores, 64, 5, 9, 2, 0.5, -1000);
    for (let t: u32 = 0; t < 5; t++) {
      for (let s: u32 = 0; s < 16; s++) {
        const x0 = <f32>(t * 2 + 1);
        const y0 = <f32>(<i32>(s * 2) - 4);
        const expected: f32 = t == 1 && s == 2 ? -1000 : 0.5 * (x0 * y0 + (x0 + 1) * (y0 + 1));
        expect(load<f32>(scores + (t << 6) + (s << 2))).toBe(s < 9 ? expected : -Infinity);
      }
    }
  });
});

describe("cotangentsOfWeightsF32", () => {
  test("leaves out keys behind the last that has a weight, where that is exact", () => {
    fill(a, 16, 1);
    fill(b, 12, 1);
    packTransposedF32(b, 4, packed, 1, 12);
    memory.fill(scores, 0, 256);
    store<f32>(scores + 64, 0.5, 12);
    for (let bounded = 0; bounded < 2; bounded++) {
      wipe(out, 256);
      cotangentsOfWeightsF32(a, 4, packed, scores, out, lasts, 64, 4, 12, 1, bounded == 1);
      const last: u32 = bounded == 1 ? 4 : 12;
      expect(load<u32>(lasts)).toBe(last);
      for (let t: u32 = 0; t < 4; t++)
        for (let s: u32 = 0; s < 16; s++)
          expect(load<f32>(out + (t << 6) + (s << 2))).toBe(s < last ? <f32>((t + 1) * (s + 1)) : 0);
    }
  });
});

describe("maskScoresF32", () => {
  test("gives +0 where the mask is 0", () => {
    fill(a, 32, -3);
    memory.fill(mask, 1, 8);
    store<u8>(mask, 0, 4);
    maskScoresF32(a, mask, 64, 2, 3, 2);
    for (let s: u32 = 0; s < 3; s++) {
      expect(load<f32>(a + (s << 2))).toBe(<f32>(<i32>(s * 2) - 6));
      expect(load<u32>(a + 64 + (s << 2))).toBe(s == 1 ? 0 : reinterpret<u32>(<f32>(<i32>(s * 2) + 26)));
    }
  });
});

describe("addOuterF32, timesRowsF32 and copyColumnsF32", () => {
  test("sum products of rows from the first four that have a weight on", () => {
    memory.fill(scores, 0, 512);
    for (let t: u32 = 0; t < 5; t++) fill(scores + (t << 6), 6, t + 1);
    fill(b, 40, 0);
    store<u32>(lasts, 4);
    store<u32>(lasts, 6, 4);
    fill(out, 64, 0);
    addOuterF32(scores, 64, b, 12, out, lasts, 5, 6, 3);
    for (let s: u32 = 0; s < 6; s++)
      for (let i: u32 = 0; i < 3; i++) {
        let sum = <f32>(s * 8 + i);
        for (let t: u32 = s < 4 ? 0 : 4; t < 5; t++) sum += <f32>((t + s + 1) * (t * 3 + i));
        expect(load<f32>(out + (s << 5) + (i << 2))).toBe(sum);
      }
    wipe(a, 128);
    copyColumnsF32(out, a, 16, 2, 3);
    expect(load<f32>(a, 16)).toBe(load<f32>(out, 32));
    expect(touched(a + 12, 4)).toBe(0);
    timesRowsF32(scores, 64, b, 12, out, 12, lasts, scratch, 4, 3);
    for (let t: u32 = 0; t < 4; t++)
      for (let i: u32 = 0; i < 3; i++) {
        let sum: f32 = 0;
        for (let s: u32 = 0; s < 4; s++) sum += <f32>((t + s + 1) * (s * 3 + i));
        expect(load<f32>(out + t * 12 + (i << 2))).toBe(sum);
      }
  });
});
