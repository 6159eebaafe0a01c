import { gradientKernels } from "../../backend/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf, zerosData } from "../arraydata.ts";
import { promote } from "../dtype.ts";
import { sizeOf } from "../shape.ts";
import { outerLater } from "./pendingouter.ts";

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
  const later = batch.length === 0 ? outerLater(x, y) : undefined;
  if (later !== undefined) return later;
  const out = (k > 0 ? emptyData : zerosData)([...batch, n, m], "float32");
  const [xs, ys, to] = [floatsOf(x), floatsOf(y), out.storage.data as Float32Array];
  if (to.length > 0 && k > 0)
    eachMatrix(sizeOf(batch), (xi, yi, oi) => gradientKernels().outerF32(xi, yi, oi, k), xs, ys, to);
  return castData(out, promote(x.dtype, y.dtype));
}

/** Calls `product` with matrix i of each of three stacks of `count`. */
export function eachMatrix(
  count: number,
  product: (x: Float32Array, y: Float32Array, out: Float32Array) => void,
  x: Float32Array,
  y: Float32Array,
  out: Float32Array,
): void {
  if (count === 1) return product(x, y, out);
  const part = (all: Float32Array, i: number): Float32Array =>
    all.subarray((i * all.length) / count, ((i + 1) * all.length) / count);
  for (let i = 0; i < count; i++) product(part(x, i), part(y, i), part(out, i));
}
