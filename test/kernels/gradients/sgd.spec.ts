import { sgdF32 } from "../../../assembly/gradients/sgd";

const p: usize = memory.data(16, 16);
const g: usize = memory.data(16, 16);

describe("sgdF32", () => {
  test("moves by the rate times the gradient", () => {
    for (let i: u32 = 0; i < 4; i++) {
      store<f32>(p + (i << 2), 1);
      store<f32>(g + (i << 2), <f32>i);
    }
    sgdF32(p, g, 4, -0.5);
    for (let i: u32 = 0; i < 4; i++) expect(load<f32>(p + (i << 2))).toBe(1 - 0.5 * <f32>i);
  });
});
