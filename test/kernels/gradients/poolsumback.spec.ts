import { poolSumBackF32 } from "../../../assembly/gradients/poolsumback";
import { touched, wipe } from "../reference";

const out: usize = memory.data(1024, 16);
const ct: usize = memory.data(1024, 16);
const segments: usize = memory.data(32, 16);
const offsets: usize = memory.data(16, 16);

describe("poolSumBackF32", () => {
  test("adds each feature to all that two segments see, and touches nothing behind them", () => {
    store<u32>(offsets, 0);
    store<u32>(offsets, 100, 4);
    for (let features: u32 = 1; features <= 19; features++) {
      let wrong = 0;
      for (let i: u32 = 0; i < features * 3; i++) store<f32>(ct + (i << 2), <f32>(i + 1));
      wipe(out, 1024);
      memory.fill(out, 0, 400);
      store<u32>(segments, <u32>out);
      store<u32>(segments, 2, 4);
      store<u32>(segments, <u32>offsets, 8);
      store<u32>(segments, 2, 12);
      store<u32>(segments, <u32>(out + 200), 16);
      store<u32>(segments, 1, 20);
      store<u32>(segments, <u32>offsets, 24);
      store<u32>(segments, 1, 28);
      poolSumBackF32(segments, ct, 2, 0, features);
      for (let c: u32 = 0; c < features; c++) {
        const both: f32 = <f32>(c + c + features + 2);
        wrong += load<f32>(out + (c << 2)) == both ? 0 : 1;
        wrong += load<f32>(out + 100 + (c << 2)) == both ? 0 : 1;
        wrong += load<f32>(out + 200 + (c << 2)) == <f32>(features + features + c + 1) ? 0 : 1;
      }
      wrong += touched(out + 400, 624);
      expect(wrong).toBe(0);
    }
  });
});
