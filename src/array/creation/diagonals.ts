import type { Given, Places } from "../../base/index.ts";
import { assertNames, describe, inOrder, int, isNamed, ShapeError } from "../../base/index.ts";
import type { ArrayLike, Band, DType, IndexPlan } from "../../data/index.ts";
import {
  checkDType,
  DATA,
  eachBandRow,
  encodeElement,
  formatShape,
  stridedPlan,
  toShape,
  zerosData,
} from "../../data/index.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { apply, asNDArray, NDArray, rawOf } from "../ndarray.ts";
import { BAND } from "../operations/creation.ts";
import { GATHER, SCATTER_SET } from "../operations/indexing.ts";
import { zeros } from "./arrays.ts";

/** The options of `eye` and `tri`. */
export interface EyeOptions {
  /** The number of columns. Default: as many as rows. */
  readonly m?: number;
  /** The diagonal, above the main one if positive. Default 0. */
  readonly k?: number;
  readonly dtype?: DType;
}

/** A matrix [n, m] of ones in the band that `bandOf` gives for diagonal `k`. */
function matrix(
  n: number,
  { m, k = 0, dtype = "float32" }: EyeOptions,
  fn: string,
  bandOf: (k: number) => Band,
): NDArray {
  const shape = toShape([n, m ?? n], `${fn}: "shape"`);
  const band = bandOf(int(k, `${fn}: "k"`));
  const out = zerosData(shape, checkDType(dtype, fn));
  const one = encodeElement(dtype, 1);
  eachBandRow(out, band, (start, end) => out.storage.data.fill(one, start, end));
  return new NDArray(out);
}

/**
 * A matrix [n, m] of zeros with ones on a diagonal, float32 by default.
 *
 * @example
 * eye(2).tolist() // => [[1, 0], [0, 1]]
 * eye(2, { m: 3, k: 1, dtype: "int32" }).tolist() // => [[0, 1, 0], [0, 0, 1]]
 */
export function eye(
  ...places: Given<[n: number], "n", [m: number | null, k: number, dtype: DType | null], EyeOptions>
): NDArray;
export function eye(): NDArray {
  return inOrder(eyeOf, arguments, 1, "eye n | m k dtype:d");
}

function eyeOf(n: number, options: EyeOptions = {}): NDArray {
  return matrix(n, options, "eye", (k) => ({ lower: k, upper: k }));
}

/**
 * The identity matrix [n, n], float32 by default.
 *
 * @example
 * identity(2).tolist() // => [[1, 0], [0, 1]]
 */
export function identity(
  ...places: Given<[n: number], "n", [dtype: DType | null], { readonly dtype?: DType }>
): NDArray;
export function identity(): NDArray {
  return inOrder(identityOf, arguments, 2, "identity n dtype:d");
}

function identityOf(n: number, dtype: DType = "float32"): NDArray {
  return eye(n, { dtype });
}

/**
 * A matrix [n, m] with ones on and below a diagonal and zeros above, float32 by default.
 *
 * @example
 * tri(3).tolist() // => [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
 */
export function tri(
  ...places: Given<[n: number], "n", [m: number | null, k: number, dtype: DType | null], EyeOptions>
): NDArray;
export function tri(): NDArray {
  return inOrder(triOf, arguments, 1, "tri n | m k dtype:d");
}

function triOf(n: number, options: EyeOptions = {}): NDArray {
  return matrix(n, options, "tri", (k) => ({ lower: -Infinity, upper: k }));
}

/** The matrices `x` with zeros outside a band. */
function triangle(x: ArrayLike, fn: string, band: Band): NDArray {
  const from = asNDArray(x, `${fn}: "x"`);
  if (from.ndim < 2)
    throw new ShapeError(`${fn}: "x" expected at least two axes, got shape ${formatShape(from.shape)}`);
  return apply(BAND, band, rawOf(from));
}

/**
 * The matrices `x` [..., n, m] with zeros above diagonal `k`.
 *
 * @param k above the main diagonal if positive, default 0
 * @throws ShapeError if there are fewer than two axes
 * @example
 * tril([[1, 2], [3, 4]]).tolist() // => [[1, 0], [3, 4]]
 */
