import { kernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, floatsOf, zerosData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import { sizeOf } from "../shape.ts";

const { fround } = Math;

/** The rows that are summed in one accumulator. */
export const OUTER_BLOCK = 256;

/**
 * The sum over k of the outer products of row k of `x` [...batch, k, n] and row k of `y` [...batch, k, m]:
 * [...batch, n, m]. It is the gradient of a weight matrix, `x` transposed times `y`.
 *
 * Rows are summed in blocks of 256, because one accumulator over a batch of any length is not accurate enough: k
 * ascending from +0 in a block, product and sum rounded each; then the sums of the blocks ascending. With up to 256
 * rows it has the bits of the matrix product.
 */
export function outerData(x: ArrayData, y: ArrayData): ArrayData {
  const rank = x.shape.length;
  const [k, n, m] = [x.shape[rank - 2]!, x.shape[rank - 1]!, y.shape[rank - 1]!];
  const batch = x.shape.slice(0, -2);
  const out = zerosData([...batch, n, m], "float32");
  const [xs, ys, to] = [floatsOf(x), floatsOf(y), out.storage.data as Float32Array];
  if (to.length > 0 && k > 0)
    for (let i = 0; i < sizeOf(batch); i++)
      sumOfOuters(
        xs.subarray(i * k * n, (i + 1) * k * n),
        ys.subarray(i * k * m, (i + 1) * k * m),
        to.subarray(i * n * m, (i + 1) * n * m),
        k,
      );
  return castData(out, promote(x.dtype, y.dtype));
}

function sumOfOuters(x: Float32Array, y: Float32Array, out: Float32Array, rows: number): void {
  const n = x.length / rows;
  const m = y.length / rows;
  multiplyBlock(x, y, out, 0, Math.min(rows, OUTER_BLOCK), n, m);
  if (rows <= OUTER_BLOCK) return;
  const part = new Float32Array(out.length);
  for (let from = OUTER_BLOCK; from < rows; from += OUTER_BLOCK) {
    multiplyBlock(x, y, part, from, Math.min(rows, from + OUTER_BLOCK), n, m);
    for (let i = 0; i < out.length; i++) out[i] = fround(out[i]! + part[i]!);
  }
}

/** out = the rows `from` to before `end` of `x`, transposed, times those of `y`. */
function multiplyBlock(
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
  from: number,
  end: number,
  n: number,
  m: number,
): void {
  const rows = end - from;
  const columns = new Float32Array(n * rows);
  for (let k = 0, at = from * n; k < rows; k++) for (let i = 0; i < n; i++, at++) columns[i * rows + k] = x[at]!;
  kernels().matmulF32(columns, y.subarray(from * m, end * m), undefined, out, n, false);
}
