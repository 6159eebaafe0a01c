import { convolveF32, packGroupsF32 } from "../../../assembly/convolution/convolve";
import { packPanelsF32 } from "../../../assembly/matvec";
import { touched, wipe } from "../reference";

const image: usize = memory.data(1024, 16);
const w: usize = memory.data(8192, 16);
const packed: usize = memory.data(8192, 16);
const y: usize = memory.data(4096, 16);
const places: usize = memory.data(128, 16);
const runs: usize = memory.data(64, 16);
const bias: usize = memory.data(256, 16);

/** Windows of two runs of `run` elements, 8 elements apart; every sum as it is defined. */
function wrong(count: u32, run: u32, m: u32, biasPtr: usize): i32 {
  const n: u32 = 2 * run;
  for (let i: u32 = 0; i < 64; i++) store<f32>(image + i * 4, <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
  for (let i: u32 = 0; i < n * m; i++) store<f32>(w + i * 4, <f32>1 / <f32>(i + 2) - <f32>(i % 5) * <f32>0.2);
  for (let i: u32 = 0; i < m; i++) store<f32>(bias + i * 4, <f32>i + <f32>0.1);
  for (let i: u32 = 0; i < count; i++) store<u32>(places + i * 4, <u32>image + i * 8);
  store<u32>(runs, 0);
  store<u32>(runs, 32, 4);
  packPanelsF32(w, packed, n, 0, n, 0, m);
  wipe(y, 4096);
  convolveF32(places, runs, packed, biasPtr, y, count, 2, run, m, 1, 0);
  let differing = 0;
  for (let i: u32 = 0; i < count; i++) {
    for (let j: u32 = 0; j < m; j++) {
      let sum: f32 = 0;
      for (let k: u32 = 0; k < n; k++) {
        const at = i * 2 + (k < run ? k : 8 + k - run);
        sum = sum + load<f32>(image + at * 4) * load<f32>(w + (k * m + j) * 4);
      }
      if (biasPtr) sum = sum + load<f32>(bias + j * 4);
      differing += load<u32>(y + (i * m + j) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return differing + touched(y + count * m * 4, 4096 - count * m * 4);
}

/** Like `wrong`, of groups side by side in the image, each with weights of its own. */
function wrongGroups(count: u32, run: u32, groups: u32, m: u32): i32 {
  const n: u32 = 2 * run;
  const all = groups * m;
  for (let i: u32 = 0; i < 256; i++) store<f32>(image + i * 4, <f32>1 / <f32>(i + 3) - <f32>(i % 7) * <f32>0.3);
  for (let i: u32 = 0; i < n * all; i++) store<f32>(w + i * 4, <f32>1 / <f32>(i + 2) - <f32>(i % 5) * <f32>0.2);
  for (let i: u32 = 0; i < all; i++) store<f32>(bias + i * 4, <f32>i + <f32>0.1);
  for (let i: u32 = 0; i < count; i++) store<u32>(places + i * 4, <u32>image + i * 16);
  store<u32>(runs, 0);
  store<u32>(runs, 96, 4);
  packGroupsF32(w, packed, n, 0, 1, groups, m);
  packGroupsF32(w + all * 4, packed, n, 1, n - 1, groups, m);
  wipe(y, 4096);
  convolveF32(places, runs, packed, bias, y, count, 2, run, m, groups, run * 4);
  let differing = 0;
  for (let i: u32 = 0; i < count; i++) {
    for (let j: u32 = 0; j < all; j++) {
      let sum: f32 = 0;
      for (let k: u32 = 0; k < n; k++) {
        const at = i * 4 + (j / m) * run + (k < run ? k : 24 + k - run);
        sum = sum + load<f32>(image + at * 4) * load<f32>(w + (k * all + j) * 4);
      }
      sum = sum + load<f32>(bias + j * 4);
      differing += load<u32>(y + (i * all + j) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return differing + touched(y + count * all * 4, 4096 - count * all * 4);
}

describe("convolveF32", () => {
  test("gives the written sums of groups of every width", () => {
    let differing = 0;
    for (let count: u32 = 1; count <= 19; count += 3)
      for (let groups: u32 = 2; groups <= 4; groups++)
        for (let m: u32 = 1; m <= 13; m++) differing += wrongGroups(count, 1 + (m & 3), groups, m);
    expect(differing).toBe(0);
  });

  test("gives the written sums for every number of places, run and width, and writes nothing behind them", () => {
    let differing = 0;
    for (let count: u32 = 1; count <= 9; count++)
      for (let run: u32 = 1; run <= 5; run++)
        for (let m: u32 = 1; m <= 37; m += 3) differing += wrong(count, run, m, 0) + wrong(count, run, m, bias);
    expect(differing).toBe(0);
  });
});