export function tril(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray;
export function tril(): NDArray {
  return inOrder(trilOf, arguments, 2, "tril m k");
}

function trilOf(x: ArrayLike, k = 0): NDArray {
  return triangle(x, "tril", { lower: -Infinity, upper: int(k, 'tril: "k"') });
}

/**
 * The matrices `x` [..., n, m] with zeros below diagonal `k`.
 *
 * @param k above the main diagonal if positive, default 0
 * @throws ShapeError if there are fewer than two axes
 * @example
 * triu([[1, 2], [3, 4]]).tolist() // => [[1, 2], [0, 4]]
 */
export function triu(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray;
export function triu(): NDArray {
  return inOrder(triuOf, arguments, 2, "triu m k");
}

function triuOf(x: ArrayLike, k = 0): NDArray {
  return triangle(x, "triu", { lower: int(k, 'triu: "k"'), upper: Infinity });
}

/**
 * A matrix with `x` [n] on diagonal `k` and zeros elsewhere; or diagonal `k` of the matrix `x` [n, m].
 *
 * @param k above the main diagonal if positive, default 0
 * @throws ShapeError if `x` has another number of axes
 * @example
 * diag([1, 2]).tolist() // => [[1, 0], [0, 2]]
 * diag([[1, 2], [3, 4]]).tolist() // => [1, 4]
 */
export function diag(x: ArrayLike, ...places: Places<[k: number], { readonly k?: number }>): NDArray;
export function diag(): NDArray {
  return inOrder(diagOf, arguments, 2, "diag v k");
}

function diagOf(x: ArrayLike, k = 0): NDArray {
  const from = asNDArray(x, 'diag: "x"');
  const offset = int(k, 'diag: "k"');
  if (from.ndim === 2) return apply(GATHER, diagonalPlan(from.shape[0]!, from.shape[1]!, offset), rawOf(from));
  if (from.ndim !== 1) throw new ShapeError(`diag: "x" expected one or two axes, got shape ${formatShape(from.shape)}`);
  const size = from.size + Math.abs(offset);
  const plan = diagonalPlan(size, size, offset);
  return apply(SCATTER_SET, plan, zeros([size, size], from.dtype)[DATA], rawOf(from));
}

/** The plan that names diagonal `k` of a matrix [rows, columns]. */
function diagonalPlan(rows: number, columns: number, k: number): IndexPlan {
  const [row, column] = [Math.max(0, -k), Math.max(0, k)];
  const count = Math.max(0, Math.min(rows - row, columns - column));
  return stridedPlan([count], [columns + 1], row * columns + column);
}

/** The options of `meshgrid`. */
export interface MeshgridOptions {
  /** `"xy"` (default) swaps the first two axes, `"ij"` does not. */
  readonly indexing?: "xy" | "ij";
  /** Whether each array has sizes of 1 except for its own axis. Default false. */
  readonly sparse?: boolean;
  /** There are no views: as in JAX, only true. */
  readonly copy?: true;
}

/**
 * The coordinates of a grid: each of `xs` [n] broadcast over the grid that all of them span. They stand in a list, or
 * side by side as in Python.
 *
 * @returns as many arrays as `xs`, all of the grid's shape
 * @throws ShapeError if one has more than one axis; TypeError for another indexing
 * @example
 * meshgrid([[1, 2], [3, 4, 5]])[0].tolist() // => [[1, 2], [1, 2], [1, 2]]
 * meshgrid([1, 2], [3, 4, 5], { sparse: true })[1].tolist() // => [[3], [4], [5]]
 */
export function meshgrid(xs: readonly ArrayLike[], options?: MeshgridOptions): NDArray[];
export function meshgrid(...xsAndOptions: readonly (ArrayLike | MeshgridOptions)[]): NDArray[];
export function meshgrid(...given: readonly unknown[]): NDArray[] {
  const last = given.at(-1);
  const hasOptions = typeof last === "object" && last !== null && isNamed(last);
  const options = hasOptions ? last : {};
  assertNames(options, "meshgrid", ["copy", "sparse", "indexing"]);
  const { copy = true, sparse = false, indexing = "xy" } = options as MeshgridOptions;
  if (indexing !== "xy" && indexing !== "ij")
    throw new TypeError(`meshgrid: "indexing" expected "xy" or "ij", got ${describe(indexing)}`);
  if (copy !== true) throw new TypeError(`meshgrid: "copy" expected true, got ${describe(copy)}`);
  if (typeof sparse !== "boolean")
    throw new TypeError(`meshgrid: "sparse" expected a boolean, got ${describe(sparse)}`);
  const xs = hasOptions ? given.slice(0, -1) : given;
  const only = xs.length === 1 ? xs[0] : undefined;
  const isList = Array.isArray(only) && only.some((x) => typeof x !== "number");
  const parts = (isList ? (only as unknown[]) : xs).map((x, i) => {
    const part = asNDArray(x as ArrayLike, `meshgrid: "xs[${i}]"`);
    if (part.ndim > 1)
      throw new ShapeError(`meshgrid: "xs[${i}]" expected one axis, got shape ${formatShape(part.shape)}`);
    return part;
  });
  const sizes = parts.map((part) => part.size);
  const swapped = sizes.map((_, axis) => (axis < 2 && sizes.length > 1 && indexing === "xy" ? 1 - axis : axis));
  return parts.map((part, axis) => {
    const line = part.reshape(sizes.map((n, i) => (i === axis ? n : 1)));
    return (sparse ? line : broadcastTo(line, sizes)).transpose(swapped);
  });
}
