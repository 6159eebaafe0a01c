import { epilogueF32 } from "../../../assembly/convolution/epilogue";
import { touched, wipe } from "../reference";

const y: usize = memory.data(2048, 16);
const norm: usize = memory.data(512, 16);

/** How many results of two rows [m], `stride` apart, are not what they are defined to be. */
function wrong(m: u32, stride: u32, hasNorm: bool, limit: f32): i32 {
  const list = (m + 3) & ~3;
  wipe(y, 2048);
  for (let row: u32 = 0; row < 2; row++)
    for (let j: u32 = 0; j < m; j++) store<f32>(y + (row * stride + j) * 4, <f32>j - <f32>3.3 + <f32>row * 5);
  for (let j: u32 = 0; j < m; j++) {
    store<f32>(norm + j * 4, <f32>j * <f32>0.1);
    store<f32>(norm + (list + j) * 4, <f32>1.7 - <f32>j);
    store<f32>(norm + (2 * list + j) * 4, <f32>0.3 * <f32>j);
  }
  epilogueF32(y, 2, m, stride, hasNorm ? norm : 0, limit);
  let differing = 0;
  for (let row: u32 = 0; row < 2; row++) {
    for (let j: u32 = 0; j < m; j++) {
      let value = <f32>j - <f32>3.3 + <f32>row * 5;
      if (hasNorm) value = (value - <f32>j * <f32>0.1) * (<f32>1.7 - <f32>j) + <f32>0.3 * <f32>j;
      if (limit >= 0) value = min<f32>(max<f32>(value, 0), limit);
      differing += load<f32>(y + (row * stride + j) * 4) == value ? 0 : 1;
    }
    differing += touched(y + (row * stride + m) * 4, (stride - m) * 4);
  }
  return differing + touched(y + 2 * stride * 4, 2048 - 2 * stride * 4);
}

describe("epilogueF32", () => {
  test("gives what is defined, in rows of every width, and writes nothing beside them", () => {
    let differing = 0;
    for (let m: u32 = 1; m <= 35; m++) {
      for (let stride = m; stride <= m + 5; stride++) {
        differing += wrong(m, stride, true, -1) + wrong(m, stride, true, 6) + wrong(m, stride, true, Infinity);
        differing += wrong(m, stride, false, 6) + wrong(m, stride, false, Infinity);
      }
    }
    expect(differing).toBe(0);
  });

  test("keeps NaN, and makes a subnormal 0 where there is an activation", () => {
    store<u32>(y, 0x7fc00000);
    store<u32>(y, 1, 4);
    store<f32>(y, -0.0, 8);
    epilogueF32(y, 1, 3, 3, 0, 6);
    expect(load<u32>(y)).toBe(0x7fc00000);
    expect(load<u32>(y, 4)).toBe(0);
    expect(load<u32>(y, 8)).toBe(0);
  });
});
