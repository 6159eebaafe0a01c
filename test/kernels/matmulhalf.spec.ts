import { matvecHalfF32, packHalfF32, widenHalfF32 } from "../../assembly/matmulhalf";
import { touched, wipe } from "./reference";

const words: usize = memory.data(16384, 16);
const packed: usize = memory.data(16384, 16);
const x: usize = memory.data(256, 16);
const y: usize = memory.data(1024, 16);
const panel: usize = memory.data(16384, 16);

/** The bfloat16 of a small whole number. */
function half(value: f32): u16 {
  return <u16>(reinterpret<u32>(value) >> 16);
}

/** Element [k, j] of the matrix. */
function element(k: u32, j: u32): f32 {
  return <f32>((k * 5 + j * 3) % 17) - 8;
}

function pack(n: u32, m: u32): void {
  for (let k: u32 = 0; k < n; k++)
    for (let j: u32 = 0; j < m; j++) store<u16>(words + ((k * m + j) << 1), half(element(k, j)));
  packHalfF32(words, packed, n, 0, n, 0, m);
}

describe("matvecHalfF32", () => {
  test("multiplies whole numbers exactly, at every width of panels", () => {
    const n: u32 = 6;
    for (let k: u32 = 0; k < n; k++) store<f32>(x + (k << 2), <f32>k - 2);
    let wrong = 0;
    for (let m: u32 = 1; m <= 75; m++) {
      pack(n, m);
      matvecHalfF32(x, packed, y, n, m);
      for (let j: u32 = 0; j < m; j++) {
        let sum: f32 = 0;
        for (let k: u32 = 0; k < n; k++) sum += (<f32>k - 2) * element(k, j);
        if (load<f32>(y + (j << 2)) != sum) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });

  test("writes nothing past the next multiple of 8 elements", () => {
    let over = 0;
    for (let m: u32 = 1; m <= 75; m++) {
      pack(3, m);
      wipe(y, 1024);
      matvecHalfF32(x, packed, y, 3, m);
      const end = ((m + 7) & ~7) << 2;
      over += touched(y + end, 1024 - end);
    }
    expect(over).toBe(0);
  });
});

describe("packHalfF32", () => {
  test("packs rows in parts to where they lie in the whole", () => {
    const n: u32 = 5;
    const m: u32 = 43;
    pack(n, m);
    for (let i: u32 = 0; i < 600; i++) store<u16>(panel + (i << 1), load<u16>(packed + (i << 1)));
    wipe(packed, 2048);
    packHalfF32(words, packed, n, 0, 2, 0, m);
    packHalfF32(words + 2 * m * 2, packed, n, 2, 3, 0, m);
    let wrong = 0;
    for (let i: u32 = 0; i < n * 48; i++) if (load<u16>(packed + (i << 1)) != load<u16>(panel + (i << 1))) wrong++;
    expect(wrong).toBe(0);
  });
});

describe("widenHalfF32", () => {
  test("gives panels of float32, the missing columns zeros", () => {
    const n: u32 = 4;
    let wrong = 0;
    for (let m: u32 = 1; m <= 75; m++) {
      pack(n, m);
      const width = (m + 7) & ~7;
      for (let c: u32 = 0; c < width; c += 16) {
        const cols = min<u32>(16, width - c);
        widenHalfF32(packed, panel, n, m, c, cols);
        for (let k: u32 = 0; k < n; k++)
          for (let j: u32 = 0; j < cols; j++)
            if (load<f32>(panel + ((k * cols + j) << 2)) != (c + j < m ? element(k, c + j) : 0)) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });
});
