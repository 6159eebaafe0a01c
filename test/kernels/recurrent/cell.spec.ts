import { cellF32 } from "../../../assembly/recurrent/cell";
import { Cell } from "../../../assembly/opcodes";
import { touched, wipe } from "../reference";

const x: usize = memory.data(16384, 16);
const h: usize = memory.data(16384, 16);
const state: usize = memory.data(4096, 16);
const out: usize = memory.data(4096, 16);
const hidden: usize = memory.data(4096, 16);

function put(ptr: usize, values: f32[]): void {
  for (let i = 0; i < values.length; i++) store<f32>(ptr + ((<usize>i) << 2), values[i]);
}

describe("cellF32", () => {
  test("has the values at which gates are open or shut", () => {
    put(h, [0, 0, 0, 0]);
    put(state, [0.25]);
    put(x, [-1000, 1000, 3, 1000]);
    cellF32(Cell.lstm, x, h, state, out, hidden, 1, 1, true);
    expect(load<f32>(out)).toBe(0.25);
    expect(load<f32>(hidden)).toBeGreaterThan(0.244);
    expect(load<f32>(hidden)).toBeLessThan(0.245);
    put(x, [0, -1000, 40]);
    cellF32(Cell.gru, x, h, state, out, 0, 1, 1, true);
    expect(load<f32>(out)).toBe(1);
    put(x, [0, 1000, 40]);
    cellF32(Cell.gru, x, h, state, out, 0, 1, 1, true);
    expect(load<f32>(out)).toBe(0.25);
    put(x, [-0.25]);
    cellF32(Cell.simple, x, h, state, out, 0, 1, 1, true);
    expect(load<f32>(out)).toBe(0);
  });

  test("a gate that the old state does not pass leaves it out", () => {
    put(x, [0, -1000, 0]);
    put(h, [-1000, 0, f32.MAX_VALUE]);
    put(state, [5]);
    cellF32(Cell.gru, x, h, state, out, 0, 1, 1, true);
    expect(load<f32>(out)).toBe(0);
  });

  test("keeps NaN", () => {
    put(h, [0, 0, 0, 0]);
    put(x, [0, 0, f32.NaN, 0]);
    put(state, [1]);
    cellF32(Cell.lstm, x, h, state, out, hidden, 1, 1, true);
    expect(isNaN(load<f32>(out))).toBe(true);
    expect(isNaN(load<f32>(hidden))).toBe(true);
    cellF32(Cell.gru, x, h, state, out, 0, 1, 1, true);
    expect(isNaN(load<f32>(out))).toBe(true);
  });

  test("writes at most 12 bytes past its results, at the edges of a pass too", () => {
    wipe(x, 16384);
    wipe(h, 16384);
    wipe(state, 4096);
    let over = 0;
    for (let op = 0; op <= Cell.simple; op++) {
      for (let n: u32 = 1; n <= 67; n++) {
        const size = n < 60 ? n : n + 200;
        const rows: u32 = size < 60 ? 3 : 1;
        const end = ((<usize>size * rows) << 2) + 12;
        wipe(out, 4096);
        wipe(hidden, 4096);
        cellF32(<Cell>op, x, h, state, out, hidden, rows, size, true);
        over += touched(out + end, 4096 - end) + touched(hidden + end, 4096 - end);
      }
    }
    expect(over).toBe(0);
  });
});
