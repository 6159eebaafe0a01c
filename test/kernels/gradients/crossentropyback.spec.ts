import { crossEntropyBackF32 } from "../../../assembly/gradients/crossentropyback";
import { touched, wipe } from "../reference";

const e: usize = memory.data(64, 16);
const sum: usize = memory.data(64, 16);
const ct: usize = memory.data(64, 16);
const label: usize = memory.data(64, 16);

describe("crossEntropyBackF32", () => {
  test("shares ct, takes it from the label's column, and writes nothing behind the last", () => {
    wipe(e, 64);
    for (let i: u32 = 0; i < 10; i++) store<f32>(e + (i << 2), <f32>(i % 5));
    store<f32>(sum, 10);
    store<f32>(sum, 10, 4);
    store<f32>(ct, 20);
    store<f32>(ct, 40, 4);
    store<u32>(label, 4);
    store<u32>(label, <u32>-1, 4);
    crossEntropyBackF32(e, sum, ct, label, 2, 5);
    for (let i: u32 = 0; i < 10; i++)
      expect(load<f32>(e + (i << 2))).toBe(<f32>(i % 5) * (i < 5 ? 2 : 4) - (i == 4 ? 20 : 0));
    expect(touched(e + 40, 24)).toBe(0);
  });
});
