import { ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { permutedWeight } from "../manipulation/derived.ts";
import { permuted } from "../manipulation/strided.ts";
import { formatShape, sizeOf } from "../shape.ts";
import { matmulData } from "./matmul.ts";

/** The axes that `contract` sums over and those it keeps side by side, by pairs: entry i of `a` goes with entry i of `b`. */
export interface Pairing {
  readonly sum: { readonly a: readonly number[]; readonly b: readonly number[] };
  readonly batch?: { readonly a: readonly number[]; readonly b: readonly number[] };
}

/**
 * The general product of `a` and `b`: [...batch, ...the other axes of `a`, ...the other axes of `b`].
 *
 * The sum runs over the paired axes as written, the last of them fastest, with the arithmetic of `matmulData`. A `b`
 * whose axes need another order is a weight: its reordered copy is kept when it comes again.
 *
 * @throws ShapeError naming both shapes if the sizes of a pair differ
 */
export function contract(fn: string, a: ArrayData, b: ArrayData, { sum, batch = NONE }: Pairing): ArrayData {
  check(fn, a, b, sum.a, sum.b);
  check(fn, a, b, batch.a, batch.b);
  const freeA = others(a, sum.a, batch.a);
  const freeB = others(b, sum.b, batch.b);
  const batchShape = batch.a.map((axis) => a.shape[axis]!);
  const shapeA = freeA.map((axis) => a.shape[axis]!);
  const shapeB = freeB.map((axis) => b.shape[axis]!);
  const k = sizeOf(sum.a.map((axis) => a.shape[axis]!));
  const x = permuted(a, [...batch.a, ...freeA, ...sum.a]);
  const w = permutedWeight(b, [...batch.b, ...sum.b, ...freeB]);
  const lead = batchShape.length === 0 ? [] : [sizeOf(batchShape)];
  const product = matmulData(
    { ...x, shape: [...lead, sizeOf(shapeA), k] },
    { ...w, shape: [...lead, k, sizeOf(shapeB)] },
  );
  return { ...product, shape: [...batchShape, ...shapeA, ...shapeB] };
}

const NONE = { a: [], b: [] };

function others({ shape }: ArrayData, ...used: (readonly number[])[]): number[] {
  return shape.map((_, axis) => axis).filter((axis) => !used.some((axes) => axes.includes(axis)));
}

function check(fn: string, a: ArrayData, b: ArrayData, axesA: readonly number[], axesB: readonly number[]): void {
  axesA.forEach((axis, i) => {
    const [n, m] = [a.shape[axis]!, b.shape[axesB[i]!]!];
    if (n !== m)
      throw new ShapeError(
        `${fn}: shapes ${formatShape(a.shape)} and ${formatShape(b.shape)} do not fit: axis ${axis} of the first has size ${n}, axis ${axesB[i]} of the second ${m}`,
      );
  });
}
