import { copyBlockIn, copyBlockOut, copyCyclic, eachBlock, HALF } from "./blocks.ts";
import { BLOCK, VECTOR } from "./memory.ts";
import type { Arena } from "./memory.ts";

const ONE = Float32Array.of(1);
/** Added to anything, -0 changes nothing. */
const NOTHING = Float32Array.of(-0);

/** Lines that are standardized at a time: their mean, variance, scale and bias fill the x region. */
const LINES = VECTOR / 4;

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
      copyCyclic(mean, line, cols, arena.x, 0);
      copyCyclic(variance, line, cols, arena.x, LINES);
      copyCyclic(scale ?? ONE, line, cols, arena.x, 2 * LINES);
      copyCyclic(bias ?? NOTHING, line, cols, arena.x, 3 * LINES);
      exports.factorsF32(factorPtr, xPtr + 8 * LINES, cols, epsilon);
    },
    (at, width, rows, cols, run) => {
      copyBlockIn(arena, x, at, width, rows, cols * run);
      exports.standardizeF32(wPtr, xPtr, factorPtr, xPtr + 12 * LINES, wPtr + 2 * BLOCK, rows, cols, run);
      copyBlockOut(arena, out, at, width, rows, cols * run);
    },
  );
}
