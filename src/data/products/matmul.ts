import { kernels } from "../../backend/index.ts";
import { BATCH_MATRIX, config, describe, ShapeError, shapesOnly } from "../../base/index.ts";
import type { ArrayData, Storage } from "../arraydata.ts";
import { arrayData, castData, emptyData, isImmutable, zerosData } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { isHalf, promote } from "../dtype.ts";
import type { Shape } from "../shape.ts";
import { broadcastIndex, broadcastShapes, formatShape, sizeOf } from "../shape.ts";
import { WidenedStorage, widenedData } from "../widened.ts";
import { multiplyWords } from "./half.ts";

/**
 * The matrix product of `a` [..., i, k] and `b` [..., k, j], the axes before broadcast. An operand with one axis is a
 * row or a column, whose axis the result lacks.
 *
 * - float32: each output is the float32 sum of float32 products over k, ascending from +0, with one accumulator;
 *   product and sum are rounded apart, or once if `config.products` is "fused". Beyond 4,096 terms it is a sum of
 *   blocks of so many, added ascending. A row of a batch has the bits of that row alone.
 * - 16-bit floats are summed as float32 and rounded once.
 * - Integers wrap.
 * - bools: the "or" of "and".
 *
 * @throws ShapeError naming both shapes if the inner sizes differ or the batches do not broadcast
 */
export function matmulData(a: ArrayData, b: ArrayData): ArrayData {
  const rank = a.shape.length;
  const k = a.shape[rank - 1];
  const columns = b.shape.length;
  if (k === undefined || columns === 0 || b.shape[columns === 1 ? 0 : columns - 2] !== k)
    throw shapeMismatch(a.shape, b.shape);
  if (columns > 2) return stacked(a, b);
  const m = columns === 2 ? b.shape[1]! : 1;
  if (rank === 1 && a.dtype === "float32" && b.dtype === "float32") return rowTimes(a.storage.data as Float32Array, b);
  const batch = a.shape.slice(0, -1);
  return products(a, b, columns === 2 ? [...batch, m] : batch, sizeOf(batch), k, m);
}

/**
 * A float32 row [k] times a float32 `b` [k, m] or [k], like `matmulData` of them. It goes straight to the kernel,
 * because the shortest calls spend a third of their time here: 89 ns at 3x4, 125 by zerosData (Node 20, 2026-11).
 */
export function rowTimes(x: Float32Array, { shape, storage }: ArrayData): ArrayData {
  const columns = shape[1];
  const out = new Float32Array(shapesOnly.on ? 0 : (columns ?? 1));
  if (storage instanceof WidenedStorage) multiplyWords(x, storage, undefined, out, 1);
  else kernels().matvecF32(x, storage.data as Float32Array, out, isImmutable(storage));
  return arrayData(columns === undefined ? [] : [columns], "float32", out);
}

/** `b` has batch axes of its own. */
function stacked(a: ArrayData, b: ArrayData): ArrayData {
  const vector = a.shape.length === 1;
  const [rows, k] = vector ? [1, a.shape[0]!] : (a.shape.slice(-2) as [number, number]);
  const m = b.shape[b.shape.length - 1]!;
  const before = vector ? [] : a.shape.slice(0, -2);
  const behind = b.shape.slice(0, -2);
  const batch = broadcastShapes(before, behind, "matmul");
  const shape = vector ? [...batch, m] : [...batch, rows, m];
  if (sizeOf(behind) === 1) return products(a, b, shape, sizeOf(batch) * rows, k, m);
  const count = sizeOf(batch);
  const ai = broadcastIndex(before, batch);
  const bi = broadcastIndex(behind, batch);
  const isPaired = sizeOf(before) === count && sizeOf(behind) === count;
  return products(a, b, shape, rows, k, m, { count, ai, bi, isPaired });
}

/** Several products side by side: number i multiplies matrix `ai(i)` of the one with matrix `bi(i)` of the other. */
interface Batch {
  readonly count: number;
  readonly ai: (i: number) => number;
  readonly bi: (i: number) => number;
  /** Whether both are i. */
  readonly isPaired: boolean;
}

