import { reluF32 } from "../../assembly/relu";
import { roundUp, touched, wipe } from "./reference";

const x: usize = memory.data(1024, 16);

describe("reluF32", () => {
  test("keeps what is normal and positive, and NaN", () => {
    store<f32>(x, 2);
    store<f32>(x, -2, 4);
    store<f32>(x, 1e-40, 8);
    store<f32>(x, f32.MIN_NORMAL_VALUE, 12);
    store<f32>(x, -0.0, 16);
    store<u32>(x, 0x7fc00000, 20);
    store<u32>(x, 0x7f800000, 24);
    reluF32(x, 7);
    expect(load<f32>(x)).toBe(2);
    expect(load<u32>(x, 4)).toBe(0);
    expect(load<u32>(x, 8)).toBe(0);
    expect(load<f32>(x, 12)).toBe(f32.MIN_NORMAL_VALUE);
    expect(load<u32>(x, 16)).toBe(0);
    expect(load<u32>(x, 20)).toBe(0x7fc00000);
    expect(load<u32>(x, 24)).toBe(0x7f800000);
  });

  test("writes nothing past the next multiple of 16 elements", () => {
    let over = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      wipe(x, 1024);
      reluF32(x, n);
      over += touched(x + roundUp(n, 16) * 4, 1024 - roundUp(n, 16) * 4);
    }
    expect(over).toBe(0);
  });
});
