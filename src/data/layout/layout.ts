import { describe, int, LimitError, ShapeError } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, encodeElement, zerosData } from "../arraydata.ts";
import type { DType } from "../dtype.ts";
import { isFloat, promote, RANGE } from "../dtype.ts";
import type { Shape, ShapeLike } from "../shape.ts";
import { formatShape, MAX_SIZE, sizeOf, toAxes, toAxis, toShape } from "../shape.ts";
import { wrapPlace } from "./places.ts";
import { copyRow, gather, permuted, rawPair, reshaped, stridesOf } from "./strided.ts";

/** One axis or several. */
export type AxisLike = number | readonly number[];

/** `reshape`: the same elements in another shape; one size may be -1. */
export function reshapeData(x: ArrayData, shape: ShapeLike): ArrayData {
  const size = sizeOf(x.shape);
  const wanted = resolve(shape, size);
  if (wanted === undefined) {
    throw new ShapeError(
      `reshape: "shape" expected sizes for ${size} elements of ${formatShape(x.shape)}, got ${typeof shape === "number" ? `[${shape}]` : formatShape(shape)}`,
    );
  }
  return reshaped(x, wanted);
}

function resolve(shape: ShapeLike, size: number): number[] | undefined {
  const sizes = typeof shape === "number" ? [shape] : shape;
  const free = Array.isArray(sizes) ? sizes.indexOf(-1) : -1;
  if (free >= 0) {
    const rest = toShape(
      sizes.filter((_, i) => i !== free),
      'reshape: "shape"',
    );
    const known = sizeOf(rest);
    if (known === 0 || size % known !== 0) return undefined;
    rest.splice(free, 0, size / known);
    return rest;
  }
  const wanted = toShape(shape, 'reshape: "shape"');
  return sizeOf(wanted) === size ? wanted : undefined;
}

/** The axes in the order `axes`, or reversed. */
export function transposeData(x: ArrayData, axes: readonly number[] | undefined): ArrayData {
  const rank = x.shape.length;
  if (axes === undefined)
    return permuted(
      x,
      x.shape.map((_, axis) => rank - 1 - axis),
    );
  if (!Array.isArray(axes) || axes.length !== rank)
    throw new ShapeError(
      `transpose: "axes" expected ${rank} axes for shape ${formatShape(x.shape)}, got ${describe(axes)}`,
    );
  return permuted(x, toAxes(axes, rank, 'transpose: "axes"'));
}

/** Two axes exchanged. */
export function swapaxesData(x: ArrayData, axis1: number, axis2: number): ArrayData {
  const rank = x.shape.length;
  const [a, b] = [toAxis(axis1, rank, 'swapaxes: "axis1"'), toAxis(axis2, rank, 'swapaxes: "axis2"')];
  return permuted(
    x,
    x.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis)),
  );
}

/** The axes `axis` of size 1 taken out, or all of size 1. */
export function squeezeData(x: ArrayData, axis: AxisLike | undefined): ArrayData {
  if (axis === undefined)
    return reshaped(
      x,
      x.shape.filter((n) => n !== 1),
    );
  const out = toAxes(axis, x.shape.length, 'squeeze: "axis"');
  const wrong = out.find((i) => x.shape[i] !== 1);
  if (wrong !== undefined)
    throw new ShapeError(`squeeze: "axis" expected axes of size 1, got axis ${wrong} of shape ${formatShape(x.shape)}`);
  return reshaped(
    x,
    x.shape.filter((_, i) => !out.includes(i)),
  );
}

/** The elements backwards along `axes`. */
export function flipData(x: ArrayData, axes: readonly number[]): ArrayData {
  const strides = stridesOf(x.shape);
  let offset = 0;
  for (const axis of axes) {
    offset += strides[axis]! * Math.max(0, x.shape[axis]! - 1);
    strides[axis] = -strides[axis]!;
  }
  return gather(x, x.shape, strides, offset);
}

/** An array seen as [before, n, after] around an axis: what joins and cuts along it need to know. */
export interface Blocks {
  /** How many blocks there are. */
  readonly before: number;
  /** The size of the axis. */
  readonly n: number;
  /** Elements between neighbours along the axis. */
  readonly after: number;
}

export function blocksOf(shape: Shape, axis: number): Blocks {
  return { before: sizeOf(shape.slice(0, axis)), n: shape[axis]!, after: sizeOf(shape.slice(axis + 1)) };
}

