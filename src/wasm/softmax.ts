import { flush } from "../base/index.ts";
import { eachRowBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { fusedFor } from "./fused/link.ts";
import { CHUNK } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { sum } from "./sum.ts";
import { unary } from "./unary.ts";

const { fround, min } = Math;

export function softmax(
  arena: Arena,
  x: Float32Array,
  out: Float32Array,
  n: number,
  log: boolean,
  fused: boolean,
): void {
  const { exports, chunkPtr } = arena;
  const kernels = fused ? fusedFor(arena, out.length) : undefined;
  if (n <= HALF)
    return eachRowBlock(arena, x, n, out, (xPtr, rows, outPtr) => {
      if (kernels === undefined) exports.softmaxF32(xPtr, outPtr, rows, n, log, fused);
      else kernels.softmaxF32(xPtr, outPtr, rows, n, log);
    });
  const total = new Float32Array(1);
  for (let row = 0; row < out.length; row += n) {
    const from = x.subarray(row, row + n);
    const to = out.subarray(row, row + n);
    let max = -Infinity;
    for (let i = 0; i < n; i++) if (from[i]! > max) max = from[i]!;
    inChunks(arena, from, to, (count) => {
      if (kernels === undefined) exports.shiftedExpF32(chunkPtr, max, count, fused);
      else kernels.shiftedExpF32(chunkPtr, max, count);
    });
    sum(arena, to, undefined, total, 1, 1, n);
    if (log) {
      unary(arena, "log", total, total, fused);
      for (let i = 0; i < n; i++) to[i] = flush(fround(flush(fround(flush(from[i]!) - flush(max))) - total[0]!));
      continue;
    }
    const factor = fround(1 / total[0]!);
    inChunks(arena, to, to, (count) => exports.scaleF32(chunkPtr, factor, count));
  }
}

function inChunks(arena: Arena, x: Float32Array, out: Float32Array, kernel: (count: number) => void): void {
  for (let i = 0; i < out.length; i += CHUNK) {
    const count = min(CHUNK, out.length - i);
    copyIn(x, i, count, arena.chunkF32);
    kernel(count);
    copyOut(arena.chunkF32, count, out, i);
  }
}
