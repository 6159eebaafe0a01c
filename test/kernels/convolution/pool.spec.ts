import { Binary } from "../../../assembly/opcodes";
import { poolF32 } from "../../../assembly/convolution/pool";
import { touched, wipe, word32 } from "../reference";

const image: usize = memory.data(1024, 16);
const out: usize = memory.data(2048, 16);
const segments: usize = memory.data(32, 16);
const offsets: usize = memory.data(16, 16);

/** A segment of `places` places from `at` bytes on, whose windows see the first `count` offsets. */
function segment(i: usize, at: usize, places: u32, count: u32): void {
  store<u32>(segments + i * 16, <u32>(image + at));
  store<u32>(segments + i * 16, places, 4);
  store<u32>(segments + i * 16, <u32>offsets, 8);
  store<u32>(segments + i * 16, count, 12);
}

describe("poolF32", () => {
  test("takes each feature of two segments, and writes nothing behind them", () => {
    let wrong = 0;
    for (let i: u32 = 0; i < 128; i++) store<f32>(image + i * 4, <f32>(<i32>(word32(5, 9, 0, i) >> 8) - 8388608));
    store<u32>(offsets, 0);
    store<u32>(offsets, 12, 4);
    store<u32>(offsets, 60, 8);
    segment(0, 0, 3, 3);
    segment(1, 128, 3, 2);
    const ops: Binary[] = [Binary.add, Binary.maximum, Binary.minimum];
    for (let features: u32 = 1; features <= 37; features++) {
      for (let o = 0; o < 3; o++) {
        const op = ops[o];
        wipe(out, 2048);
        poolF32(op, segments, out, 2, 8, features, op == Binary.add ? 3 : 0);
        for (let i: u32 = 0; i < 6 * features; i++) {
          const second = i >= 3 * features;
          const from = image + (second ? 128 : 0) + ((i / features) % 3) * 8 + (i % features) * 4;
          const a = load<f32>(from);
          const b = load<f32>(from, 12);
          const c = second ? (op == Binary.add ? <f32>0 : a) : load<f32>(from, 60);
          const expected =
            op == Binary.add ? (a + b + c) * 3 : op == Binary.maximum ? max(max(a, b), c) : min(min(a, b), c);
          wrong += load<f32>(out + i * 4) == expected ? 0 : 1;
        }
        wrong += touched(out + 24 * features, 2048 - 24 * features);
      }
    }
    expect(wrong).toBe(0);
  });

  test("multiplies sums by the reciprocal of their number where the factor is NaN", () => {
    for (let i: u32 = 0; i < 40; i++) store<f32>(image + i * 4, <f32>i + <f32>0.1);
    store<u32>(offsets, 0);
    store<u32>(offsets, 4, 4);
    store<u32>(offsets, 8, 8);
    segment(0, 0, 1, 3);
    segment(1, 16, 2, 2);
    poolF32(Binary.add, segments, out, 2, 4, 19, f32.NaN);
    for (let c: u32 = 0; c < 19; c++) {
      const from = image + c * 4;
      const three = load<f32>(from) + load<f32>(from, 4) + load<f32>(from, 8);
      const two = load<f32>(from, 20) + load<f32>(from, 24);
      expect(load<f32>(out + c * 4)).toBe(three * (<f32>1 / <f32>3));
      expect(load<f32>(out + (38 + c) * 4)).toBe(two * <f32>0.5);
    }
  });

  test("of nothing is what it starts at, and an extreme is NaN where one is", () => {
    store<f32>(image, f32.NaN);
    segment(0, 0, 1, 0);
    poolF32(Binary.add, segments, out, 1, 0, 1, 4);
    expect(load<u32>(out)).toBe(0);
    poolF32(Binary.maximum, segments, out, 1, 0, 1, 0);
    expect(load<f32>(out)).toBe(-f32.MAX_VALUE * 2);
    segment(0, 0, 1, 1);
    poolF32(Binary.minimum, segments, out, 1, 0, 1, 0);
    expect(isNaN(load<f32>(out))).toBe(true);
  });
});
