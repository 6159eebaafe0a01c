import { ARITHMETIC } from "../base/index.ts";
import { copyBlockIn, eachBlock } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";

const { floor, min } = Math;

/** Elements held at a time: a vector behind them may be read. */
const ROOM = BLOCK - 16;

export function argReduce(
  arena: Arena,
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Int32Array,
  n: number,
  inner: number,
): void {
  if (inner > 1) argReduceColumns(arena, op, x, out, n, inner);
  else if (n > ROOM) for (let row = 0; row < out.length; row++) out[row] = argReduceLong(arena, op, x, row * n, n);
  else argReduceRows(arena, op, x, out, n);
}

function argReduceRows(arena: Arena, op: "maximum" | "minimum", x: Float32Array, out: Int32Array, n: number): void {
  const { exports, wPtr, chunkPtr } = arena;
  const step = min(CHUNK, floor(ROOM / n));
  for (let row = 0; row < out.length; row += step) {
    const rows = min(step, out.length - row);
    copyIn(x, row * n, rows * n, arena.w);
    exports.argReduceRowsF32(ARITHMETIC[op], wPtr, chunkPtr, rows, n);
    copyOut(arena.chunk32, rows, out, row);
  }
}

/** Of a row that does not fit into the block region: the first of the best of its parts. */
function argReduceLong(
  { exports, w, wPtr, chunk32, chunkPtr }: Arena,
  op: "maximum" | "minimum",
  x: Float32Array,
  from: number,
  n: number,
): number {
  const sign = op === "maximum" ? 1 : -1;
  let best = 0;
  for (let k = 0; k < n; k += ROOM) {
    const count = min(ROOM, n - k);
    copyIn(x, from + k, count, w);
    exports.argReduceRowsF32(ARITHMETIC[op], wPtr, chunkPtr, 1, count);
    const found = k + chunk32[0]!;
    const top = sign * x[from + best]!;
    if (top === top && !(sign * x[from + found]! <= top)) best = found;
  }
  return best;
}

function argReduceColumns(
  arena: Arena,
  op: "maximum" | "minimum",
  x: Float32Array,
  out: Int32Array,
  n: number,
  inner: number,
): void {
  const { exports, wPtr, chunkPtr, secondPtr } = arena;
  eachBlock(
    out.length,
    n,
    inner,
    1,
    ROOM,
    CHUNK,
    () => {},
    (at, width, rows, cols, _, first) => {
      copyBlockIn(arena, x, at, width, rows, cols);
      exports.argReduceColumnsF32(ARITHMETIC[op], wPtr, secondPtr, chunkPtr, first, rows, cols);
    },
    (line, cols) => copyOut(arena.chunk32, cols, out, line),
  );
}
