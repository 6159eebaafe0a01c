import { kernels } from "../../backend/index.ts";
import { shapesOnly } from "../../base/index.ts";
import type { ArrayData, Storage } from "../arraydata.ts";
import { arrayData, emptyData, isImmutable, zerosData } from "../arraydata.ts";
import { reshaped } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { sameShape, sizeOf } from "../shape.ts";
import { addBias } from "./bias.ts";
import { WidenedStorage } from "../widened.ts";
import { multiplyWords } from "./half.ts";
import { matmulData } from "./matmul.ts";

/**
 * The last `axes` axes of `x` [...lead, ...sum] summed with the first of `kernel` [...sum, ...tail], plus `bias`, which
 * broadcasts: [...lead, ...tail]. The product has the arithmetic of `matmulData`, the bias that of `add`.
 *
 * @throws ShapeError if the sizes differ or the bias does not broadcast
 */
export function affineData(axes: number, x: ArrayData, kernel: ArrayData, bias: ArrayData | undefined): ArrayData {
  const { shape } = x;
  const isFloat = isFloat32(x) && isFloat32(kernel) && (bias === undefined || isFloat32(bias));
  // A small layer's call is short: of its 120 ns the shapes of the general case would take 30 (Node 20, 2026-12).
  if (isFloat && axes === 1 && isMatrix(kernel, shape[shape.length - 1], bias)) {
    const m = kernel.shape[1]!;
    if (shape.length === 1) return affineRow(x.storage, kernel.storage, bias?.storage, m);
    const out = shape.slice();
    out[out.length - 1] = m;
    return affineFloats(x.storage, kernel.storage, bias?.storage, out, rowsOf(shape));
  }
  const first = shape.length - axes;
  const lead = shape.slice(0, first);
  const tail = kernel.shape.slice(axes);
  const sum = shape.slice(first);
  if (isFloat && sameShape(sum, kernel.shape.slice(0, axes)) && (bias === undefined || sameShape(bias.shape, tail)))
    return affineFloats(x.storage, kernel.storage, bias?.storage, [...lead, ...tail], sizeOf(lead));
  const rows = reshaped(x, [...lead, sizeOf(sum)]);
  const matrix = reshaped(kernel, [sizeOf(kernel.shape.slice(0, axes)), sizeOf(tail)]);
  const y = reshaped(matmulData(rows, matrix), [...lead, ...tail]);
  return bias === undefined ? y : addBias(y, bias);
}

function isFloat32(x: ArrayData): boolean {
  return x.dtype === "float32";
}

/** Whether `kernel` is a matrix [n, m] and `bias`, where there is one, has a shape [m]. */
function isMatrix({ shape }: ArrayData, n: number | undefined, bias: ArrayData | undefined): boolean {
  return (
    shape.length === 2 &&
    shape[0] === n &&
    (bias === undefined || (bias.shape.length === 1 && bias.shape[0] === shape[1]))
  );
}

/** How many rows, its last axis, an array of `shape` has. */
function rowsOf(shape: Shape): number {
  let rows = 1;
  for (let axis = 0; axis < shape.length - 1; axis++) rows *= shape[axis]!;
  return rows;
}

/** `affineData` of float32 whose shapes fit: `rows` rows, the result of `shape`. Its elements go to `out`, if given. */
export function affineFloats(
  x: Storage,
  w: Storage,
  bias: Storage | undefined,
  shape: Shape,
  rows: number,
  out?: Float32Array,
): ArrayData {
  const result =
    out === undefined
      ? (x.data.length === 0 ? zerosData : emptyData)(shape, "float32")
      : arrayData(shape, "float32", out);
  const to = result.storage.data as Float32Array;
  if (w instanceof WidenedStorage && to.length > 0)
    multiplyWords(x.data as Float32Array, w, bias?.data as Float32Array | undefined, to, rows);
  else if (to.length > 0)
    kernels().matmulF32(
      x.data as Float32Array,
      w.data as Float32Array,
      bias?.data as Float32Array | undefined,
      to,
      rows,
      isImmutable(w),
    );
  return result;
}

/** `affineFloats` of one row `x` [n] and `w` [n, m]: [m]. */
function affineRow(x: Storage, w: Storage, bias: Storage | undefined, m: number): ArrayData {
  const out = new Float32Array(shapesOnly.on ? 0 : m);
  if (w instanceof WidenedStorage) {
    multiplyWords(x.data as Float32Array, w, bias?.data as Float32Array | undefined, out, 1);
    return arrayData([m], "float32", out);
  }
  kernels().matmulF32(
    x.data as Float32Array,
    w.data as Float32Array,
    bias?.data as Float32Array | undefined,
    out,
    1,
    isImmutable(w),
  );
  return arrayData([m], "float32", out);
}
