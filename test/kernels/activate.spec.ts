import { activateF32 } from "../../assembly/activate";
import { Activation } from "../../assembly/opcodes";
import { roundUp, touched, wipe } from "./reference";

const x: usize = memory.data(4096, 16);

function at(op: Activation, value: f32, a: f32 = 1, b: f32 = 1): f32 {
  store<f32>(x, value);
  activateF32(op, x, a, b, 1, true);
  return load<f32>(x);
}

describe("activateF32", () => {
  test("has the values at which a formula is simple", () => {
    expect(at(Activation.gelu, 0)).toBe(0);
    expect(at(Activation.gelu, 20)).toBe(20);
    expect(at(Activation.geluErf, -20)).toBe(-0.0);
    expect(at(Activation.silu, 0)).toBe(0);
    expect(at(Activation.silu, 100)).toBe(100);
    expect(at(Activation.elu, -100, 2, 3)).toBe(-6);
    expect(at(Activation.elu, 4, 2, 3)).toBe(12);
    expect(at(Activation.celu, -100, 2)).toBe(-2);
    expect(at(Activation.softplus, 50)).toBe(50);
    expect(at(Activation.softplus, -50, -1)).toBe(-50);
    expect(at(Activation.leakyRelu, -2, 0.5)).toBe(-1);
    expect(at(Activation.relu6, 7)).toBe(6);
    expect(at(Activation.clip, -3, -1)).toBe(-1);
    expect(at(Activation.clip, 3, -1, 2)).toBe(2);
    expect(at(Activation.hardSigmoid, -3)).toBe(0);
    expect(at(Activation.hardSilu, 3)).toBe(3);
    expect(at(Activation.softSign, -1)).toBe(-0.5);
  });

  test("clip orders zeros by their signs", () => {
    expect(reinterpret<i32>(at(Activation.clip, -0.0, 0, 1))).toBe(0);
    expect(reinterpret<i32>(at(Activation.clip, 0, -1, -0.0))).toBe(i32.MIN_VALUE);
    expect(reinterpret<i32>(at(Activation.clip, 0, -0.0, 1))).toBe(0);
    expect(reinterpret<i32>(at(Activation.clip, -0.0, -1, 0))).toBe(i32.MIN_VALUE);
  });

  test("keeps NaN", () => {
    for (let op = 0; op <= Activation.softSign; op++) expect(isNaN(at(<Activation>op, f32.NaN))).toBe(true);
  });

  test("writes nothing past the next multiple of 16 elements, at the edges of a pass too", () => {
    let over = 0;
    for (let op = 0; op <= Activation.softSign; op++) {
      for (let n: u32 = 0; n <= 67; n++) {
        const size = n < 60 ? n : n + 200;
        const end = roundUp(size, 16) * 4;
        wipe(x, 2048);
        activateF32(<Activation>op, x, 1, 1, size, true);
        over += touched(x + end, 2048 - end);
      }
    }
    expect(over).toBe(0);
  });
});
