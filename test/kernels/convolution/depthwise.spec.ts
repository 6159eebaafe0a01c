import { depthwiseF32 } from "../../../assembly/convolution/depthwise";
import { touched, wipe } from "../reference";

const image: usize = memory.data(4096, 16);
const w: usize = memory.data(1024, 16);
const bias: usize = memory.data(256, 16);
const y: usize = memory.data(8192, 16);
const lines: usize = memory.data(16, 16);
const offsets: usize = memory.data(16, 16);

/** Two lines of windows of three positions; every sum as it is defined. */
function wrong(places: u32, features: u32, multiplier: u32, biasPtr: usize): i32 {
  const m = features * multiplier;
  for (let i: u32 = 0; i < 1024; i++) store<f32>(image + i * 4, <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
  for (let i: u32 = 0; i < 3 * m; i++) store<f32>(w + i * 4, <f32>1 / <f32>(i + 2) - <f32>(i % 5) * <f32>0.2);
  for (let i: u32 = 0; i < m; i++) store<f32>(bias + i * 4, <f32>i + <f32>0.1);
  store<u32>(lines, <u32>image);
  store<u32>(lines, <u32>image + 1200, 4);
  store<u32>(offsets, 0);
  store<u32>(offsets, features * 4, 4);
  store<u32>(offsets, 600, 8);
  wipe(y, 8192);
  depthwiseF32(lines, offsets, w, biasPtr, y, 2, places, features * 4, 3, m, multiplier);
  let differing = 0;
  for (let i: u32 = 0; i < 2 * places; i++) {
    for (let j: u32 = 0; j < m; j++) {
      const from = load<u32>(lines + (i / places) * 4) + ((i % places) * features + j / multiplier) * 4;
      let sum: f32 = 0;
      for (let q: u32 = 0; q < 3; q++)
        sum = sum + load<f32>(from + load<u32>(offsets + q * 4)) * load<f32>(w + (q * m + j) * 4);
      if (biasPtr) sum = sum + load<f32>(bias + j * 4);
      differing += load<u32>(y + (i * m + j) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return differing + touched(y + 2 * places * m * 4, 8192 - 2 * places * m * 4);
}

describe("depthwiseF32", () => {
  test("gives the written sums for every number of places, features and multipliers, and writes nothing behind", () => {
    let differing = 0;
    for (let places: u32 = 1; places <= 9; places++)
      for (let features: u32 = 1; features <= 19; features++)
        for (let multiplier: u32 = 1; multiplier <= 3; multiplier++)
          differing += wrong(places, features, multiplier, 0) + wrong(places, features, multiplier, bias);
    expect(differing).toBe(0);
  });
});
