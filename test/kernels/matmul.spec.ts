import { matmulPanelsF32, packRowsF32 } from "../../assembly/matmul";
import { packPanelsF32 } from "../../assembly/matvec";
import { roundUp, wipe, word32 } from "./reference";

const ROWS: u32 = 9;
const MAX_M: u32 = 67;
const x: usize = memory.data(9 * 515 * 4, 16);
const packedRows: usize = memory.data(9 * 515 * 4 + 64, 16);
const w: usize = memory.data(515 * 67 * 4 + 64, 16);
const packed: usize = memory.data(515 * 68 * 4 + 64, 16);
const y: usize = memory.data(9 * 72 * 4 + 64, 16);

function value(seed: u32, i: u32): u32 {
  return (word32(seed, 77, 0, i) & 0x81ffffff) | 0x3e000000;
}

function fillWith(rows: u32, n: u32, m: u32): void {
  for (let i: u32 = 0; i < rows * n; i++) store<u32>(x + i * 4, value(1, i));
  packRowsF32(x, packedRows, rows, n);
  for (let i: u32 = 0; i < n * m; i++) store<u32>(w + i * 4, value(2, i));
  packPanelsF32(w, packed, n, 0, n, 0, m);
}

/** How many outputs differ from the sums in the written order, started at `start`. */
function differences(rows: u32, n: u32, m: u32, yStride: u32, start: f32): i32 {
  let wrong = 0;
  for (let i: u32 = 0; i < rows; i++) {
    for (let j: u32 = 0; j < m; j++) {
      let sum = start;
      for (let k: u32 = 0; k < n; k++) {
        const product: f32 = load<f32>(x + (i * n + k) * 4) * load<f32>(w + (k * m + j) * 4);
        sum = sum + product;
      }
      wrong += load<u32>(y + (i * yStride + j) * 4) == reinterpret<u32>(sum) ? 0 : 1;
    }
  }
  return wrong;
}

function run(rows: u32, n: u32, m: u32, start: f32): i32 {
  const yStride = roundUp(m, 4) + 4;
  fillWith(rows, n, m);
  for (let i: u32 = 0; i < rows * yStride; i++) store<f32>(y + i * 4, start);
  matmulPanelsF32(packedRows, n, packed, y, yStride, rows, n, m);
  return differences(rows, n, m, yStride, start);
}

describe("packRowsF32", () => {
  test("makes [n, 4] of four rows, leaves the last ones as they are and writes nothing behind them", () => {
    let wrong = 0;
    for (let rows: u32 = 0; rows <= ROWS; rows++) {
      for (let n: u32 = 0; n <= 9; n++) {
        wipe(packedRows, 9 * 10 * 4);
        const mark = load<u32>(packedRows);
        fillWith(rows, n, 1);
        for (let i: u32 = 0; i < rows; i++) {
          for (let k: u32 = 0; k < n; k++) {
            const place = i < (rows & ~3) ? (i & ~3) * n + 4 * k + (i & 3) : i * n + k;
            wrong += load<u32>(packedRows + place * 4) == load<u32>(x + (i * n + k) * 4) ? 0 : 1;
          }
        }
        wrong += load<u32>(packedRows + rows * n * 4) == mark ? 0 : 1;
      }
    }
    expect(wrong).toBe(0);
  });
});

describe("matmulPanelsF32", () => {
  test("gives the written sums for every width of panel, few rows and many", () => {
    let wrong = 0;
    for (let m: u32 = 1; m <= MAX_M; m++)
      wrong += run(1, 5, m, 0) + run(3, 6, m, 0) + run(8, 7, m, 0) + run(ROWS, 3, m, 0);
    expect(wrong).toBe(0);
  });

  test("takes some columns of rows that were packed whole", () => {
    const n: u32 = 7;
    const m: u32 = 37;
    const cut: u32 = 3;
    fillWith(8, n, m);
    wipe(y, 9 * 72 * 4);
    for (let i: u32 = 0; i < 8 * 40; i++) store<f32>(y + i * 4, 0);
    packPanelsF32(w, packed, cut, 0, cut, 0, m);
    matmulPanelsF32(packedRows, n, packed, y, 40, 8, cut, m);
    packPanelsF32(w + cut * m * 4, packed, n - cut, 0, n - cut, 0, m);
    matmulPanelsF32(packedRows + 16 * cut, n, packed, y, 40, 8, n - cut, m);
    expect(differences(8, n, m, 40, 0)).toBe(0);
  });

  test("gives them about the edges of a block of k, and continues from y", () => {
    let wrong = 0;
    const depths: StaticArray<u32> = [0, 1, 2, 255, 257, 511, 512, 513, 515];
    for (let d = 0; d < depths.length; d++) wrong += run(2, depths[d], 37, 0) + run(ROWS, depths[d], 37, 0.5);
    expect(wrong).toBe(0);
  });

  test("writes rows of y and nothing between or behind them", () => {
    let over = 0;
    for (let m: u32 = 1; m <= MAX_M; m++) {
      const padded = roundUp(m, 4);
      const yStride = padded + 4;
      fillWith(ROWS, 5, m);
      wipe(y, 9 * 72 * 4 + 64);
      const mark = load<u32>(y);
      matmulPanelsF32(packedRows, 5, packed, y, yStride, ROWS, 5, m);
      for (let i: u32 = 0; i < ROWS; i++)
        for (let j = padded; j < yStride; j++) over += load<u32>(y + (i * yStride + j) * 4) == mark ? 0 : 1;
    }
    expect(over).toBe(0);
  });
});