/** `shape` with the size of `axis` replaced. */
export function withSize(shape: Shape, axis: number, size: number): number[] {
  return shape.map((n, i) => (i === axis ? size : n));
}

/** The arrays one after another along `axis`, in the dtype they promote to. */
export function concatenateData(parts: readonly ArrayData[], axis: number, fn: string): ArrayData {
  const first = parts[0]!;
  let total = 0;
  for (const part of parts) {
    if (part.shape.length !== first.shape.length || part.shape.some((n, i) => i !== axis && n !== first.shape[i])) {
      throw new ShapeError(
        `${fn}: expected shapes that differ along axis ${axis} only, got ${formatShape(first.shape)} and ${formatShape(part.shape)}`,
      );
    }
    total += part.shape[axis]!;
  }
  const dtype = parts.reduce((common, part) => promote(common, part.dtype), first.dtype);
  const out = zerosData(withSize(first.shape, axis, total), dtype);
  const { before, after } = blocksOf(out.shape, axis);
  let start = 0;
  for (const part of parts) {
    const run = part.shape[axis]! * after;
    const [from, to] = rawPair(castData(part, dtype), out, run);
    for (let block = 0; block < before && to.length > 0; block++)
      copyRow(from, block * run, 1, to, block * total * after + start, run);
    start += run;
  }
  return out;
}

/** The elements moved on by `shift` places along `axis`, those that leave the end coming in at the start. */
export function rollData(x: ArrayData, shift: number, axis: number): ArrayData {
  const out = zerosData(x.shape, x.dtype);
  const { n, after } = blocksOf(x.shape, axis);
  const run = n * after;
  const [from, to] = rawPair(x, out, run);
  const moved = n === 0 ? 0 : wrapPlace(shift, n) * after;
  for (let start = 0; start < to.length; start += run) {
    copyRow(from, start, 1, to, start + moved, run - moved);
    copyRow(from, start + run - moved, 1, to, start, moved);
  }
  return out;
}

/** What JAX fills in for an element that is not there: NaN, the least signed integer, the greatest unsigned one, true. */
export function missing(dtype: DType): number {
  if (isFloat(dtype)) return encodeElement(dtype, NaN);
  if (dtype === "bool") return 1;
  const [low, high] = RANGE[dtype as keyof typeof RANGE];
  return low < 0 ? low : high;
}

/** The entries `index` of `axis`, in that order. Every index is within the axis, or -1 for one that is missing. */
export function pickData(x: ArrayData, index: ArrayLike<number>, axis: number): ArrayData {
  const out = zerosData(withSize(x.shape, axis, index.length), x.dtype);
  const { before, n, after } = blocksOf(x.shape, axis);
  const [from, to] = rawPair(x, out, after);
  let at = 0;
  for (let block = 0; block < before && to.length > 0; block++) {
    for (let i = 0; i < index.length; i++, at += after) {
      const place = index[i]!;
      const start = (block * n + place) * after;
      if (place < 0) out.storage.data.fill(missing(x.dtype), at, at + after);
      else if (after === 1) to[at] = from[start]!;
      else copyRow(from, start, 1, to, at, after);
    }
  }
  return out;
}

/** Every element `repeats` times along `axis`, or each as often as its entry of `repeats` says. */
export function repeatData(x: ArrayData, repeats: AxisLike, axis: number | undefined): ArrayData {
  const flat = axis === undefined ? reshaped(x, [sizeOf(x.shape)]) : x;
  const along = toAxis(axis ?? 0, flat.shape.length, 'repeat: "axis"');
  const n = flat.shape[along]!;
  const counts = (Array.isArray(repeats) ? (repeats as number[]) : [repeats as number]).map((count) => {
    const times = int(count, 'repeat: "repeats"');
    if (times < 0) throw new RangeError(`repeat: "repeats" expected counts of at least 0, got ${describe(count)}`);
    return times;
  });
  if (counts.length !== 1 && counts.length !== n)
    throw new ShapeError(
      `repeat: "repeats" expected 1 or ${n} counts for shape ${formatShape(flat.shape)}, got ${counts.length}`,
    );
  const total = counts.length === 1 ? n * counts[0]! : counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_SIZE) throw new LimitError(`repeat: "repeats" expected at most ${MAX_SIZE} elements, got ${total}`);
  const index = new Int32Array(total);
  for (let i = 0, at = 0; i < n; i++)
    for (let end = at + (counts.length === 1 ? counts[0]! : counts[i]!); at < end; at++) index[at] = i;
  return pickData(flat, index, along);
}
