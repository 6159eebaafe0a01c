import type { ArrayData } from "../arraydata.ts";
import type { DType, TypedArray } from "../dtype.ts";
import { permuted } from "../manipulation/strided.ts";
import type { Shape } from "../shape.ts";
import { sizeOf, toAxes } from "../shape.ts";

/** The axes of a reduction: one, several, or all of them if left out. Negative ones count from the end. */
export type Axes = number | readonly number[] | null;

/**
 * The axes a reduction takes, each from 0 to rank - 1; all, where none are given.
 *
 * @throws as `toAxes`
 */
export function reducedAxes(axes: Axes | undefined, rank: number, fn: string): number[] {
  if (axes !== undefined && axes !== null) return toAxes(axes, rank, `${fn}: "axis"`);
  const all: number[] = [];
  for (let axis = 0; axis < rank; axis++) all.push(axis);
  return all;
}

/** What reductions take besides the array. */
export interface ReduceOptions {
  /** One axis, several, or all of them if left out. Negative ones count from the end. */
  readonly axis?: Axes;
  /** Keeps the reduced axes in the shape, with size 1. Default false. */
  readonly keepdims?: boolean;
  /** What is computed in, and the dtype of the result. Default that of the elements. */
  readonly dtype?: DType | null;
  /** There is nowhere else to write to: arrays do not change. */
  readonly out?: null;
}

/** The parameters of a reduction: its axes, each from 0 to rank - 1, and whether they stay in the shape with size 1. */
export interface ReduceParameters {
  readonly axes: readonly number[];
  readonly keepdims: boolean;
}

/** The options of a call `fn(x, axis, options)` or `fn(x, options)`. */
export function toReduceOptions<O extends ReduceOptions>(axis: Axes | O | undefined, options: O): O {
  return typeof axis === "object" && axis !== null && !Array.isArray(axis) ? (axis as O) : options;
}

/** The parameters of a call `fn(x, axis, options)` or `fn(x, options)`. */
export function toReduceParameters(
  axis: Axes | ReduceOptions | undefined,
  options: ReduceOptions,
  rank: number,
  fn: string,
): ReduceParameters {
  const given = toReduceOptions(axis, options);
  const { keepdims = false } = given;
  const axes = given === axis ? given.axis : ((axis as Axes | undefined) ?? given.axis);
  return { axes: reducedAxes(axes, rank, fn), keepdims };
}

/** An array viewed as [outer, n, inner, size], of which n and size are reduced, and the shape of the result. */
export interface Reduction {
  readonly data: TypedArray;
  readonly n: number;
  readonly inner: number;
  /** 1 unless asked for. */
  readonly size: number;
  /** With the reduced axes as sizes of 1. */
  readonly kept: Shape;
  readonly shape: Shape;
}

/**
 * Makes the reduced axes of `x` adjacent, in the order they have in `x`. Adjacent axes stay where they are; others are
 * moved last, in a copy. With `parted` they may also be two groups of adjacent axes, of which one is last.
 */
export function reduction(x: ArrayData, axes: readonly number[], keepdims: boolean, parted = false): Reduction {
  const reduced = new Set(axes);
  const kept = x.shape.map((size, axis) => (reduced.has(axis) ? 1 : size));
  const shape = keepdims ? kept : x.shape.filter((_, axis) => !reduced.has(axis));
  const sorted = [...reduced].sort((a, b) => a - b);
  const n = sizeOf(sorted.map((axis) => x.shape[axis]!));
  if (sorted.length === 0) return { data: x.storage.data, n: 1, inner: 1, size: 1, kept, shape };
  const first = sorted[0]!;
  const last = sorted.at(-1)!;
  if (last - first === sorted.length - 1)
    return { data: x.storage.data, n, inner: sizeOf(x.shape.slice(last + 1)), size: 1, kept, shape };
  let end = first;
  while (reduced.has(end)) end++;
  let start = last;
  while (reduced.has(start - 1)) start--;
  if (parted && n > 0 && last === x.shape.length - 1 && end - first + last + 1 - start === sorted.length) {
    const size = sizeOf(x.shape.slice(start));
    return { data: x.storage.data, n: n / size, inner: sizeOf(x.shape.slice(end, start)), size, kept, shape };
  }
  const order = [...x.shape.map((_, axis) => axis).filter((axis) => !reduced.has(axis)), ...sorted];
  return { data: permuted(x, order).storage.data, n, inner: 1, size: 1, kept, shape };
}
