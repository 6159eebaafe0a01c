import { adamF32 } from "../../../assembly/gradients/adam";

const p: usize = memory.data(16, 16);
const g: usize = memory.data(16, 16);
const m: usize = memory.data(16, 16);
const v: usize = memory.data(16, 16);

describe("adamF32", () => {
  test("moves by the rate at the first step", () => {
    for (let i: u32 = 0; i < 4; i++) {
      store<f32>(p + (i << 2), 1);
      store<f32>(g + (i << 2), 4);
      store<f32>(m + (i << 2), 0);
      store<f32>(v + (i << 2), 0);
    }
    adamF32(p, g, m, v, 4, -0.5, 0.5, 0.5, 0.5, 0.75, 0.25, 0.25, 0, 0, 0);
    expect(load<f32>(p)).toBe(0.5);
    expect(load<f32>(m, 12)).toBe(2);
    expect(load<f32>(v, 12)).toBe(4);
  });

  test("adds the decay of weights before the rate", () => {
    store<f32>(p, 2);
    store<f32>(g, 0);
    store<f32>(m, 0);
    store<f32>(v, 0);
    adamF32(p, g, m, v, 1, -0.5, 0.5, 0.5, 0.5, 0.75, 0.25, 0.25, 1, 0, 0.25);
    expect(load<f32>(p)).toBe(1.75);
  });
});
