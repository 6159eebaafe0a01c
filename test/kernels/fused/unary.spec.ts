import { unaryF32 } from "../../../assembly/fused/unary";
import { Unary } from "../../../assembly/opcodes";
import * as emulated from "../../../assembly/unary";
import { roundUp, touched, wipe } from "../reference";

const input: usize = memory.data(4096, 16);
const out: usize = memory.data(4096, 16);
const expected: usize = memory.data(4096, 16);

const functions: StaticArray<i32> = [
  Unary.exp,
  Unary.expm1,
  Unary.log,
  Unary.log1p,
  Unary.tanh,
  Unary.erf,
  Unary.logistic,
];

/** How many of `n` results have other bits than those of the emulation; NaN is NaN. */
function differences(op: i32, n: u32): i32 {
  unaryF32(op, input, out, n);
  emulated.unaryF32(op, input, expected, n, true);
  let wrong = 0;
  for (let i: u32 = 0; i < n; i++) {
    const y = load<f32>(out + i * 4);
    const z = load<f32>(expected + i * 4);
    wrong += load<u32>(out + i * 4) != load<u32>(expected + i * 4) && (y == y || z == z) ? 1 : 0;
  }
  return wrong;
}

// The specs run without relaxed SIMD, so that `fma` is emulated here: what is tested is everything else.
describe("the functions of the module of fused multiply-adds", () => {
  test("agree with the emulation on 2^17 words", () => {
    for (let f = 0; f < functions.length; f++) {
      let wrong = 0;
      for (let from: u32 = 0; from < 128; from++) {
        for (let i: u32 = 0; i < 1000; i++) store<u32>(input + i * 4, (from << 25) + i * 33555 + from);
        wrong += differences(functions[f], 1000);
      }
      expect(wrong).toBe(0, functions[f].toString());
    }
  });

  test("write nothing past the next multiple of 4 elements, and every element before", () => {
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      for (let i: u32 = 0; i < roundUp(n, 4); i++) store<f32>(input + i * 4, <f32>i / 8);
      for (let f = 0; f < functions.length; f++) {
        wipe(out, 1024);
        unaryF32(functions[f], input, out, n);
        const end = roundUp(n, 4) * 4;
        wrong += touched(out + end, 1024 - end);
        for (let i: u32 = 0; i < n; i++) wrong += load<u32>(out + i * 4) == 0xa5a5a5a5 ? 1 : 0;
      }
    }
    expect(wrong).toBe(0);
  });
});
