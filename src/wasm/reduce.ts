import { ARITHMETIC } from "../base/index.ts";
import { copyBlockIn, eachBlock } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { BLOCK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

/** What a reduction starts at. */
const START = { multiply: 1, maximum: -Infinity, minimum: Infinity } as const;

export function reduce(
  arena: Arena,
  op: keyof typeof START,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
): void {
  const { exports, wPtr, yPtr, y } = arena;
  if (inner > 1 || x.length > BLOCK || out.length > VECTOR) return reduceBlocks(arena, op, x, out, n, inner);
  copyIn(x, 0, x.length, arena.w);
  y.fill(START[op], 0, out.length);
  exports.reduceRowsF32(ARITHMETIC[op], wPtr, yPtr, out.length, n);
  copyOut(y, out.length, out, 0);
}

/** Like `reduce`, of columns and of arrays of any size. */
function reduceBlocks(
  arena: Arena,
  op: keyof typeof START,
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
): void {
  const { exports, wPtr, yPtr } = arena;
  const code = ARITHMETIC[op];
  const rows = inner === 1 && n > 0;
  const open = (_: number, lines: number): void => void arena.y.fill(START[op], 0, lines);
  const close = (line: number, lines: number): void => copyOut(arena.y, lines, out, line);
  if (rows)
    eachBlock(
      out.length,
      1,
      out.length,
      n,
      BLOCK,
      VECTOR,
      open,
      (at, width, _, lines, run) => {
        copyBlockIn(arena, x, at, width, 1, lines * run);
        exports.reduceRowsF32(code, wPtr, yPtr, lines, run);
      },
      close,
    );
  else
    eachBlock(
      out.length,
      n,
      inner,
      1,
      BLOCK,
      VECTOR,
      open,
      (at, width, count, lines) => {
        copyBlockIn(arena, x, at, width, count, lines);
        exports.reduceColumnsF32(code, wPtr, yPtr, count, lines);
      },
      close,
    );
}
