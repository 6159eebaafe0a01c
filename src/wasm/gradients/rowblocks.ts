import { BLOCK } from "../memory.ts";

const { floor, min } = Math;

/** The most rows of a block: numbers for so many are kept beside them. */
const MAX_ROWS = 1024;

/**
 * Where two arrays of `step` rows, a row of as many elements, and some arrays of a number a row are in the block
 * region.
 */
export interface RowBlocks {
  /** Rows at a time. */
  readonly step: number;
  readonly places: readonly number[];
  readonly views: readonly Float32Array[];
}

/** The block region for rows of `n` elements, at most a quarter of it, and `numbers` arrays of a number a row. */
export function rowBlocks(w: Float32Array, wPtr: number, n: number, numbers: number): RowBlocks {
  const step = min(MAX_ROWS, floor((BLOCK - numbers * MAX_ROWS - n) / (2 * n)));
  const starts = [0, step * n, 2 * step * n];
  for (let i = 0; i < numbers; i++) starts.push(2 * step * n + n + i * MAX_ROWS);
  return {
    step,
    places: starts.map((start) => wPtr + 4 * start),
    views: starts.map((start, i) => w.subarray(start, starts[i + 1] ?? w.length)),
  };
}
