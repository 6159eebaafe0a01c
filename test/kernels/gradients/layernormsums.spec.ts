import { layerNormTermsF32 } from "../../../assembly/gradients/layernormsums";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const x: usize = memory.data(64, 16);
const scale: usize = memory.data(32, 16);
const numbers: usize = memory.data(16, 16);

describe("layerNormTermsF32", () => {
  test("writes both products of each row, and nothing behind the last", () => {
    wipe(ct, 64);
    wipe(x, 64);
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(ct + (i << 2), 2);
      store<f32>(x + (i << 2), <f32>i);
      store<f32>(scale + ((i % 5) << 2), 3);
    }
    // Means and roots of two rows.
    for (let i: u32 = 0; i < 4; i++) store<f32>(numbers + (i << 2), <f32>(i + 1));
    layerNormTermsF32(ct, x, scale, numbers, numbers + 8, 2, 5);
    for (let i: u32 = 0; i < 10; i++) {
      const row: f32 = i < 5 ? 0 : 1;
      expect(load<f32>(ct + (i << 2))).toBe(6 * (<f32>i - 1 - row));
      expect(load<f32>(x + (i << 2))).toBe(-6 * (3 + row));
    }
    expect(touched(ct + 40, 24)).toBe(0);
    expect(touched(x + 40, 24)).toBe(0);
  });
});
