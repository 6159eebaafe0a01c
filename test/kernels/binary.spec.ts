import { binaryF32, maskBytes } from "../../assembly/binary";
import { roundUp, wipe, word32 } from "./reference";

const MAX: u32 = 67;
const x: usize = memory.data(67 * 4 + 64, 16);
const y: usize = memory.data(67 * 4 + 64, 16);
const out: usize = memory.data(67 * 4 + 64, 16);

function fill(n: u32): void {
  for (let i: u32 = 0; i < n; i++) {
    store<u32>(x + i * 4, (word32(5, 9, 0, i) & 0x81ffffff) | 0x3e000000);
    store<u32>(y + i * 4, (word32(6, 9, 0, i) & 0x81ffffff) | 0x3e000000);
  }
}

function expected(op: i32, a: f32, b: f32): f32 {
  switch (op) {
    case 0:
      return a + b;
    case 1:
      return a - b;
    case 2:
      return a * b;
    case 3:
      return a / b;
    case 4:
      return max(a, b);
    case 5:
      return min(a, b);
    case 6:
      return a > 0 ? 1 : -1;
    case 7:
      return floor(a);
    case 8:
      return ceil(a);
    case 9:
      return trunc(a);
    case 10:
      return nearest(a);
    case 11:
      return abs(a);
    case 12:
      return -a;
    case 13:
      return mask(a == b);
    case 14:
      return mask(a != b);
    case 15:
      return mask(a < b);
    case 16:
      return mask(a <= b);
    case 17:
      return mask(a > b);
    default:
      return mask(a >= b);
  }
}

function mask(holds: bool): f32 {
  return reinterpret<f32>(holds ? -1 : 0);
}

function differences(op: i32, n: u32, period: u32): i32 {
  let wrong = 0;
  for (let i: u32 = 0; i < n; i++) {
    const want = expected(op, load<f32>(x + i * 4), load<f32>(y + (i % period) * 4));
    wrong += load<u32>(out + i * 4) == reinterpret<u32>(want) ? 0 : 1;
  }
  return wrong;
}

describe("binaryF32", () => {
  test("gives each operation for every size and every period", () => {
    let wrong = 0;
    fill(MAX);
    for (let op = 0; op < 19; op++) {
      for (let period: u32 = 1; period <= MAX; period++) {
        const n = MAX - (MAX % period);
        binaryF32(op, x, y, out, n, period);
        wrong += differences(op, n, period);
      }
    }
    expect(wrong).toBe(0);
  });

  test("flushes subnormals on the way in and out", () => {
    store<f32>(x, 1e-40);
    store<f32>(y, 2);
    binaryF32(2, x, y, out, 1, 1);
    expect(load<u32>(out)).toBe(0);
    store<f32>(x, -1.5e-38);
    store<f32>(y, 1.3e-38);
    binaryF32(0, x, y, out, 1, 1);
    expect(load<u32>(out)).toBe(0x80000000);
  });

  test("flushes a subnormal that stands alone, at any place and for every period", () => {
    let wrong = 0;
    for (let op = 0; op < 3; op++) {
      for (let place: u32 = 0; place < MAX; place++) {
        for (let kind = 0; kind < 4; kind++) {
          fill(MAX);
          store<f32>(x + place * 4, 1e-40);
          // With itself, with a row as long, with one a third as long, and with one number.
          const period: u32 = kind == 3 ? 4 : kind == 2 ? 22 : 66;
          if (kind == 3) for (let i: u32 = 0; i < 4; i++) store<f32>(y + i * 4, 1e35);
          else store<f32>(y + (place % period) * 4, kind == 0 ? 1e-40 : 1e35);
          const other = kind == 0 ? x : y;
          binaryF32(op, x, other, out, 66, period);
          for (let i: u32 = 0; i < 66; i++) {
            const a = load<f32>(x + i * 4);
            const b = load<f32>(other + (i % period) * 4);
            const want = expected(op, i == place ? 0 : a, abs(b) < 1e-38 ? 0 : b);
            wrong += load<u32>(out + i * 4) == reinterpret<u32>(want) ? 0 : 1;
          }
        }
      }
    }
    expect(wrong).toBe(0);
  });

  test("makes bytes of masks, and writes behind no further than is said", () => {
    let wrong = 0;
    for (let n: u32 = 1; n <= MAX; n++) {
      for (let i: u32 = 0; i < n; i++) store<i32>(x + i * 4, word32(5, 9, 1, i) & 1 ? -1 : 0);
      wipe(out, 67 * 4 + 64);
      const mark = load<u8>(out);
      maskBytes(x, out, n);
      for (let i: u32 = 0; i < n; i++) wrong += load<u8>(out + i) == <u8>(word32(5, 9, 1, i) & 1) ? 0 : 1;
      for (let i = roundUp(n, 16); i < 67 * 4; i++) wrong += load<u8>(out + i) == mark ? 0 : 1;
    }
    expect(wrong).toBe(0);
  });

  test("writes up to a multiple of four and not behind", () => {
    let over = 0;
    fill(MAX);
    for (let n: u32 = 1; n <= MAX; n++) {
      wipe(out, 67 * 4 + 64);
      const mark = load<u32>(out);
      binaryF32(0, x, y, out, n, n);
      for (let i = roundUp(n, 4); i < MAX + 16; i++) over += load<u32>(out + i * 4) == mark ? 0 : 1;
    }
    expect(over).toBe(0);
  });
});
