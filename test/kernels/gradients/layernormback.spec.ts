import { layerNormBackF32 } from "../../../assembly/gradients/layernormback";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const x: usize = memory.data(64, 16);
const scale: usize = memory.data(32, 16);
const numbers: usize = memory.data(32, 16);

describe("layerNormBackF32", () => {
  test("takes the numbers of each row, and writes nothing behind the last", () => {
    wipe(ct, 64);
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(ct + (i << 2), 1);
      store<f32>(x + (i << 2), <f32>i);
      store<f32>(scale + ((i % 5) << 2), 3);
    }
    // Roots, slopes and shifts of two rows.
    for (let i: u32 = 0; i < 6; i++) store<f32>(numbers + (i << 2), <f32>(i + 1));
    layerNormBackF32(ct, x, scale, numbers, numbers + 8, numbers + 16, 2, 5);
    for (let i: u32 = 0; i < 10; i++) {
      const row: f32 = i < 5 ? 0 : 1;
      expect(load<f32>(ct + (i << 2))).toBe((1 + row) * 3 + (3 + row) * (2 * <f32>i) + 5 + row);
    }
    expect(touched(ct + 40, 24)).toBe(0);
  });
});
