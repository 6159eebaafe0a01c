/** Products over more terms than a block has: by the kernels for one block, on parts of the operands. */
import type { Windows } from "../base/index.ts";
import { PRODUCT_BLOCK } from "../base/index.ts";

const { ceil, floor } = Math;

/** The rows of a matrix in blocks, and how many columns it was taken to have. */
interface Blocks {
  readonly m: number;
  readonly rows: readonly Matrix[];
}

type Matrix = Float32Array | Uint16Array;

/** Kept while the matrix lives, so that packed copies of its blocks are found again. */
const known = new WeakMap<Matrix, Blocks>();

/** The rows of `w` [n, m] that block `from` of a product reads; the same view for the same matrix at every call. */
export function blockOf<W extends Matrix>(w: W, n: number, from: number): W {
  const m = w.length / n;
  let blocks = known.get(w);
  if (blocks?.m !== m) {
    const size = PRODUCT_BLOCK * m;
    const rows = Array.from({ length: ceil(n / PRODUCT_BLOCK) }, (_, i) => w.subarray(i * size, (i + 1) * size) as W);
    blocks = { m, rows };
    known.set(w, blocks);
  }
  return blocks.rows[from / PRODUCT_BLOCK] as W;
}

/** The windows that see `count` terms of each window, from term `from` on. */
export function windowsOf(windows: Windows, from: number, count: number): Windows {
  const { run, runs } = windows;
  // Runs so short that no block ends within one.
  const piece = greatestDivisor(run, PRODUCT_BLOCK);
  const pieces = run / piece;
  const part = Array.from({ length: count / piece }, (_, i) => {
    const at = from / piece + i;
    return runs[floor(at / pieces)]! + (at % pieces) * piece;
  });
  return { ...windows, runs: part, run: piece };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
