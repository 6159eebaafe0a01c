import { logisticF32 } from "../exp";
import { flush } from "../fma";
import { Cell } from "../opcodes";
import { b0, b1, b2, c0, PASS } from "../scratch";
import { tanh } from "../tanh";

/**
 * A step of the recurrent cell `op`: `cellF32` of src/base/kernels.ts has the formulas. Every operation is rounded;
 * subnormals count as zeros of their sign.
 *
 * - `xPtr`, `hPtr` [rows, gates * n], `statePtr`, `outPtr`, `hiddenPtr` [rows, n], all float32. `statePtr` is 0 where
 *   there is no state, `hiddenPtr` is read for lstm alone.
 * - Up to 60 bytes behind each are read, up to 12 bytes behind the results written.
 */
export function cellF32(
  op: Cell,
  xPtr: usize,
  hPtr: usize,
  statePtr: usize,
  outPtr: usize,
  hiddenPtr: usize,
  rows: u32,
  n: u32,
  fused: bool,
): void {
  const gates: u32 = op == Cell.lstm ? 4 : op == Cell.gru ? 3 : 1;
  const gate = (<usize>n) << 2;
  const row = gate * gates;
  // A pass is some columns of one row, or all columns of some rows.
  const most: u32 = n < PASS ? PASS / n : 1;
  for (let r: u32 = 0; r < rows;) {
    const count = min(most, rows - r);
    for (let c: u32 = 0; c < n; c += PASS) {
      const cols = min(PASS, n - c);
      const at = (<usize>r * n + c) << 2;
      const from = <usize>r * row + ((<usize>c) << 2);
      const x = xPtr + from;
      const h = hPtr + from;
      const state = statePtr ? statePtr + at : 0;
      const out = outPtr + at;
      if (op == Cell.lstm) lstm(x, h, state, out, hiddenPtr + at, count, cols, gate, row, fused);
      else if (op == Cell.gru) gru(x, h, state, out, count, cols, gate, row, fused);
      else simple(x, h, state, out, count, cols, row, fused);
    }
    r += count;
  }
}

function lstm(
  x: usize,
  h: usize,
  state: usize,
  out: usize,
  hidden: usize,
  rows: u32,
  cols: u32,
  gate: usize,
  row: usize,
  fused: bool,
): void {
  const n = rows * cols;
  const bytes = (<usize>n) << 2;
  sums(x, h, b0, rows, cols, row);
  logisticF32(b0, b0, n, fused);
  sums(x + gate, h + gate, b1, rows, cols, row);
  logisticF32(b1, b1, n, fused);
  sums(x + 2 * gate, h + 2 * gate, b2, rows, cols, row);
  tanh(b2, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) {
    const kept = times(v128.load(b1 + i), v128.load(state + i));
    const next = plus(kept, times(v128.load(b0 + i), v128.load(b2 + i)));
    v128.store(out + i, next);
    v128.store(c0 + i, next);
  }
  tanh(c0, n, fused);
  sums(x + 3 * gate, h + 3 * gate, b0, rows, cols, row);
  logisticF32(b0, b0, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(hidden + i, times(v128.load(b0 + i), v128.load(c0 + i)));
}

function gru(
  x: usize,
  h: usize,
  state: usize,
  out: usize,
  rows: u32,
  cols: u32,
  gate: usize,
  row: usize,
  fused: bool,
): void {
  const n = rows * cols;
  const bytes = (<usize>n) << 2;
  sums(x, h, b0, rows, cols, row);
  logisticF32(b0, b0, n, fused);
  sums(x + gate, h + gate, b1, rows, cols, row);
  logisticF32(b1, b1, n, fused);
  resetSums(x + 2 * gate, h + 2 * gate, b0, b2, rows, cols, row);
  tanh(b2, n, fused);
  const one = f32x4.splat(1);
  for (let i: usize = 0; i < bytes; i += 16) {
    const z = v128.load(b1 + i);
    const fresh = times(flush(f32x4.sub(one, z)), v128.load(b2 + i));
    v128.store(out + i, plus(fresh, times(z, v128.load(state + i))));
  }
}

function simple(x: usize, h: usize, state: usize, out: usize, rows: u32, cols: u32, row: usize, fused: bool): void {
  const n = rows * cols;
  const bytes = (<usize>n) << 2;
  sums(x, h, b0, rows, cols, row);
  if (state)
    for (let i: usize = 0; i < bytes; i += 16) v128.store(b0 + i, plus(v128.load(b0 + i), v128.load(state + i)));
  tanh(b0, n, fused);
  for (let i: usize = 0; i < bytes; i += 16) v128.store(out + i, v128.load(b0 + i));
}

/** The list `to` [rows, cols] = x + h of one gate, whose rows are `row` bytes apart. */
function sums(x: usize, h: usize, to: usize, rows: u32, cols: u32, row: usize): void {
  const bytes = (<usize>cols) << 2;
  // What a row writes past its end, the next row overwrites.
  for (let r: u32 = 0; r < rows; r++, x += row, h += row, to += bytes)
    for (let i: usize = 0; i < bytes; i += 16) v128.store(to + i, plus(v128.load(x + i), v128.load(h + i)));
}

/** Like `sums`, of x + reset * h. */
function resetSums(x: usize, h: usize, reset: usize, to: usize, rows: u32, cols: u32, row: usize): void {
  const bytes = (<usize>cols) << 2;
  for (let r: u32 = 0; r < rows; r++, x += row, h += row, to += bytes, reset += bytes)
    for (let i: usize = 0; i < bytes; i += 16)
      v128.store(to + i, plus(v128.load(x + i), times(v128.load(reset + i), v128.load(h + i))));
}

// @ts-ignore: decorator
@inline
function plus(a: v128, b: v128): v128 {
  return flush(f32x4.add(flush(a), flush(b)));
}

// @ts-ignore: decorator
@inline
function times(a: v128, b: v128): v128 {
  return flush(f32x4.mul(flush(a), flush(b)));
}
