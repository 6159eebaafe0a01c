import { reluBackF32 } from "../../../assembly/gradients/reluback";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const x: usize = memory.data(64, 16);
const out: usize = memory.data(64, 16);

describe("reluBackF32", () => {
  test("copies the bits of the cotangent where x is positive and normal", () => {
    for (let i: u32 = 0; i < 4; i++) store<u32>(ct + (i << 2), 0x80000001);
    store<f32>(x, f32.MIN_NORMAL_VALUE);
    store<u32>(x, 0x7fc00000, 4);
    store<u32>(x, 0x007fffff, 8);
    store<f32>(x, -1, 12);
    wipe(out, 64);
    reluBackF32(ct, x, out, 4);
    expect(load<u32>(out)).toBe(0x80000001);
    for (let i: u32 = 1; i < 4; i++) expect(load<u32>(out + (i << 2))).toBe(0);
    expect(touched(out + 16, 48)).toBe(0);
  });
});
