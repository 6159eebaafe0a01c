import type { CellName } from "../../base/index.ts";
import { CELL, GATES } from "../../base/index.ts";
import { copyIn, copyOut } from "../copy.ts";
import { BLOCK } from "../memory.ts";
import type { Arena } from "../memory.ts";
import type { RecurrentExports } from "./exports.ts";
import { FusedCell, listElements } from "./fusedcell.ts";

const { floor, max, min } = Math;

/** Elements of a gate at a time: four gates of h fill their region. */
const GATE = 4096;
/** Where the results lie in their regions, which begin with what is read. Kernels reach up to 16 elements further. */
const OUT = GATE + 16;
const HIDDEN = BLOCK / 2;
const LISTS = BLOCK - listElements(GATE);

/** Some rows, or where a row is long some columns of one row, at a time. */
export function cell(
  arena: Arena,
  exports: RecurrentExports,
  op: CellName,
  x: Float32Array,
  h: Float32Array,
  state: Float32Array | undefined,
  out: Float32Array,
  hidden: Float32Array | undefined,
  n: number,
  fused: boolean,
): void {
  const { wPtr, xPtr, yPtr } = arena;
  const gates = GATES[op];
  const rows = max(1, floor(GATE / n));
  const total = out.length / n;
  for (let r = 0; r < total; r += rows) {
    const count = min(rows, total - r);
    for (let c = 0; c < n; c += GATE) {
      const cols = min(GATE, n - c);
      const [at, size] = [r * n + c, count * cols];
      loadGates(x, arena.w, r * gates * n + c, count, gates, n, cols);
      loadGates(h, arena.x, r * gates * n + c, count, gates, n, cols);
      if (state !== undefined) copyIn(state, at, size, arena.y);
      const statePtr = state === undefined ? 0 : yPtr;
      const [outPtr, hiddenPtr] = [yPtr + 4 * OUT, wPtr + 4 * HIDDEN];
      const byFused = fused ? FusedCell.of(arena, op, count, cols, wPtr + 4 * LISTS) : undefined;
      if (byFused !== undefined) byFused.step(wPtr, xPtr, statePtr, outPtr, hiddenPtr);
      else exports.cellF32(CELL[op], wPtr, xPtr, statePtr, outPtr, hiddenPtr, count, cols, fused);
      copyOut(arena.y, size, out, at, OUT);
      if (hidden !== undefined) copyOut(arena.w, size, hidden, at, HIDDEN);
    }
  }
}

/** Copies whole rows of gates, or columns of the gates of one row, from index `first` on. */
function loadGates(
  from: Float32Array,
  to: Float32Array,
  first: number,
  rows: number,
  gates: number,
  n: number,
  cols: number,
): void {
  if (cols === n) return copyIn(from, first, rows * gates * n, to);
  for (let gate = 0; gate < gates; gate++)
    to.set(from.subarray(first + gate * n, first + gate * n + cols), gate * cols);
}
