import { batchNormBackF32 } from "../../../assembly/gradients/batchnormback";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const x: usize = memory.data(64, 16);
const factor: usize = memory.data(32, 16);
const slope: usize = memory.data(32, 16);
const shift: usize = memory.data(32, 16);

describe("batchNormBackF32", () => {
  test("takes the numbers of each column, and writes nothing behind the last row", () => {
    wipe(ct, 64);
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(ct + (i << 2), 3);
      store<f32>(x + (i << 2), <f32>i);
      if (i >= 5) continue;
      store<f32>(factor + (i << 2), <f32>(i + 1));
      store<f32>(slope + (i << 2), 0.5);
      store<f32>(shift + (i << 2), <f32>(i * 100));
    }
    batchNormBackF32(ct, x, factor, slope, shift, 2, 5);
    for (let i: u32 = 0; i < 10; i++) {
      const j = i % 5;
      expect(load<f32>(ct + (i << 2))).toBe(<f32>((j + 1) * 3 + i + j * 100));
    }
    expect(touched(ct + 40, 24)).toBe(0);
  });
});