/** `a` [count, rows, k] times `b` [count, k, m] as an array of `shape`; without a batch one product. */
function products(
  a: ArrayData,
  b: ArrayData,
  shape: Shape,
  rows: number,
  k: number,
  m: number,
  batch?: Batch,
): ArrayData {
  const dtype = promote(a.dtype, b.dtype);
  if (isHalf(dtype)) return castData(products(castData(a, "float32"), widenedData(b), shape, rows, k, m, batch), dtype);
  const result = (k === 0 ? zerosData : emptyData)(shape, dtype);
  const x = castData(a, dtype).storage;
  const w = (dtype === "float32" ? widenedData(b) : castData(b, dtype)).storage;
  const out = result.storage.data;
  if (out.length === 0) return result;
  if (batch === undefined) {
    if (dtype === "float32") multiplyRows(x, w, out as Float32Array, rows);
    else multiply(dtype)(x.data, 0, w.data, 0, out, 0, rows, k, m);
  } else if (dtype === "float32" && batch.isPaired && isSmall(rows, k, m)) {
    const [xs, ws] = [x.data as Float32Array, w.data as Float32Array];
    kernels().matmulBatchF32(xs, ws, out as Float32Array, batch.count, rows);
  } else if (dtype === "float32" && (rows * k * m >= SMALL || config.products === "fused")) {
    const [xs, ws] = [x.data as Float32Array, w.data as Float32Array];
    for (let i = 0; i < batch.count; i++) {
      const [p, q] = [batch.ai(i) * rows * k, batch.bi(i) * k * m];
      kernels().matmulF32(
        xs.subarray(p, p + rows * k),
        ws.subarray(q, q + k * m),
        undefined,
        (out as Float32Array).subarray(i * rows * m, (i + 1) * rows * m),
        rows,
        false,
      );
    }
  } else {
    const loops = multiply(dtype);
    for (let i = 0; i < batch.count; i++)
      loops(x.data, batch.ai(i) * rows * k, w.data, batch.bi(i) * k * m, out, i * rows * m, rows, k, m);
  }
  return result;
}

function multiplyRows(x: Storage, w: Storage, out: Float32Array, rows: number): void {
  if (w instanceof WidenedStorage) return multiplyWords(x.data as Float32Array, w, undefined, out, rows);
  const immutable = isImmutable(w);
  if (rows === 1) kernels().matvecF32(x.data as Float32Array, w.data as Float32Array, out, immutable);
  else kernels().matmulF32(x.data as Float32Array, w.data as Float32Array, undefined, out, rows, immutable);
}

/** Whether a kernel takes all products of a batch in one call. */
function isSmall(rows: number, k: number, m: number): boolean {
  return rows * k <= BATCH_MATRIX && k * m <= BATCH_MATRIX && rows * m <= BATCH_MATRIX;
}

/** Below this many multiplications the views of a batch's matrices cost more than the loops here. */
const SMALL = 256;

const { fround, imul } = Math;

function multiplySmall(
  x: TypedArray,
  p: number,
  w: TypedArray,
  q: number,
  out: TypedArray,
  at: number,
  rows: number,
  k: number,
  m: number,
): void {
  for (let i = 0; i < rows; i++, p += k) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum = fround(sum + fround(x[p + l]! * w[q + l * m + j]!));
      out[at++] = sum;
    }
  }
}

/** The loops for a dtype: x [rows, k] from index p on, w [k, m] from q on, out [rows, m] from `at` on. */
function multiply(dtype: DType): typeof multiplySmall {
  return dtype === "float32" ? multiplySmall : dtype === "bool" ? multiplyBool : multiplyWhole;
}

/** Integers: the sum wraps at 32 bits, and to its dtype where it is stored. */
function multiplyWhole(
  x: TypedArray,
  p: number,
  w: TypedArray,
  q: number,
  out: TypedArray,
  at: number,
  rows: number,
  k: number,
  m: number,
): void {
  for (let i = 0; i < rows; i++, p += k) {
    for (let j = 0; j < m; j++) {
      let sum = 0;
      for (let l = 0; l < k; l++) sum = (sum + imul(x[p + l]!, w[q + l * m + j]!)) | 0;
      out[at++] = sum;
    }
  }
}

function multiplyBool(
  x: TypedArray,
  p: number,
  w: TypedArray,
  q: number,
  out: TypedArray,
  at: number,
  rows: number,
  k: number,
  m: number,
): void {
  for (let i = 0; i < rows; i++, p += k) {
    for (let j = 0; j < m; j++) {
      let any = 0;
      for (let l = 0; l < k; l++) any |= x[p + l]! & w[q + l * m + j]!;
      out[at++] = any;
    }
  }
}

function shapeMismatch(a: Shape, b: Shape): ShapeError {
  const shapes = `matmul: "a" ${formatShape(a)} and "b" ${formatShape(b)} do not fit`;
  if (a.length === 0 || b.length === 0)
    return new ShapeError(`${shapes}: expected at least one axis on each side, got a scalar`);
  const axis = b.length > 2 ? "the last but one" : "the first";
  const expected = describe(b[b.length === 1 ? 0 : b.length - 2]);
  const got = describe(a[a.length - 1]);
  return new ShapeError(`${shapes}: expected the last size of "a" to be ${axis} of "b", ${expected}, got ${got}`);
}
