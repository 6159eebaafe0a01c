import { powF32 } from "../../assembly/pow";
import { touched, wipe } from "./reference";

const input: usize = memory.data(1024, 16);
const second: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);

function pow(x: f32, y: f32): f32 {
  store<f32>(input, x);
  store<f32>(second, y);
  powF32(input, second, out, 1);
  return load<f32>(out);
}

describe("powF32", () => {
  test("has its known answers", () => {
    expect(pow(2, 0.5)).toBe(reinterpret<f32>(0x3fb504f3));
    expect(pow(-2, 3)).toBe(-8);
    expect(pow(10, -1)).toBe(0.1);
    expect(pow(f32.NaN, 0)).toBe(1);
    expect(pow(1, f32.NaN)).toBe(1);
    expect(isNaN(pow(-8, 0.25))).toBe(true);
    expect(reinterpret<u32>(pow(-0.0, 3))).toBe(0x80000000);
    expect(pow(2, 128)).toBe(f32.POSITIVE_INFINITY);
    expect(pow(2, -127)).toBe(0);
  });

  test("writes n elements", () => {
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      for (let i: u32 = 0; i < n; i++) {
        store<f32>(input + i * 4, <f32>i);
        store<f32>(second + i * 4, 2);
      }
      wipe(out, 1024);
      powF32(input, second, out, n);
      for (let i: u32 = 0; i < n; i++) wrong += load<f32>(out + i * 4) == <f32>(i * i) ? 0 : 1;
      wrong += touched(out + n * 4, 1024 - n * 4);
    }
    expect(wrong).toBe(0);
  });
});
