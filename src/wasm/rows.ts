import { flush } from "../base/index.ts";
import { copyIn, copyOut } from "./copy.ts";
import { mapUnary } from "./elementwise.ts";
import { BLOCK, CHUNK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { sumMiddle } from "./sum.ts";

const { floor, fround, min, sqrt } = Math;

/** Elements of x, and of the result, in the block region; kernels may write past the end by less than a group of 16. */
const HALF = BLOCK / 2 - 16;

/** Runs `kernel` on as many rows at a time as fit: x in the first half of the block region, the result in the second. */
function byRows(arena: Arena, x: Float32Array, n: number, out: Float32Array, kernel: (xPtr: number, rows: number, outPtr: number) => void): void {
  const { wPtr, w } = arena;
  const total = out.length / n;
  const step = floor(HALF / n);
  for (let row = 0; row < total; row += step) {
    const rows = min(step, total - row);
    copyIn(x, row * n, rows * n, w);
    kernel(wPtr, rows, wPtr + 2 * BLOCK);
    copyOut(w, rows * n, out, row * n, BLOCK / 2);
  }
}

/** Softmax of each row of n, or its logarithm. */
export function softmaxRows(arena: Arena, x: Float32Array, n: number, out: Float32Array, fused: boolean, log: boolean): void {
  const { exports } = arena;
  if (n <= HALF) return byRows(arena, x, n, out, (xPtr, rows, outPtr) => exports.softmaxF32(xPtr, n, rows, outPtr, fused, log));
  const sum = new Float32Array(1);
  for (let row = 0; row < out.length; row += n) {
    const from = x.subarray(row, row + n);
    const to = out.subarray(row, row + n);
    let top = -Infinity;
    for (let i = 0; i < n; i++) if (from[i]! > top) top = from[i]!;
    inChunks(arena, from, to, (count) => exports.shiftedExpF32(arena.chunkPtr, top, count, fused));
    sumMiddle(arena, to, n, 1, sum);
    if (log) {
      mapUnary(arena, "log", sum, sum, fused);
      for (let i = 0; i < n; i++) to[i] = flush(fround(flush(fround(flush(from[i]!) - flush(top))) - sum[0]!));
      continue;
    }
    const factor = fround(1 / sum[0]!);
    inChunks(arena, to, to, (count) => exports.scaleF32(arena.chunkPtr, factor, count));
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

/** Normalises each row of n. */
export function normalizeRows(arena: Arena, x: Float32Array, n: number, scale: Float32Array | undefined, bias: Float32Array | undefined, epsilon: number, centered: boolean, out: Float32Array): void {
  if (n > VECTOR) return normalizeLongRows(arena, x, n, scale, bias, epsilon, centered, out);
  const { exports } = arena;
  const scalePtr = scale ? arena.xPtr : 0;
  const biasPtr = bias ? arena.yPtr : 0;
  if (scale) copyIn(scale, 0, n, arena.x);
  if (bias) copyIn(bias, 0, n, arena.y);
  byRows(arena, x, n, out, (xPtr, rows, outPtr) => exports.normalizeRowsF32(xPtr, n, rows, outPtr, scalePtr, biasPtr, epsilon, centered));
}

/** Rows too long for the regions: the sums are the kernel's, the rest is done here. */
function normalizeLongRows(arena: Arena, x: Float32Array, n: number, scale: Float32Array | undefined, bias: Float32Array | undefined, epsilon: number, centered: boolean, out: Float32Array): void {
  const sum = new Float32Array(1);
  for (let row = 0; row < out.length; row += n) {
    const from = x.subarray(row, row + n);
    const to = out.subarray(row, row + n);
    if (centered) sumMiddle(arena, from, n, 1, sum);
    const mean = fround(sum[0]! / n);
    for (let j = 0; j < n; j++) to[j] = from[j]! * from[j]!;
    sumMiddle(arena, to, n, 1, sum);
    const variance = fround(fround(sum[0]! / n) - fround(mean * mean));
    const factor = fround(1 / fround(sqrt(fround((variance < 0 ? 0 : variance) + epsilon))));
    sum[0] = 0;
    for (let j = 0; j < n; j++) {
      const y = fround(fround(from[j]! - mean) * (scale ? fround(factor * scale[j]!) : factor));
      to[j] = bias ? y + bias[j]! : y;
    }
  }
}
