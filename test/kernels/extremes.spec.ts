import { extremesF32 } from "../../assembly/extremes";
import { Binary } from "../../assembly/opcodes";
import { touched, wipe, word32 } from "./reference";

const image: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);
const lines: usize = memory.data(16, 16);
const offsets: usize = memory.data(16, 16);

describe("extremesF32", () => {
  test("takes each feature of two lines of windows, and writes nothing behind them", () => {
    let wrong = 0;
    for (let i: u32 = 0; i < 128; i++) store<f32>(image + i * 4, <f32>(<i32>(word32(5, 9, 0, i) >> 8) - 8388608));
    store<u32>(lines, <u32>image);
    store<u32>(lines, <u32>image + 128, 4);
    store<u32>(offsets, 0);
    store<u32>(offsets, 12, 4);
    store<u32>(offsets, 60, 8);
    for (let features: u32 = 1; features <= 9; features++) {
      for (let op = <i32>Binary.maximum; op <= <i32>Binary.minimum; op++) {
        wipe(out, 1024);
        extremesF32(<Binary>op, lines, offsets, out, 2, 3, 8, 3, features);
        for (let i: u32 = 0; i < 6 * features; i++) {
          const from = image + (i / (3 * features)) * 128 + ((i / features) % 3) * 8 + (i % features) * 4;
          const a = load<f32>(from);
          const b = load<f32>(from, 12);
          const c = load<f32>(from, 60);
          const expected = op == Binary.maximum ? max(max(a, b), c) : min(min(a, b), c);
          wrong += load<f32>(out + i * 4) == expected ? 0 : 1;
        }
        wrong += touched(out + 24 * features, 1024 - 24 * features);
      }
    }
    expect(wrong).toBe(0);
  });

  test("is NaN where one is, and orders the zeros", () => {
    store<u32>(lines, <u32>image);
    store<u32>(offsets, 0);
    store<u32>(offsets, 4, 4);
    store<f32>(image, 0);
    store<f32>(image, -0.0, 4);
    extremesF32(Binary.maximum, lines, offsets, out, 1, 1, 0, 2, 1);
    expect(load<u32>(out)).toBe(0);
    extremesF32(Binary.minimum, lines, offsets, out, 1, 1, 0, 2, 1);
    expect(load<u32>(out)).toBe(0x80000000);
    store<u32>(image, 0x7fc00000);
    extremesF32(Binary.minimum, lines, offsets, out, 1, 1, 0, 2, 1);
    expect(isNaN(load<f32>(out))).toBe(true);
  });
});
