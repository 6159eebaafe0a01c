import { packPanelsF32, matvecPanelsF32 } from "../../../assembly/matvec";
import { Cell } from "../../../assembly/opcodes";
import { cellF32 } from "../../../assembly/recurrent/cell";
import { stepsF32 } from "../../../assembly/recurrent/steps";
import { touched, wipe } from "../reference";

const x: usize = memory.data(4096, 16);
const w: usize = memory.data(8192, 16);
const packed: usize = memory.data(16384, 16);
const pointers: usize = memory.data(64, 16);
const bias: usize = memory.data(512, 16);
const first: usize = memory.data(256, 16);
const state: usize = memory.data(256, 16);
const kept: usize = memory.data(256, 16);
const next: usize = memory.data(256, 16);
const sums: usize = memory.data(1024, 16);
const out: usize = memory.data(2048, 16);
const expected: usize = memory.data(2048, 16);

function fill(ptr: usize, n: u32, by: f32): void {
  for (let i: u32 = 0; i < n; i++) store<f32>(ptr + i * 4, <f32>(i % 11) * by - <f32>0.4);
}

/** How many of the results of three steps of width n are not those of the kernels of one step. */
function wrong(op: Cell, gates: u32, products: u32, n: u32): i32 {
  const width = (gates * n) / products;
  fill(x, 3 * gates * n, 0.07);
  fill(bias, gates * n, 0.11);
  fill(first, n, 0.05);
  fill(state, n, 0.06);
  memory.copy(kept, state, 256);
  for (let p: u32 = 0; p < products; p++) {
    const to = packed + p * 4096;
    store<u32>(pointers + p * 4, <u32>to);
    fill(w, n * width, <f32>0.01 * <f32>(p + 1));
    packPanelsF32(w, to, n, 0, n, 0, width);
  }
  wipe(out, 2048);
  stepsF32(op, x, pointers, bias, first, state, out, sums, 3, products, n, true);
  let differing = touched(out + 12 * n + 12, 2048 - 12 * n - 12);
  let hidden = first;
  for (let t: u32 = 0; t < 3; t++) {
    for (let p: u32 = 0; p < products; p++) matvecPanelsF32(hidden, packed + p * 4096, sums + p * width * 4, n, width);
    for (let i: u32 = 0; i < gates * n; i++)
      store<f32>(sums + i * 4, load<f32>(sums + i * 4) + load<f32>(bias + i * 4));
    const to = expected + t * n * 4;
    if (op == Cell.lstm) {
      cellF32(op, x + t * gates * n * 4, sums, kept, next, to, 1, n, true);
      memory.copy(kept, next, n * 4);
    } else cellF32(op, x + t * gates * n * 4, sums, hidden, to, 0, 1, n, true);
    hidden = to;
  }
  for (let i: u32 = 0; i < 3 * n; i++) differing += load<u32>(out + i * 4) == load<u32>(expected + i * 4) ? 0 : 1;
  for (let i: u32 = 0; i < n; i++)
    if (op == Cell.lstm) differing += load<u32>(state + i * 4) == load<u32>(kept + i * 4) ? 0 : 1;
  return differing;
}

describe("stepsF32", () => {
  test("has the results of the kernels of one step, of every width", () => {
    let differing = 0;
    for (let n: u32 = 1; n <= 19; n++) {
      differing += wrong(Cell.lstm, 4, 1, n) + wrong(Cell.lstm, 4, 4, n);
      differing += wrong(Cell.gru, 3, 1, n) + wrong(Cell.gru, 3, 3, n);
      differing += wrong(Cell.simple, 1, 1, n);
    }
    expect(differing).toBe(0);
  });
});
