import { describe, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike, AxisLike, ArrayData } from "../../data/index.ts";
import {
  concatenateData,
  formatShape,
  gather,
  reshaped,
  stridesOf,
  toAxis,
  toData,
  toShape,
  withSize,
} from "../../data/index.ts";
import { asNDArray, NDArray } from "../ndarray.ts";

function partsOf(arrays: readonly ArrayLike[] | ArrayLike, fn: string): ArrayData[] {
  const list = Array.isArray(arrays)
    ? (arrays as ArrayLike[])
    : asNDArray(arrays as ArrayLike, `${fn}: "arrays"`).unstack();
  if (list.length === 0) throw new RangeError(`${fn}: "arrays" expected at least one array, got none`);
  return list.map((x, i) => toData(x, `${fn}: "arrays[${i}]"`));
}

/**
 * The arrays one after another along `axis`, in the dtype they promote to; `null` joins all their elements in a row.
 *
 * @throws ShapeError if their shapes differ along another axis; RangeError if there are none, or no such axis
 * @example
 * concatenate([[1, 2], [3]]).tolist() // => [1, 2, 3]
 * concatenate([[[1], [2]], [[3], [4]]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function concatenate(arrays: readonly ArrayLike[], axis: number | null = 0): NDArray {
  const parts = partsOf(arrays, "concatenate").map((part) =>
    axis === null ? reshaped(part, [part.shape.reduce((size, n) => size * n, 1)]) : part,
  );
  return new NDArray(
    concatenateData(parts, toAxis(axis ?? 0, parts[0]!.shape.length, 'concatenate: "axis"'), "concatenate"),
  );
}

/**
 * The arrays, all of one shape, along a new axis.
 *
 * @throws ShapeError if their shapes differ; RangeError if there are none, or no such axis
 * @example
 * stack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 * stack([[1, 2], [3, 4]], 1).tolist() // => [[1, 3], [2, 4]]
 */
export function stack(arrays: readonly ArrayLike[], axis = 0): NDArray {
  const parts = partsOf(arrays, "stack");
  const { shape } = parts[0]!;
  const at = toAxis(axis, shape.length + 1, 'stack: "axis"');
  const odd = parts.find((part) => formatShape(part.shape) !== formatShape(shape));
  if (odd)
    throw new ShapeError(
      `stack: "arrays" expected arrays of one shape, got ${formatShape(shape)} and ${formatShape(odd.shape)}`,
    );
  return new NDArray(
    concatenateData(
      parts.map((part) => reshaped(part, [...shape.slice(0, at), 1, ...shape.slice(at)])),
      at,
      "stack",
    ),
  );
}

/**
 * The arrays side by side: along the second axis, or the first of arrays that have one.
 *
 * @throws as `concatenate`
 * @example
 * hstack([[[1], [2]], [[3], [4]]]).tolist() // => [[1, 3], [2, 4]]
 */
export function hstack(arrays: readonly ArrayLike[]): NDArray {
  const parts = partsOf(arrays, "hstack").map((part) => (part.shape.length === 0 ? reshaped(part, [1]) : part));
  return new NDArray(concatenateData(parts, parts[0]!.shape.length === 1 ? 0 : 1, "hstack"));
}

/**
 * The arrays one below the other: along the first axis, arrays [n] being rows.
 *
 * @throws as `concatenate`
 * @example
 * vstack([[1, 2], [3, 4]]).tolist() // => [[1, 2], [3, 4]]
 */
export function vstack(arrays: readonly ArrayLike[]): NDArray {
  const parts = partsOf(arrays, "vstack").map((part) =>
    part.shape.length < 2 ? reshaped(part, [1, part.shape[0] ?? 1]) : part,
  );
  return new NDArray(concatenateData(parts, 0, "vstack"));
}

function cut(x: ArrayData, bounds: readonly number[], axis: number): NDArray[] {
  const strides = stridesOf(x.shape);
  const n = x.shape[axis]!;
  const place = (at: number): number => Math.min(Math.max(at < 0 ? at + n : at, 0), n);
  return bounds.slice(1).map((end, i) => {
    const start = place(bounds[i]!);
    const size = Math.max(0, place(end) - start);
    return new NDArray(gather(x, withSize(x.shape, axis, size), strides, size > 0 ? start * strides[axis]! : 0));
  });
}

