import { kernels } from "../../backend/index.ts";
import { LONGEST_ROW } from "../../base/index.ts";

/** The terms that are summed at once where there are many. */
const BLOCK = 1024;

/**
 * The sums of the kernel `sumF32`, of lines of any length: out[o, j] = the sum over k and i of x[o, k, j, i], of the
 * squares of the distances from `centres` if they are given.
 *
 * Long lines are summed in blocks of 1,024 terms, as many whole rows as that has; the sums of the blocks are summed in
 * the same way. In one go the rounding of equal terms adds up: a million times 0.1 were 0.06 % too much. Lines that lie
 * in one piece are long above 16,384 terms, what a row of the norms' kernels has; others above 1,024.
 */
export function sumLines(
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size = 1,
): void {
  if (n * size <= (inner === 1 ? LONGEST_ROW : BLOCK)) {
    kernels().sumF32(x, centres, out, n, inner, size);
    return;
  }
  if (inner === 1) sumBlocks(x, centres, out, n * size, 1, 1);
  else sumBlocks(x, centres, out, n, inner, size);
}

function sumBlocks(
  x: Float32Array,
  centres: Float32Array | undefined,
  out: Float32Array,
  n: number,
  inner: number,
  size: number,
): void {
  const rows = Math.max(1, Math.floor(BLOCK / size));
  const blocks = Math.ceil(n / rows);
  const width = inner * size;
  const parts = new Float32Array(blocks * out.length);
  for (let first = 0; first < out.length; first += inner) {
    const own = centres && centresOf(centres, first, inner);
    for (let block = 0; block < blocks; block++) {
      const from = first * size * n + block * rows * width;
      const count = Math.min(rows, n - block * rows);
      const at = first * blocks + block * inner;
      kernels().sumF32(x.subarray(from, from + count * width), own, parts.subarray(at, at + inner), count, inner, size);
    }
  }
  sumLines(parts, undefined, out, blocks, inner);
}

/** The centres of `count` lines from `first` on, of which there are any number, read cyclically. */
function centresOf(centres: Float32Array, first: number, count: number): Float32Array {
  if (centres.length === 1) return centres;
  return Float32Array.from({ length: count }, (_, j) => centres[(first + j) % centres.length]!);
}
