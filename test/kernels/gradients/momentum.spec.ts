import { momentumF32 } from "../../../assembly/gradients/momentum";

const p: usize = memory.data(16, 16);
const g: usize = memory.data(16, 16);
const t: usize = memory.data(16, 16);

function step(nesterov: boolean): void {
  for (let i: u32 = 0; i < 4; i++) {
    store<f32>(p + (i << 2), 3);
    store<f32>(g + (i << 2), 2);
    store<f32>(t + (i << 2), 1);
  }
  momentumF32(p, g, t, 4, -0.5, 0.5, nesterov);
}

describe("momentumF32", () => {
  test("moves by the trace", () => {
    step(false);
    expect(load<f32>(t)).toBe(2.5);
    expect(load<f32>(p)).toBe(1.75);
  });

  test("looks ahead with nesterov", () => {
    step(true);
    expect(load<f32>(t)).toBe(2.5);
    expect(load<f32>(p)).toBe(1.375);
  });
});
