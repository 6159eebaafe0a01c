import { flush } from "../base/index.ts";
import { copyBlockIn, copyBlockOut, copyCircle, eachBlock, HALF } from "./blocks.ts";
import { copyIn, copyOut } from "./copy.ts";
import { mapUnary } from "./elementwise.ts";
import { BLOCK, CHUNK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";
import { sumTerms } from "./sum.ts";

const { floor, fround, min } = Math;

/** Runs `kernel` on as many rows at a time as fit: x in the first half of the block region, the result in the second. */
function byRows(
  arena: Arena,
  x: Float32Array,
  n: number,
  out: Float32Array,
  kernel: (xPtr: number, rows: number, outPtr: number, row: number) => void,
): void {
  const { wPtr, w } = arena;
  const total = out.length / n;
  const step = floor(HALF / n);
  for (let row = 0; row < total; row += step) {
    const rows = min(step, total - row);
    copyIn(x, row * n, rows * n, w);
    kernel(wPtr, rows, wPtr + 2 * BLOCK, row);
    copyOut(w, rows * n, out, row * n, BLOCK / 2);
  }
}

/** Softmax of each row of n, or its logarithm. */
export function softmaxRows(
  arena: Arena,
  x: Float32Array,
  out: Float32Array,
  n: number,
  log: boolean,
  fused: boolean,
): void {
  const { exports } = arena;
  if (n <= HALF)
    return byRows(arena, x, n, out, (xPtr, rows, outPtr) => exports.softmaxF32(xPtr, n, rows, outPtr, fused, log));
  const sum = new Float32Array(1);
  for (let row = 0; row < out.length; row += n) {
    const from = x.subarray(row, row + n);
    const to = out.subarray(row, row + n);
    let top = -Infinity;
    for (let i = 0; i < n; i++) if (from[i]! > top) top = from[i]!;
    inChunks(arena, from, to, (count) => exports.shiftedExpF32(arena.chunkPtr, top, count, fused));
    sumTerms(arena, to, undefined, sum, 1, 1, n);
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
export function normalizeRows(
  arena: Arena,
  x: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  epsilon: number,
  centered: boolean,
): void {
  const period = (scale ?? bias)?.length ?? n;
  const { exports } = arena;
  const scalePtr = scale ? arena.xPtr : 0;
  const biasPtr = bias ? arena.yPtr : 0;
  if (scale) copyIn(scale, 0, period, arena.x);
  if (bias) copyIn(bias, 0, period, arena.y);
  byRows(arena, x, n, out, (xPtr, rows, outPtr, row) =>
    exports.normalizeRowsF32(xPtr, n, rows, outPtr, scalePtr, biasPtr, (row * n) % period, period, epsilon, centered),
  );
}

const ONE = Float32Array.of(1);
/** What changes nothing that it is added to. */
const NOTHING = Float32Array.of(-0);

/** Lines that are standardised at a time: their mean, variance, scale and bias fill the x region. */
const LINES = VECTOR / 4;

/** (x - mean) * (scale / sqrt(variance + epsilon)) + bias of x [outer, n, inner, size], the four being [outer, inner], in circles. */
export function standardize(
  arena: Arena,
  x: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  scale: Float32Array | undefined,
  bias: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size: number,
  epsilon: number,
): void {
  const { exports, xPtr, wPtr } = arena;
  const lines = out.length / (n * size);
  if (inner === 1) {
    size *= n;
    n = 1;
  }
  if (n === 1) inner = lines;
  const factorPtr = xPtr + 4 * LINES;
  eachBlock(
    lines,
    n,
    inner,
    size,
    HALF,
    LINES,
    (line, cols) => {
      copyCircle(mean, line, cols, arena.x, 0);
      copyCircle(variance, line, cols, arena.x, LINES);
      copyCircle(scale ?? ONE, line, cols, arena.x, 2 * LINES);
      copyCircle(bias ?? NOTHING, line, cols, arena.x, 3 * LINES);
      exports.factorsF32(factorPtr, xPtr + 8 * LINES, cols, epsilon);
    },
    (at, width, rows, cols, run) => {
      copyBlockIn(arena, x, at, width, rows, cols * run);
      exports.standardizeF32(wPtr, rows, cols, run, wPtr + 2 * BLOCK, xPtr, factorPtr, xPtr + 12 * LINES);
      copyBlockOut(arena, out, at, width, rows, cols * run);
    },
  );
}
