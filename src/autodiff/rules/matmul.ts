/** Rules of matrix products. Sums over more than 256 terms go in blocks of 256, so that long ones are accurate. */
import type { NDArray, Pairing, Shape } from "../../array/index.ts";
import { AFFINE, broadcastTo, CONTRACT, MATMUL, matmul, reshape, sizeOf, transpose } from "../../array/index.ts";
import { OUTER_BLOCK, TRANSPOSED_TERMS } from "../../data/index.ts";
import { matmulTransposed, MATMUL_TRANSPOSED } from "../operations/matmultransposed.ts";
import { OUTER_SUM, outerSum } from "../operations/outer.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

/** The rules of this file. */
export function matmulRules(): readonly RuleEntry[] {
  return [
    pullbacks(
      AFFINE,
      (ct, { inputs: [x, kernel], parameters: axes }) =>
        reshape(timesTransposed(toRows(ct, x.ndim - axes), toRows(kernel, axes), TRANSPOSED_TERMS), x.shape),
      (ct, { inputs: [x, kernel], parameters: axes }) =>
        reshape(outerSum(toRows(x, x.ndim - axes), toRows(ct, x.ndim - axes)), kernel.shape),
      (ct, { inputs: [, , bias] }) => unbroadcast(ct, bias!.shape),
    ),
    pullbacks(
      MATMUL_TRANSPOSED,
      (ct, { inputs: [, w] }) => matmul(ct, w),
      (ct, { inputs: [x] }) => outerSum(ct, x),
    ),
    pullbacks(
      OUTER_SUM,
      (ct, { inputs: [, y] }) => timesTransposed(y, ct, TRANSPOSED_TERMS),
      (ct, { inputs: [x] }) => matmul(x, ct),
    ),
    pullbacks(
      MATMUL,
      (ct, { inputs: [a, b] }) => reshape(toLeft(matrices(ct, a, b), asRow(a), asColumn(b)), a.shape),
      (ct, { inputs: [a, b] }) => reshape(toRight(matrices(ct, a, b), asRow(a), asColumn(b)), b.shape),
    ),
    pullbacks(
      CONTRACT,
      (ct, { inputs: [a, b], parameters }) => contractLeft(ct, a, b, parameters),
      (ct, { inputs: [a, b], parameters }) => contractRight(ct, a, b, parameters),
    ),
  ];
}

/** `x` as a matrix whose rows are its first `lead` axes. */
function toRows(x: NDArray, lead: number): NDArray {
  return reshape(x, [sizeOf(x.shape.slice(0, lead)), sizeOf(x.shape.slice(lead))]);
}

/** The matrix product with `b` transposed: by a kernel up to `limit` terms, which have one accumulator. */
function timesTransposed(a: NDArray, b: NDArray, limit: number): NDArray {
  return a.shape[a.ndim - 1]! <= limit ? matmulTransposed(a, b) : matmul(a, b.mT);
}

/** The matrix product with `b` transposed, a sum over more than 256 terms in blocks of 256. */
function times(a: NDArray, b: NDArray): NDArray {
  return a.shape[a.ndim - 1]! <= OUTER_BLOCK ? matmulTransposed(a, b) : outerSum(a.mT, b.mT);
}

function asRow(a: NDArray): NDArray {
  return a.ndim === 1 ? reshape(a, [1, a.size]) : a;
}

function asColumn(b: NDArray): NDArray {
  return b.ndim === 1 ? reshape(b, [b.size, 1]) : b;
}

/** A cotangent of `a @ b` with the axes that vectors lack. */
function matrices(ct: NDArray, a: NDArray, b: NDArray): NDArray {
  const batch = ct.shape.slice(0, ct.ndim - Number(a.ndim > 1) - Number(b.ndim > 1));
  return reshape(ct, [...batch, asRow(a).shape.at(-2)!, asColumn(b).shape.at(-1)!]);
}

