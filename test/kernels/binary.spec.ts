import { binaryF32 } from "../../assembly/binary";
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
  return op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : a / b;
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
    for (let op = 0; op < 4; op++) {
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
