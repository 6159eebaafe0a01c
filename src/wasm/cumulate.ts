import { ARITHMETIC } from "../base/index.ts";
import { copyBlockIn, eachBlock } from "./blocks.ts";
import { copyOut } from "./copy.ts";
import { BLOCK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

export function cumulate(
  arena: Arena,
  op: "add" | "multiply",
  x: Float32Array,
  out: Float32Array,
  n: number,
  inner: number,
): void {
  const { exports, wPtr, yPtr } = arena;
  const code = ARITHMETIC[op];
  const open = (_: number, lines: number): void => void arena.y.fill(op === "add" ? 0 : 1, 0, lines);
  if (out.length === 0) return;
  if (inner === 1)
    eachBlock(out.length / n, 1, out.length / n, n, BLOCK, VECTOR, open, (at, width, _, lines, run) => {
      copyBlockIn(arena, x, at, width, 1, lines * run);
      exports.cumulateRowsF32(code, wPtr, yPtr, lines, run);
      copyOut(arena.w, lines * run, out, at);
    });
  else
    eachBlock(out.length / n, n, inner, 1, BLOCK, VECTOR, open, (at, width, rows, cols) => {
      copyBlockIn(arena, x, at, width, rows, cols);
      exports.cumulateColumnsF32(code, wPtr, yPtr, rows, cols);
      if (cols === width) return copyOut(arena.w, rows * cols, out, at);
      for (let row = 0; row < rows; row++) out.set(arena.w.subarray(row * cols, (row + 1) * cols), at + row * width);
    });
}
