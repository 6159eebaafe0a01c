import { extremesBackF32 } from "../../../assembly/gradients/extremesback";
import { Binary } from "../../../assembly/opcodes";
import { touched, wipe } from "../reference";

const lines: usize = memory.data(16, 16);
const offsets: usize = memory.data(16, 16);
const x: usize = memory.data(128, 16);
const ct: usize = memory.data(64, 16);
const out: usize = memory.data(128, 16);

describe("extremesBackF32", () => {
  test("adds to the first extreme, and touches nothing beyond the windows", () => {
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(x + (i << 2), i < 5 ? <f32>i : 2);
      store<f32>(ct + (i << 2), 10);
    }
    store<u32>(lines, 0);
    store<u32>(offsets, 0);
    store<u32>(offsets, 20, 4);
    wipe(out, 128);
    memory.fill(out, 0, 40);
    extremesBackF32(Binary.maximum, lines, offsets, x, ct, out, 1, 1, 4, 2, 5);
    for (let i: u32 = 0; i < 5; i++) {
      expect(load<f32>(out + (i << 2))).toBe(i < 2 ? 0 : 10);
      expect(load<f32>(out + 20 + (i << 2))).toBe(i < 2 ? 10 : 0);
    }
    expect(touched(out + 40, 88)).toBe(0);
    extremesBackF32(Binary.minimum, lines, offsets, x, ct, out, 1, 1, 4, 2, 5);
    expect(load<f32>(out)).toBe(10);
    expect(load<f32>(out + 8)).toBe(20);
    expect(load<f32>(out + 16)).toBe(10);
    expect(load<f32>(out + 36)).toBe(10);
  });
});
