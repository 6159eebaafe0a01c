import { batchNormTermsF32 } from "../../../assembly/gradients/batchnormterms";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const x: usize = memory.data(64, 16);
const mean: usize = memory.data(32, 16);

describe("batchNormTermsF32", () => {
  test("takes the mean of each column, and writes nothing behind the last row", () => {
    wipe(ct, 64);
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(ct + (i << 2), 2);
      store<f32>(x + (i << 2), <f32>i);
      if (i < 5) store<f32>(mean + (i << 2), <f32>(i + 1));
    }
    batchNormTermsF32(ct, x, mean, 2, 5);
    for (let i: u32 = 0; i < 10; i++) expect(load<f32>(ct + (i << 2))).toBe(i < 5 ? -2 : 8);
    expect(touched(ct + 40, 24)).toBe(0);
  });
});
