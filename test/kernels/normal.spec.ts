import { normalF32, normalFromBitsF32 } from "../../assembly/normal";
import { normal, roundUp, touched, wipe, word32 } from "./reference";

const BLOCK: u32 = 4096;
const bits: usize = memory.data(4096 * 4 + 64, 16);
const out: usize = memory.data(4096 * 4 + 64, 16);
const SIZES: StaticArray<u32> = [255, 257, 1023, 1024, 1025, 1040, 2047, 2048, 2049, 4095, 4096];

/** How many of the first n results differ from the scalar reference of `bits`. */
function differences(n: u32): i32 {
  let wrong = 0;
  for (let i: u32 = 0; i < n; i++) {
    wrong += load<u32>(out + i * 4) != reinterpret<u32>(normal(load<u32>(bits + i * 4))) ? 1 : 0;
  }
  return wrong;
}

describe("normal", () => {
  test("of key(42) is JAX's: bce7df15 3eef2be8 3e976661 3e1d3b24", () => {
    normalF32(0, 42, 0, 0, out, 4, true);
    expect(load<u32>(out, 0)).toBe(0xbce7df15);
    expect(load<u32>(out, 4)).toBe(0x3eef2be8);
    expect(load<u32>(out, 8)).toBe(0x3e976661);
    expect(load<u32>(out, 12)).toBe(0x3e1d3b24);
  });

  test("agrees with the scalar reference for sizes 0 to 67 and the chunk's edges", () => {
    let wrong = 0;
    for (let s: u32 = 0; s < 68 + 11; s++) {
      const n = s < 68 ? s : SIZES[s - 68];
      for (let i: u32 = 0; i < n; i++) store<u32>(bits + i * 4, word32(3, s, 0, i));
      normalFromBitsF32(bits, out, n, true);
      wrong += differences(n);
      normalF32(3, s, 0, 0, out, n, true);
      wrong += differences(n);
    }
    expect(wrong).toBe(0);
  });

  test("agrees for 2^19 inputs: all of both tails, and every 16th between", () => {
    let wrong = 0;
    for (let from: u32 = 0; from < 1 << 23; from += BLOCK) {
      const tail = from < 8 * BLOCK || from >= (1 << 23) - 8 * BLOCK;
      const n = tail ? BLOCK : BLOCK / 16;
      for (let i: u32 = 0; i < n; i++)
        store<u32>(bits + i * 4, (from + (tail ? i : i * 16 + ((from / BLOCK) % 16))) << 9);
      normalFromBitsF32(bits, out, n, true);
      wrong += differences(n);
    }
    expect(wrong).toBe(0);
  });

  test("takes chunks that hold nothing but one branch", () => {
    let wrong = 0;
    const words: StaticArray<u32> = [0, 0xffffffff, 0x80000000, 0x7fffffff, 0x10000000, 0xf0000000];
    for (let w = 0; w < words.length; w++) {
      for (let i: u32 = 0; i < 1030; i++) store<u32>(bits + i * 4, words[w]);
      normalFromBitsF32(bits, out, 1030, true);
      wrong += differences(1030);
    }
    expect(wrong).toBe(0);
  });

  test("works in place and writes nothing past the next multiple of 8 elements", () => {
    let over = 0;
    let wrong = 0;
    for (let n: u32 = 0; n <= 67; n++) {
      wipe(out, 1024);
      for (let i: u32 = 0; i < n; i++) store<u32>(out + i * 4, word32(1, 2, 3, i));
      normalFromBitsF32(out, out, n, true);
      for (let i: u32 = 0; i < n; i++)
        wrong += load<u32>(out + i * 4) != reinterpret<u32>(normal(word32(1, 2, 3, i))) ? 1 : 0;
      over += touched(out + roundUp(n, 8) * 4, 1024 - roundUp(n, 8) * 4);
    }
    expect(wrong).toBe(0);
    expect(over).toBe(0);
  });
});

describe("normal, each product rounded", () => {
  test("of the ends and of key(42)'s second word is JAX's", () => {
    store<u32>(bits, 0);
    store<u32>(bits, 0xffffffff, 4);
    store<u32>(bits, 0xae0730d9, 8);
    normalFromBitsF32(bits, out, 3, false);
    expect(load<u32>(out)).toBe(0xc0ad7080);
    expect(load<u32>(out, 4)).toBe(0x40a70b2a);
    expect(load<u32>(out, 8)).toBe(0x3eef2be8);
  });

  test("a draw is that of its bits", () => {
    normalF32(0, 42, 0, 0, out, 4, false);
    expect(load<u32>(out, 4)).toBe(0x3eef2be8);
  });
});