function toLeft(ct: NDArray, a: NDArray, b: NDArray): NDArray {
  return unbroadcast(stacked(ct, b, times), a.shape);
}

function toRight(ct: NDArray, a: NDArray, b: NDArray): NDArray {
  if (b.ndim > 2) return unbroadcast(stacked(a, ct, outerSum), b.shape);
  const rows = ct.shape.slice(0, -1);
  return outerSum(toRows(broadcastTo(a, [...rows, a.shape.at(-1)!]), rows.length), toRows(ct, rows.length));
}

/** A product of matrices of two stacks that broadcast. */
function stacked(x: NDArray, y: NDArray, product: (x: NDArray, y: NDArray) => NDArray): NDArray {
  const batch = x.ndim > y.ndim ? x.shape.slice(0, -2) : y.shape.slice(0, -2);
  const other = x.ndim > y.ndim ? y : x;
  const whole = batch.map((n, i) => (n === 1 ? (other.shape.at(i - batch.length - 2) ?? 1) : n));
  const along = (z: NDArray): NDArray => broadcastTo(z, [...whole, ...z.shape.slice(-2)]);
  return product(along(x), along(y));
}

interface ContractAxes {
  readonly batch: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly sum: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly freeA: readonly number[];
  readonly freeB: readonly number[];
}

function axesOf({ sum, batch = { a: [], b: [] } }: Pairing, a: NDArray, b: NDArray): ContractAxes {
  return { batch, sum, freeA: others(a, sum.a, batch.a), freeB: others(b, sum.b, batch.b) };
}

function others(x: NDArray, ...used: readonly (readonly number[])[]): number[] {
  return x.shape.flatMap((_, axis) => (used.some((axes) => axes.includes(axis)) ? [] : [axis]));
}

/** The cotangent of the first factor of a contraction; that of a weight is one sum, as for `affine`. */
function contractLeft(ct: NDArray, a: NDArray, b: NDArray, parameters: Pairing, product = times): NDArray {
  const { batch, sum, freeA, freeB } = axesOf(parameters, a, b);
  const left = product(grouped(ct, a, batch.a, freeA, freeB.length), matrixOf(b, [batch.b, sum.b, freeB]));
  return inOrder(left, a.shape, [...batch.a, ...freeA, ...sum.a]);
}

/** The cotangent of the second. */
function contractRight(ct: NDArray, a: NDArray, b: NDArray, parameters: Pairing): NDArray {
  const { batch, sum, freeA, freeB } = axesOf(parameters, a, b);
  const right = outerSum(matrixOf(a, [batch.a, freeA, sum.a]), grouped(ct, a, batch.a, freeA, freeB.length));
  return inOrder(right, b.shape, [...batch.b, ...sum.b, ...freeB]);
}

/** `x` with its axes in three groups, as matrices: [batch, rows, columns]. */
function matrixOf(x: NDArray, groups: readonly (readonly number[])[]): NDArray {
  return reshape(
    transpose(x, groups.flat()),
    groups.map((axes) => sizeOf(axes.map((axis) => x.shape[axis]!))),
  );
}

/** The cotangent of a contraction as matrices: [batch, free axes of `a`, free axes of `b`]. */
function grouped(ct: NDArray, a: NDArray, batch: readonly number[], freeA: readonly number[], freeB: number): NDArray {
  const sizes = [batch, freeA].map((axes) => sizeOf(axes.map((axis) => a.shape[axis]!)));
  return reshape(ct, [...sizes, sizeOf(ct.shape.slice(ct.ndim - freeB))]);
}

/** Matrices of the elements of `shape` with its axes in `order`, as an array of that shape. */
function inOrder(x: NDArray, shape: Shape, order: readonly number[]): NDArray {
  const moved = reshape(
    x,
    order.map((axis) => shape[axis]!),
  );
  return transpose(
    moved,
    order.map((_, axis) => order.indexOf(axis)),
  );
}
