import { Unary } from "../../assembly/opcodes";
import { unaryF32 } from "../../assembly/unary";
import { inverse, roundUp, touched, wipe } from "./reference";

const input: usize = memory.data(1024, 16);
const out: usize = memory.data(1024, 16);

/** The bits of op(x), for the bits of x. */
function at(op: Unary, fused: bool, x: u32): u32 {
  store<u32>(input, x);
  unaryF32(op, input, out, 1, fused);
  return load<u32>(out);
}

describe("elementary functions", () => {
  test("have JAX's bits where the profiles differ, fused", () => {
    expect(at(Unary.exp, true, 0xc100ab0b)).toBe(0x39a8af91);
    expect(at(Unary.expm1, true, 0xbfd2b52b)).toBe(0xbf4ea551);
    expect(at(Unary.log, true, 0x40215f00)).toBe(0x3f6cc13c);
    expect(at(Unary.log1p, true, 0x40927f28)).toBe(0x3fdc02c3);
    expect(at(Unary.tanh, true, 0xc17c31a5)).toBe(0xbf800000);
    expect(at(Unary.erfInv, true, 0x3f617ff8)).toBe(0x3f8d0c9d);
    expect(at(Unary.logistic, true, 0xc10b01b0)).toBe(0x3930c5bb);
  });

  test("have JAX's bits where the profiles differ, each product rounded", () => {
    expect(at(Unary.exp, false, 0xc100ab0b)).toBe(0x39a8af92);
    expect(at(Unary.expm1, false, 0xbfd2b52b)).toBe(0xbf4ea550);
    expect(at(Unary.log, false, 0x40215f00)).toBe(0x3f6cc13d);
    expect(at(Unary.log1p, false, 0x40927f28)).toBe(0x3fdc02c2);
    expect(at(Unary.tanh, false, 0xc17c31a5)).toBe(0xbf7ffffd);
    expect(at(Unary.erfInv, false, 0x3f617ff8)).toBe(0x3f8d0c9c);
    expect(at(Unary.logistic, false, 0xc10b01b0)).toBe(0x3930c5bc);
  });

  test("of 0.3 are right", () => {
    expect(at(Unary.erf, true, 0x3e99999a)).toBe(0x3ea841c6);
    expect(at(Unary.sqrt, true, 0x3e99999a)).toBe(0x3f0c378c);
    expect(at(Unary.sin, true, 0x3e99999a)).toBe(0x3e974e6d);
    expect(at(Unary.cos, true, 0x3e99999a)).toBe(0x3f7490ef);
    expect(at(Unary.tan, true, 0x3e99999a)).toBe(0x3e9e6153);
  });

  test("flush subnormals, save where the result is x itself", () => {
    for (let op: i32 = 0; op <= Unary.tan; op++) {
      const keeps = op == Unary.tanh || op == Unary.expm1;
      expect(at(op, true, 0x807fffff)).toBe(keeps ? 0x807fffff : at(op, true, 0x80000000));
    }
  });

  test("write nothing past the next multiple of 16 elements, and every element before", () => {
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      for (let i: u32 = 0; i < roundUp(n, 16); i++) store<f32>(input + i * 4, <f32>i / 8);
      for (let op: i32 = 0; op <= Unary.tan; op++) {
        wipe(out, 1024);
        unaryF32(op, input, out, n, true);
        const end = roundUp(n, 16) * 4;
        wrong += touched(out + end, 1024 - end);
        for (let i: u32 = 0; i < n; i++) wrong += load<u32>(out + i * 4) == 0xa5a5a5a5 ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });
});

/** More than one chunk. */
const MANY: u32 = 1100;
const values: usize = memory.data(1104 * 4, 16);
const results: usize = memory.data(1104 * 4, 16);

/** How many of the results for `values` differ from the scalar reference, out of place and in place. */
function inverseDifferences(n: u32): i32 {
  let wrong = 0;
  unaryF32(Unary.erfInv, values, results, n, true);
  for (let i: u32 = 0; i < n; i++)
    wrong += load<u32>(results + i * 4) != reinterpret<u32>(inverse(load<f32>(values + i * 4))) ? 1 : 0;
  unaryF32(Unary.erfInv, values, values, n, true);
  for (let i: u32 = 0; i < n; i++) wrong += load<u32>(results + i * 4) != load<u32>(values + i * 4) ? 1 : 0;
  return wrong;
}

describe("erfInv, fused", () => {
  test("agrees with the scalar reference for 2^19 inputs from 2^-64 to 1, of both signs", () => {
    let wrong = 0;
    for (let from: u32 = 0x1f800000; from < 0x3f800000; from += 1024 * 1024) {
      for (let i: u32 = 0; i < 1024; i++) store<u32>(values + i * 4, (from + i * 1024 + (from >> 20)) | (i << 31));
      wrong += inverseDifferences(1024);
    }
    expect(wrong).toBe(0);
  });

  test("agrees at every size up to 67 and past a chunk", () => {
    let wrong = 0;
    for (let n: u32 = 0; n <= 68; n++) {
      const size = n == 68 ? MANY : n;
      for (let i: u32 = 0; i < size; i++) store<f32>(values + i * 4, (<f32>((i * 797) % 2001) + 0.5) / 1001 - 1);
      wrong += inverseDifferences(size);
    }
    expect(wrong).toBe(0);
  });

  test("agrees in a chunk that holds zeros, tiny numbers, -1 and 1", () => {
    let wrong = 0;
    const odd: StaticArray<u32> = [0, 0x80000000, 0x00800000, 0x80900000, 0x0d000000, 0x3f800000, 0xbf800000];
    for (let o = 0; o < odd.length; o++) {
      for (let i: u32 = 0; i < 100; i++) store<f32>(values + i * 4, (<f32>i - 49.5) / 50);
      store<u32>(values + 4 * (13 + 7 * o), odd[o]);
      wrong += inverseDifferences(100);
    }
    expect(wrong).toBe(0);
  });

  test("is NaN outside of -1 to 1, with its neighbours unharmed", () => {
    for (let i: u32 = 0; i < 8; i++) store<f32>(values + i * 4, 0.5);
    store<f32>(values, 1.5, 8);
    store<f32>(values, f32.NEGATIVE_INFINITY, 16);
    store<f32>(values, f32.NaN, 24);
    unaryF32(Unary.erfInv, values, results, 8, true);
    for (let i: u32 = 0; i < 8; i++) {
      if (i == 2 || i == 4 || i == 6) expect(isNaN(load<f32>(results + i * 4))).toBe(true);
      else expect(load<f32>(results + i * 4)).toBe(inverse(0.5));
    }
  });
});
