import { truncatedNormalF32, truncatedNormalFromBitsF32 } from "../../assembly/truncatednormal";
import { roundUp, touched, truncated, wipe, word32 } from "./reference";

const bits: usize = memory.data(1104 * 4, 16);
const out: usize = memory.data(1104 * 4, 16);

/** The uniform's bounds and the clip's, of normals in (-2, 2), (0, inf), (-inf, inf) and (2, 5). */
const MINVALS: StaticArray<f32> = [-0.9544997, 0, -1, 0.9544997];
const MAXVALS: StaticArray<f32> = [0.9544997, 1, 1, 0.9999994];
const CLIP_MINS: StaticArray<f32> = [-1.9999999, 0, -Infinity, 2.0000002];
const CLIP_MAXS: StaticArray<f32> = [1.9999999, Infinity, Infinity, 4.9999995];

/** How many of the first n results differ from the scalar reference of `bits`. */
function differences(n: u32, b: i32): i32 {
  let wrong = 0;
  for (let i: u32 = 0; i < n; i++) {
    const expected = truncated(load<u32>(bits + i * 4), MINVALS[b], MAXVALS[b], CLIP_MINS[b], CLIP_MAXS[b]);
    wrong += load<u32>(out + i * 4) != reinterpret<u32>(expected) ? 1 : 0;
  }
  return wrong;
}

describe("truncatedNormalF32", () => {
  test("agrees with the scalar reference at every size up to 67 and past a chunk, with bounds of every kind", () => {
    let wrong = 0;
    for (let b = 0; b < MINVALS.length; b++) {
      for (let s: u32 = 0; s <= 68; s++) {
        const n: u32 = s == 68 ? 1100 : s;
        for (let i: u32 = 0; i < n; i++) store<u32>(bits + i * 4, word32(3, s, 0, i));
        truncatedNormalFromBitsF32(bits, MINVALS[b], MAXVALS[b], CLIP_MINS[b], CLIP_MAXS[b], out, n, true);
        wrong += differences(n, b);
        truncatedNormalF32(3, s, 0, 0, MINVALS[b], MAXVALS[b], CLIP_MINS[b], CLIP_MAXS[b], out, n, true);
        wrong += differences(n, b);
      }
    }
    expect(wrong).toBe(0);
  });

  test("takes the smallest and the largest bits, and those of 0", () => {
    let wrong = 0;
    for (let b = 0; b < MINVALS.length; b++) {
      for (let i: u32 = 0; i < 16; i++) store<u32>(bits + i * 4, i % 3 == 0 ? 0 : i % 3 == 1 ? 0xffffffff : 0x80000000);
      truncatedNormalFromBitsF32(bits, MINVALS[b], MAXVALS[b], CLIP_MINS[b], CLIP_MAXS[b], out, 16, true);
      wrong += differences(16, b);
    }
    expect(wrong).toBe(0);
  });

  test("with each product rounded, of key(42) between -2 and 2, stays near the fused", () => {
    let far = 0;
    truncatedNormalF32(0, 42, 0, 0, MINVALS[0], MAXVALS[0], CLIP_MINS[0], CLIP_MAXS[0], bits, 64, true);
    truncatedNormalF32(0, 42, 0, 0, MINVALS[0], MAXVALS[0], CLIP_MINS[0], CLIP_MAXS[0], out, 64, false);
    for (let i = 0; i < 64; i++) far += abs(load<f32>(bits + i * 4) - load<f32>(out + i * 4)) < 0.000001 ? 0 : 1;
    expect(far).toBe(0);
  });

  test("keeps NaN bounds' NaN, and the upper bound where the two are in the wrong order", () => {
    truncatedNormalF32(0, 1, 0, 0, f32.NaN, f32.NaN, f32.NaN, 2, out, 5, true);
    for (let i = 0; i < 5; i++) expect(isNaN(load<f32>(out + i * 4))).toBe(true);
    truncatedNormalF32(0, 1, 0, 0, 0.5, -0.5, 2, -2, out, 5, true);
    for (let i = 0; i < 5; i++) expect(load<f32>(out + i * 4)).toBe(-2);
  });

  test("works in place and writes nothing past the next multiple of 8 elements", () => {
    let over = 0;
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      wipe(out, 1024);
      for (let i: u32 = 0; i < n; i++) {
        store<u32>(bits + i * 4, word32(1, 2, 3, i));
        store<u32>(out + i * 4, word32(1, 2, 3, i));
      }
      truncatedNormalFromBitsF32(out, MINVALS[0], MAXVALS[0], CLIP_MINS[0], CLIP_MAXS[0], out, n, true);
      wrong += differences(n, 0);
      over += touched(out + roundUp(n, 8) * 4, 1024 - roundUp(n, 8) * 4);
    }
    expect(wrong).toBe(0);
    expect(over).toBe(0);
  });
});
