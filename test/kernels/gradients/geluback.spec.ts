import { geluBackF32, geluInnerF32 } from "../../../assembly/gradients/geluback";

const ct: usize = memory.data(16, 16);
const x: usize = memory.data(16, 16);
const t: usize = memory.data(16, 16);

describe("geluBackF32", () => {
  test("passes half of the cotangent at 0", () => {
    store<f32>(x, 0);
    store<f32>(ct, 3);
    geluInnerF32(x, t, 1);
    expect(load<f32>(t)).toBe(0);
    geluBackF32(ct, x, t, 1);
    expect(load<f32>(ct)).toBe(1.5);
  });

  test("passes all of it where tanh is 1", () => {
    store<f32>(x, 8);
    store<f32>(ct, 3);
    store<f32>(t, 1);
    geluBackF32(ct, x, t, 1);
    expect(load<f32>(ct)).toBe(3);
  });
});
