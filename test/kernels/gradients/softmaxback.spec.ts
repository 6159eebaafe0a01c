import { productsF32, softmaxBackF32 } from "../../../assembly/gradients/softmaxback";
import { touched, wipe } from "../reference";

const ct: usize = memory.data(64, 16);
const y: usize = memory.data(64, 16);
const out: usize = memory.data(64, 16);

describe("productsF32", () => {
  test("multiplies, subnormals as zeros", () => {
    store<f32>(ct, 3);
    store<f32>(y, 0.5);
    store<u32>(ct, 1, 4);
    store<f32>(y, 1e30, 4);
    productsF32(ct, y, out, 2);
    expect(load<f32>(out)).toBe(1.5);
    expect(load<f32>(out, 4)).toBe(0);
  });
});

describe("softmaxBackF32", () => {
  test("takes the sum of each row, and writes nothing behind the last", () => {
    wipe(ct, 64);
    for (let i: u32 = 0; i < 10; i++) {
      store<f32>(ct + (i << 2), <f32>i);
      store<f32>(y + (i << 2), 2);
    }
    store<f32>(out, 1);
    store<f32>(out, 5, 4);
    softmaxBackF32(ct, y, out, 2, 5);
    for (let i: u32 = 0; i < 10; i++) expect(load<f32>(ct + (i << 2))).toBe(2 * (<f32>i - (i < 5 ? 1 : 5)));
    expect(touched(ct + 40, 24)).toBe(0);
  });
});
