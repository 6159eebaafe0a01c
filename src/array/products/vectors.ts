/** Products and diagonals of batches of vectors and matrices, with the arithmetic of `matmul`, `mul` and `sum`. */
import type { PrecisionOptions } from "../precision.ts";
import type { Given, Places } from "../../base/index.ts";
import { inOrder, int, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import { formatShape, stridedPlan, stridesOf, toAxes } from "../../data/index.ts";
import { expandDims, moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { apply, asNDArray, rawOf } from "../ndarray.ts";
import { weakly } from "../scalar.ts";
import { GATHER } from "../operations/indexing.ts";

/**
 * The dot products of the vectors along `axis` of `a` and `b`; the other axes broadcast.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`vecdot`).
 * @param axis default the last
 * @throws ShapeError naming both shapes if they do not fit
 * @example
 * vecdot([[1, 2], [3, 4]], [1, 10]).tolist() // => [21, 43]
 */
export function vecdot(
  a: ArrayLike,
  b: ArrayLike,
  ...places: Places<[axis: number], { readonly axis?: number } & PrecisionOptions>
): NDArray;
export function vecdot(): NDArray {
  return inOrder(vecdotOf, arguments, 3, "vecdot x1 x2 axis * precision:p");
}

function vecdotOf(a: ArrayLike, b: ArrayLike, axis = -1): NDArray {
  return expandDims(moveaxis(a, axis, -1), -2)
    .matmul(expandDims(moveaxis(b, axis, -1), -1))
    .squeeze([-2, -1]);
}

/**
 * The products of the matrices `a` [..., n, m] and the vectors `b` [..., m]: `[..., n]`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`matvec`).
 * @throws ShapeError naming both shapes if they do not fit
 * @example
 * matvec([[1, 2], [3, 4]], [[1, 0], [0, 1]]).tolist() // => [[1, 3], [2, 4]]
 */
export function matvec(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("matvec", "x1 x2", arguments);
  return asNDArray(a, 'matvec: "a"').matmul(expandDims(b, -1)).squeeze(-1);
}

/**
 * The products of the vectors `a` [..., n] and the matrices `b` [..., n, m]: `[..., m]`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/tensor_contractions.py` (`vecmat`).
 * @throws ShapeError naming both shapes if they do not fit
 * @example
 * vecmat([[1, 0], [0, 1]], [[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 */
export function vecmat(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("vecmat", "x1 x2", arguments);
  return expandDims(a, -2).matmul(b).squeeze(-2);
}

/**
 * The Kronecker product: each element of `a` is replaced by a block, itself times `b`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`kron`).
 * @throws LimitError if the result is too large
 * @example
 * kron([1, 10], [[1, 2]]).tolist() // => [[1, 2, 10, 20]]
 */
export function kron(a: ArrayLike, ...places: Given<[b: ArrayLike], "b">): NDArray;
export function kron(): NDArray {
  return inOrder(kronOf, arguments, 2, "kron a b");
}

function kronOf(a: ArrayLike, b: ArrayLike): NDArray {
  const [x, y] = weakly([a, b], (i) => `kron: "${i === 0 ? "a" : "b"}"`) as [NDArray, NDArray];
  const rank = Math.max(x.ndim, y.ndim);
  const [m, n] = [x, y].map(({ shape }) => [...Array.from({ length: rank - shape.length }, () => 1), ...shape]) as [
    number[],
    number[],
  ];
  return x
    .reshape(m.flatMap((size) => [size, 1]))
    .mul(y.reshape(n.flatMap((size) => [1, size])))
    .reshape(m.map((size, axis) => size * n[axis]!));
}

/** The two axes of a diagonal. */
export interface DiagonalOptions {
  /** Above the main diagonal if positive. Default 0. */
  readonly offset?: number;
  /** Default 0. */
  readonly axis1?: number;
  /** Default 1. */
  readonly axis2?: number;
}

/**
 * A diagonal of the matrices that two axes of `x` make.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`diagonal`).
 * @param offset above the main diagonal if positive, default 0
 * @returns [...the other axes, n]
 * @throws ShapeError if there are fewer than two axes; RangeError if one is not there, or comes twice
 * @example
 * diagonal([[1, 2], [3, 4]]).tolist() // => [1, 4]
 * diagonal([[1, 2], [3, 4]], 1).tolist() // => [2]
 */
export function diagonal(
  x: ArrayLike,
  ...places: Places<[offset: number, axis1: number, axis2: number], DiagonalOptions>
): NDArray;
export function diagonal(): NDArray {
  return inOrder(diagonalOf, arguments, 2, "diagonal a offset | axis1 axis2");
}

function diagonalOf(x: ArrayLike, offset = 0, { axis1 = 0, axis2 = 1 }: DiagonalOptions = {}): NDArray {
  const given = asNDArray(x, 'diagonal: "x"');
  const { shape } = given;
  if (shape.length < 2)
    throw new ShapeError(`diagonal: "x" expected at least two axes, got shape ${formatShape(shape)}`);
  const [rows, columns] = toAxes([axis1, axis2], shape.length, "diagonal: axes") as [number, number];
  const k = int(offset, 'diagonal: "offset"');
  const [row, column] = [Math.max(0, -k), Math.max(0, k)];
  const count = Math.max(0, Math.min(shape[rows]! - row, shape[columns]! - column));
  const strides = stridesOf(shape);
  const others = [...shape.keys()].filter((axis) => axis !== rows && axis !== columns);
  const plan = stridedPlan(
    [...others.map((axis) => shape[axis]!), count],
    [...others.map((axis) => strides[axis]!), strides[rows]! + strides[columns]!],
    row * strides[rows]! + column * strides[columns]!,
  );
  return apply(GATHER, plan, rawOf(given));
}

/** The options of `trace`. */
export interface TraceOptions extends DiagonalOptions {
  /** Default that of a sum. */
  readonly dtype?: DType | null;
}

/**
 * The sum of a diagonal, in the order and the dtype of `sum`.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`trace`).
 * @param offset above the main diagonal if positive, default 0
 * @throws as `diagonal`
 * @example
 * trace([[1, 2], [3, 4]]).item() // => 5
 */
export function trace(
  x: ArrayLike,
  ...places: Places<[offset: number, axis1: number, axis2: number, dtype: DType | null, out: null], TraceOptions>
): NDArray;
export function trace(): NDArray {
  return inOrder(traceOf, arguments, 2, "trace a offset | axis1 axis2 dtype:d out:0");
}

function traceOf(x: ArrayLike, offset = 0, { axis1 = 0, axis2 = 1, dtype = null }: TraceOptions = {}): NDArray {
  return diagonal(x, offset, { axis1, axis2 }).sum(-1, { dtype });
}
