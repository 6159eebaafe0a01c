import { uniformF32, uniformFromBitsF32 } from "../../assembly/uniform";
import { roundUp, touched, uniform, wipe, word32 } from "./reference";

const bits: usize = memory.data(8192, 16);
const out: usize = memory.data(8192, 16);

/** Bounds of every kind: the spans between them are powers of two, infinite, 0, subnormal, tiny, and negative. */
const MINVALS: StaticArray<f32> = [
  0,
  -1,
  -0.0,
  3,
  1e-38,
  -3.4e38,
  1.1754944e-38,
  f32.NaN,
  0,
  -0.9544997,
  0,
  0,
  -1e-30,
  1e-31,
];
const MAXVALS: StaticArray<f32> = [
  1,
  1,
  1,
  1,
  1,
  <f32>Infinity,
  1.1754944e-38,
  1,
  1.2e-38,
  0.9544997,
  8.271806e-25,
  8.2e-25,
  -3,
  3,
];

function same(a: f32, b: f32): bool {
  return reinterpret<u32>(a) == reinterpret<u32>(b) || (isNaN(a) && isNaN(b));
}

describe("uniform", () => {
  test("of key(42) is JAX's: 3efa3824 3f2e0730 3f1dc3f8 3f0f9ec0", () => {
    uniformF32(0, 42, 0, 0, 0, 1, out, 4, true);
    expect(load<u32>(out, 0)).toBe(0x3efa3824);
    expect(load<u32>(out, 4)).toBe(0x3f2e0730);
    expect(load<u32>(out, 8)).toBe(0x3f1dc3f8);
    expect(load<u32>(out, 12)).toBe(0x3f0f9ec0);
  });

  test("agrees with the scalar reference for every bound and size, subnormal results flushed, NaN kept", () => {
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      for (let c = 0; c < MINVALS.length; c++) {
        uniformF32(7, n, 1, 2, MINVALS[c], MAXVALS[c], out, n, true);
        for (let i: u32 = 0; i < n; i++) {
          wrong += same(load<f32>(out + i * 4), uniform(word32(7, n, 1, 2 + i), MINVALS[c], MAXVALS[c])) ? 0 : 1;
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("takes the smallest and the largest bits, in place too", () => {
    store<u32>(bits, 0, 0);
    store<u32>(bits, 0xffffffff, 4);
    store<u32>(bits, 0x1ff, 8);
    store<u32>(bits, 0x200, 12);
    uniformFromBitsF32(bits, 0, 1, bits, 4, true);
    expect(load<u32>(bits, 0)).toBe(0);
    expect(load<u32>(bits, 4)).toBe(0x3f7ffffe);
    expect(load<u32>(bits, 8)).toBe(0);
    expect(load<u32>(bits, 12)).toBe(0x34000000);
  });

  test("writes nothing past the next multiple of 4 elements", () => {
    let over = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      wipe(out, 1024);
      uniformFromBitsF32(bits, -1, 1, out, n, true);
      over += touched(out + roundUp(n, 4) * 4, 1024 - roundUp(n, 4) * 4);
    }
    expect(over).toBe(0);
  });
});
