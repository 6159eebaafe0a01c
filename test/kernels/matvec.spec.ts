import { matvecF32, matvecPanelsF32, packPanelsF32 } from "../../assembly/matvec";
import { roundUp, touched, wipe, word32 } from "./reference";

const MAX_N: u32 = 37;
const MAX_M: u32 = 131;
const x: usize = memory.data(64 * 4, 16);
const w: usize = memory.data(37 * 131 * 4 + 64, 16);
const packed: usize = memory.data(37 * 132 * 4 + 64, 16);
const y: usize = memory.data(256 * 4, 16);
const part: usize = memory.data(37 * 131 * 4 + 64, 16);

const SPECIAL: StaticArray<u32> = [
  0x7fc00000, 0x7f800000, 0xff800000, 0x80000000, 0, 1, 0x80000001, 0x007fffff, 0x7f7fffff, 0xff7fffff,
];

/** A float32 around 1, and now and then a special one. */
function value(seed: u32, i: u32, special: bool): u32 {
  const word = word32(seed, 99, 0, i);
  if (special && word % 41 == 0) return SPECIAL[(word >> 8) % 10];
  return (word & 0x81ffffff) | 0x3e000000;
}

function fillWith(n: u32, m: u32, special: bool): void {
  for (let i: u32 = 0; i < n; i++) store<u32>(x + i * 4, value(1, i + m, special));
  for (let i: u32 = 0; i < n * m; i++) store<u32>(w + i * 4, value(2, i + n, special));
}

/** How many outputs differ from the sums in the written order; any NaN equals any. */
function differences(n: u32, m: u32): i32 {
  let wrong = 0;
  for (let j: u32 = 0; j < m; j++) {
    let sum: f32 = 0;
    for (let k: u32 = 0; k < n; k++) {
      const product: f32 = load<f32>(x + k * 4) * load<f32>(w + (k * m + j) * 4);
      sum = sum + product;
    }
    const got = load<f32>(y + j * 4);
    wrong += reinterpret<u32>(got) == reinterpret<u32>(sum) || (isNaN(got) && isNaN(sum)) ? 0 : 1;
  }
  return wrong;
}

/** Calls `check` on small shapes of every kind: all widths of panel and tail, odd and even depths. */
function overShapes(check: (n: u32, m: u32) => i32): i32 {
  const depths: StaticArray<u32> = [0, 1, 2, 3, 4, 5, 7, 8, 37];
  let wrong = 0;
  for (let d = 0; d < depths.length; d++) {
    for (let m: u32 = 0; m <= MAX_M; m++) {
      if (m > 70 && m < 94) continue;
      fillWith(depths[d], m, false);
      wrong += check(depths[d], m);
      fillWith(depths[d], m, true);
      wrong += check(depths[d], m);
    }
  }
  return wrong;
}

describe("matvecF32", () => {
  test("gives the written sums for every tail of rows and columns, n = 0 leaving y", () => {
    expect(
      overShapes((n: u32, m: u32): i32 => {
        memory.fill(y, 0, 1024);
        matvecF32(x, w, y, n, m);
        return differences(n, m);
      }),
    ).toBe(0);
  });

  test("continues from y, so that blocks of rows give the bits of one call", () => {
    expect(
      overShapes((n: u32, m: u32): i32 => {
        memory.fill(y, 0, 1024);
        const cut = n / 3;
        matvecF32(x, w, y, cut, m);
        matvecF32(x + cut * 4, w + cut * m * 4, y, n - cut, m);
        return differences(n, m);
      }),
    ).toBe(0);
  });

  test("writes y [m] and nothing past it", () => {
    let over = 0;
    for (let m: u32 = 0; m <= 67; m++) {
      fillWith(5, m, false);
      wipe(y, 1024);
      matvecF32(x, w, y, 5, m);
      over += touched(y + m * 4, 1024 - m * 4);
    }
    expect(over).toBe(0);
  });
});

describe("matvecPanelsF32", () => {
  test("gives the written sums for every width of panel, +0 where n = 0", () => {
    expect(
      overShapes((n: u32, m: u32): i32 => {
        packPanelsF32(w, packed, n, 0, n, 0, m);
        wipe(y, 1024);
        matvecPanelsF32(x, packed, y, n, m);
        return differences(n, m);
      }),
    ).toBe(0);
  });

  test("packs the same panels by blocks of rows and columns", () => {
    expect(
      overShapes((n: u32, m: u32): i32 => {
        const cut = n / 2;
        for (let c: u32 = 0; c < m; c += 64) {
          const cols = min<u32>(64, m - c);
          for (let k: u32 = 0; k < n; k++) memory.copy(part + k * cols * 4, w + (k * m + c) * 4, cols * 4);
          packPanelsF32(part, packed, n, 0, cut, c, cols);
          packPanelsF32(part + cut * cols * 4, packed, n, cut, n - cut, c, cols);
        }
        matvecPanelsF32(x, packed, y, n, m);
        return differences(n, m);
      }),
    ).toBe(0);
  });

  test("pads the last panel with zeros and stays within n times m rounded up to 4", () => {
    let wrong = 0;
    for (let m: u32 = 1; m <= 67; m++) {
      const end = packed + MAX_N * roundUp(m, 4) * 4;
      fillWith(MAX_N, m, false);
      wipe(packed, 37 * 132 * 4);
      packPanelsF32(w, packed, MAX_N, 0, MAX_N, 0, m);
      wrong += touched(end, packed + 37 * 132 * 4 - end);
      for (let i: u32 = m & 3; m & 3 && i < 4; i++) wrong += load<u32>(end - 16 + i * 4) != 0 ? 1 : 0;
      wipe(y, 1024);
      matvecPanelsF32(x, packed, y, MAX_N, m);
      wrong += touched(y + roundUp(m, 4) * 4, 1024 - roundUp(m, 4) * 4);
    }
    expect(wrong).toBe(0);
  });
});