/**
 * `x` cut along `axis` in so many equal parts, or before each of the given places.
 *
 * @throws ShapeError if the parts are not equal; RangeError if there are none, or no such axis
 * @example
 * jnp.split([1, 2, 3, 4], 2).map((part) => part.tolist()) // => [[1, 2], [3, 4]]
 * jnp.split([1, 2, 3, 4], [1, 3]).map((part) => part.tolist()) // => [[1], [2, 3], [4]]
 */
export function split(x: ArrayLike, indicesOrSections: AxisLike, axis = 0): NDArray[] {
  return parted(x, indicesOrSections, axis, "split");
}

/**
 * `split` whose parts need not be equal: the first ones are longer by one.
 *
 * @throws RangeError if there are no parts, or no such axis
 * @example
 * arraySplit([1, 2, 3], 2).map((part) => part.tolist()) // => [[1, 2], [3]]
 */
export function arraySplit(x: ArrayLike, indicesOrSections: AxisLike, axis = 0): NDArray[] {
  return parted(x, indicesOrSections, axis, "arraySplit");
}

function parted(x: ArrayLike, indicesOrSections: AxisLike, axis: number, fn: "split" | "arraySplit"): NDArray[] {
  const from = toData(x, `${fn}: "x"`);
  const along = toAxis(axis, from.shape.length, `${fn}: "axis"`);
  const n = from.shape[along]!;
  const name = `${fn}: "indicesOrSections"`;
  if (Array.isArray(indicesOrSections))
    return cut(from, [0, ...indicesOrSections.map((place) => int(place, name)), n], along);
  const count = int(indicesOrSections, name);
  if (count < 1) throw new RangeError(`${name} expected at least 1, got ${describe(indicesOrSections)}`);
  if (fn === "split" && n % count !== 0)
    throw new ShapeError(
      `${name} expected a divisor of ${n}, axis ${along} of shape ${formatShape(from.shape)}, got ${count}. arraySplit makes unequal parts`,
    );
  const [size, longer] = [Math.floor(n / count), n % count];
  return cut(
    from,
    Array.from({ length: count + 1 }, (_, i) => i * size + Math.min(i, longer)),
    along,
  );
}

/**
 * The entries of `x` along `axis`, an array each, without that axis.
 *
 * @throws RangeError if there is no such axis
 * @example
 * unstack([[1, 2], [3, 4]]).map((row) => row.tolist()) // => [[1, 2], [3, 4]]
 */
export function unstack(x: ArrayLike, axis = 0): NDArray[] {
  return asNDArray(x, 'unstack: "x"').unstack(axis);
}

/**
 * `x` repeated whole, `reps` times along each axis (the last axes where there are fewer).
 *
 * @throws RangeError if a count is negative
 * @example
 * tile([1, 2], 2).tolist() // => [1, 2, 1, 2]
 * tile([1, 2], [2, 1]).tolist() // => [[1, 2], [1, 2]]
 */
export function tile(x: ArrayLike, reps: AxisLike): NDArray {
  const from = toData(x, 'tile: "x"');
  const counts = (Array.isArray(reps) ? (reps as number[]) : [reps as number]).map((count) => {
    const times = int(count, 'tile: "reps"');
    if (times < 0) throw new RangeError(`tile: "reps" expected counts of at least 0, got ${describe(count)}`);
    return times;
  });
  const rank = Math.max(counts.length, from.shape.length);
  let out = reshaped(from, [...Array.from({ length: rank - from.shape.length }, () => 1), ...from.shape]);
  counts.forEach((count, i) => {
    const axis = rank - counts.length + i;
    const shape = toShape(withSize(out.shape, axis, out.shape[axis]! * count), 'tile: "reps"');
    // The axis read again and again: a new one before it, with a stride of 0.
    const strides = stridesOf(out.shape);
    if (count !== 1)
      out = reshaped(
        gather(
          out,
          [...out.shape.slice(0, axis), count, ...out.shape.slice(axis)],
          [...strides.slice(0, axis), 0, ...strides.slice(axis)],
        ),
        shape,
      );
  });
  return new NDArray(out);
}

/**
 * Every element `repeats` times along `axis`, or each as often as its entry of `repeats` says; without `axis` of all
 * elements in a row.
 *
 * @throws ShapeError if there are not as many counts as elements; RangeError if one is negative
 * @example
 * repeat([1, 2], 2).tolist() // => [1, 1, 2, 2]
 * repeat([[1, 2]], [2, 1], 1).tolist() // => [[1, 1, 2]]
 */
export function repeat(x: ArrayLike, repeats: AxisLike, axis?: number): NDArray {
  return asNDArray(x, 'repeat: "x"').repeat(repeats, axis);
}
