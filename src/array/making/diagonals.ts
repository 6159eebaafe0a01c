import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, ArrayData, DType } from "../../data/index.ts";
import {
  checkDType,
  copyRow,
  encodeElement,
  formatShape,
  permuted,
  reshaped,
  stretch,
  toData,
  toShape,
  zerosData,
} from "../../data/index.ts";
import { NDArray } from "../ndarray.ts";

/** The form of a matrix of ones. */
export interface EyeOptions {
  /** The number of columns, default as many as rows. */
  readonly m?: number;
  /** Which diagonal: above the main one where positive, default 0. */
  readonly k?: number;
  readonly dtype?: DType;
}

/** The columns that a row has something in: from the first to before the last, wherever these are. */
type Span = (row: number) => readonly [from: number, to: number];

/** A matrix [n, m] of 1 in the span of each row of diagonal `k`. */
function matrix(
  n: number,
  { m, k = 0, dtype = "float32" }: EyeOptions,
  fn: string,
  spanOf: (k: number) => Span,
): NDArray {
  const shape = toShape([n, m ?? n], `${fn}: "shape"`);
  const diagonal = int(k, `${fn}: "k"`);
  const out = zerosData(shape, checkDType(dtype, fn));
  const to = out.storage.data;
  const one = encodeElement(dtype, 1);
  eachSpan(out, spanOf(diagonal), (start, end) => to.fill(one, start, end));
  return new NDArray(out);
}

/** Calls `visit(start, end)` with the places of every row's span in `x` [..., rows, columns]. */
function eachSpan(x: ArrayData, span: Span, visit: (start: number, end: number) => void): void {
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const inside = (column: number): number => Math.min(Math.max(column, 0), columns);
  for (let start = 0, row = 0; start < x.storage.data.length; start += columns, row++) {
    const [from, to] = span(row % rows);
    visit(start + inside(from), start + inside(to));
  }
}

/**
 * A matrix of zeros with ones on a diagonal, float32 unless told otherwise.
 *
 * @example
 * eye(2).tolist() // => [[1, 0], [0, 1]]
 * eye(2, { m: 3, k: 1, dtype: "int32" }).tolist() // => [[0, 1, 0], [0, 0, 1]]
 */
export function eye(n: number, options: EyeOptions = {}): NDArray {
  return matrix(n, options, "eye", (k) => (row) => [row + k, row + k + 1]);
}

/**
 * The identity matrix [n, n], float32 unless told otherwise.
 *
 * @example
 * identity(2).tolist() // => [[1, 0], [0, 1]]
 */
export function identity(n: number, dtype: DType = "float32"): NDArray {
  return eye(n, { dtype });
}

/**
 * A matrix of ones on and below a diagonal, zeros above, float32 unless told otherwise.
 *
 * @example
 * tri(3).tolist() // => [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
 */
export function tri(n: number, options: EyeOptions = {}): NDArray {
  return matrix(n, options, "tri", (k) => (row) => [0, row + k + 1]);
}

/** `x` with zeros outside the span of each row of its last two axes. */
function triangle(x: ArrayLike, fn: string, span: Span): NDArray {
  const from = toData(x, `${fn}: "x"`);
  if (from.shape.length < 2)
    throw new ShapeError(`${fn}: "x" expected at least two axes, got shape ${formatShape(from.shape)}`);
  const out = zerosData(from.shape, from.dtype);
  eachSpan(out, span, (start, end) => copyRow(from.storage.data, start, 1, out.storage.data, start, end - start));
  return new NDArray(out);
}

/**
 * The matrices `x` [..., n, m] with zeros above diagonal `k`.
 *
 * @throws ShapeError if there are fewer than two axes
 * @example
 * tril([[1, 2], [3, 4]]).tolist() // => [[1, 0], [3, 4]]
 */
export function tril(x: ArrayLike, k = 0): NDArray {
  const diagonal = int(k, 'tril: "k"');
  return triangle(x, "tril", (row) => [0, row + diagonal + 1]);
}

/**
 * The matrices `x` [..., n, m] with zeros below diagonal `k`.
 *
 * @throws ShapeError if there are fewer than two axes
 * @example
 * triu([[1, 2], [3, 4]]).tolist() // => [[1, 2], [0, 4]]
 */
export function triu(x: ArrayLike, k = 0): NDArray {
  const diagonal = int(k, 'triu: "k"');
  return triangle(x, "triu", (row) => [row + diagonal, Infinity]);
}

/**
 * A matrix with `x` [n] on diagonal `k` and zeros elsewhere; or diagonal `k` of the matrix `x` [n, m].
 *
 * @throws ShapeError if `x` has another number of axes
 * @example
 * diag([1, 2]).tolist() // => [[1, 0], [0, 2]]
 * diag([[1, 2], [3, 4]]).tolist() // => [1, 4]
 */
export function diag(x: ArrayLike, k = 0): NDArray {
  const from = toData(x, 'diag: "x"');
  const offset = int(k, 'diag: "k"');
  const [row, column] = [Math.max(0, -offset), Math.max(0, offset)];
  const [n, m] = from.shape;
  if (from.shape.length === 1) {
    const size = n! + Math.abs(offset);
    const out = zerosData([size, size], from.dtype);
    const to = out.storage.data;
    for (let i = 0; i < n! && to.length > 0; i++) to[(row + i) * size + column + i] = from.storage.data[i]!;
    return new NDArray(out);
  }
  if (from.shape.length !== 2)
    throw new ShapeError(`diag: "x" expected one or two axes, got shape ${formatShape(from.shape)}`);
  const out = zerosData([Math.max(0, Math.min(n! - row, m! - column))], from.dtype);
  const to = out.storage.data;
  for (let i = 0; i < to.length; i++) to[i] = from.storage.data[(row + i) * m! + column + i]!;
  return new NDArray(out);
}

/**
 * The coordinates `xs`, one array [n] each, stretched over the grid they span: `"xy"` (default) swaps the first two axes.
 *
 * @throws ShapeError if one has more than one axis; TypeError for another indexing
 * @example
 * meshgrid([[1, 2], [3, 4, 5]])[0].tolist() // => [[1, 2], [1, 2], [1, 2]]
 */
export function meshgrid(
  xs: readonly ArrayLike[],
  { indexing = "xy" }: { readonly indexing?: "xy" | "ij" } = {},
): NDArray[] {
  if (indexing !== "xy" && indexing !== "ij")
    throw new TypeError(`meshgrid: "indexing" expected "xy" or "ij", got ${describe(indexing)}`);
  const parts = xs.map((x, i) => {
    const part = toData(x, `meshgrid: "xs[${i}]"`);
    if (part.shape.length > 1)
      throw new ShapeError(`meshgrid: "xs[${i}]" expected one axis, got shape ${formatShape(part.shape)}`);
    return part.shape.length === 0 ? reshaped(part, [1]) : part;
  });
  const shape = parts.map((part) => part.shape[0]!);
  const swapped = shape.map((_, axis) => (axis < 2 && shape.length > 1 && indexing === "xy" ? 1 - axis : axis));
  return parts.map((part, axis) => {
    const grid: ArrayData = stretch(
      reshaped(
        part,
        shape.map((n, i) => (i === axis ? n : 1)),
      ),
      shape,
    );
    return new NDArray(permuted(grid, swapped));
  });
}
