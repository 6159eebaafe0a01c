import * as emulated from "../../../assembly/activate";
import { activateF32 } from "../../../assembly/fused/activate";
import { Activation } from "../../../assembly/opcodes";

const values: usize = memory.data(4096, 16);
const expected: usize = memory.data(4096, 16);

describe("the activations of the module of fused multiply-adds", () => {
  test("agree with the emulation on 2^16 words", () => {
    for (let op: i32 = Activation.gelu; op <= Activation.softplus; op++) {
      let wrong = 0;
      for (let from: u32 = 0; from < 64; from++) {
        for (let i: u32 = 0; i < 1000; i++) {
          const word: u32 = (from << 26) + i * 67109 + from;
          store<u32>(values + i * 4, word);
          store<u32>(expected + i * 4, word);
        }
        activateF32(op, values, 1, 1, 1000);
        emulated.activateF32(op, expected, 1, 1, 1000, true);
        for (let i: u32 = 0; i < 1000; i++) {
          const y = load<f32>(values + i * 4);
          const z = load<f32>(expected + i * 4);
          wrong += load<u32>(values + i * 4) != load<u32>(expected + i * 4) && (y == y || z == z) ? 1 : 0;
        }
      }
      expect(wrong).toBe(0, op.toString());
    }
  });
});
