/** How many elements have a value, or are in an interval. */
import type { Given, Places } from "../../base/index.ts";
import { assertList, describe, inOrder, int, ShapeError } from "../../base/index.ts";
import type { ArrayLike } from "../../data/index.ts";
import { formatShape, isFloat, sameShape } from "../../data/index.ts";
import { asarray, onesLike, zeros } from "../creation/arrays.ts";
import { linspace } from "../numeric/linspace.ts";
import { maximum } from "../elementwise/arithmetic.ts";
import { equal, where } from "../elementwise/comparison.ts";
import { floating, floatingPair } from "../elementwise/elementary.ts";
import { ix_, ravelMultiIndex } from "../selecting/grids.ts";
import { searchsorted } from "../indexing/sets.ts";
import { stack } from "../manipulation/joining.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";
import { diff } from "../reduce/differences.ts";

/** The options of `bincount`. */
export interface BincountOptions {
  /** What each element counts, in the shape of `x`. Default 1. */
  readonly weights?: ArrayLike;
  /** The result has at least this size. Default 0. */
  readonly minlength?: number;
  /** The size of the result; greater elements are left out. Default: as many as needed. */
  readonly length?: number;
}

/**
 * How often each whole number from 0 on occurs in `x`; a negative number counts as 0. int32, or the dtype of the
 * weights.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`bincount`).
 * @throws TypeError for floats; ShapeError if `x` does not have one axis, or the weights another shape
 * @example
 * bincount([1n, 3n, 1n]).tolist() // => [0, 2, 0, 1]
 */
export function bincount(
  x: ArrayLike,
  ...places: Places<[weights: ArrayLike | null, minlength: number], BincountOptions>
): NDArray;
export function bincount(): NDArray {
  return inOrder(bincountOf, arguments, 1, "bincount x | weights:x minlength * length:x");
}

function bincountOf(x: ArrayLike, { weights, minlength = 0, length }: BincountOptions = {}): NDArray {
  const given = asNDArray(x, 'bincount: "x"');
  const places = given.dtype === "bool" ? given.astype("int32") : given;
  if (isFloat(places.dtype))
    throw new TypeError(
      `bincount: "x" expected integers, got ${places.dtype}. Cast it with .astype("int32"), or pass bigints`,
    );
  if (places.ndim !== 1)
    throw new ShapeError(`bincount: "x" expected one axis, got shape ${formatShape(places.shape)}`);
  const each = weights === undefined ? undefined : asNDArray(weights, 'bincount: "weights"');
  if (each !== undefined && !sameShape(each.shape, places.shape)) throw weightsError("bincount", places, each);
  const needed = places.size === 0 ? 0 : Math.max(0, places.max().item()) + 1;
  const size = int(length ?? Math.max(int(minlength, 'bincount: "minlength"'), needed), 'bincount: "length"');
  return zeros([size], each?.dtype ?? "int32")
    .at(maximum(places, 0))
    .add(each ?? 1);
}

function weightsError(fn: string, x: NDArray, weights: NDArray): ShapeError {
  const expected = `expected shape ${formatShape(x.shape)}`;
  return new ShapeError(`${fn}: "weights" ${expected}, got ${formatShape(weights.shape)}`);
}

/** The options of histograms. */
export interface HistogramOptions {
  /** How many intervals of one width, or their edges, ascending. Default 10. */
  readonly bins?: number | ArrayLike;
  /** Where the intervals begin and end. Default: the least and the greatest element. */
  readonly range?: readonly [low: number, high: number];
  /** What each element counts, in the shape of `x`. Default 1. */
  readonly weights?: ArrayLike;
  /** Whether to give the density, whose integral is 1, instead of counts. Default false. */
  readonly density?: boolean;
}

/**
 * The edges of the intervals in which `histogram` counts.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`histogram_bin_edges`).
 * @throws TypeError for a range that is not a pair
 * @example
 * histogramBinEdges([1, 2, 5], { bins: 2 }).tolist() // => [1, 3, 5]
 */
export function histogramBinEdges(
  x: ArrayLike,
  ...places: Places<
    [bins: number | ArrayLike, range: readonly [low: number, high: number] | null, weights: null],
    Pick<HistogramOptions, "bins" | "range">
  >
): NDArray;
export function histogramBinEdges(): NDArray {
  return inOrder(histogramBinEdgesOf, arguments, 1, "histogramBinEdges a | bins range:x weights:0");
}

function histogramBinEdgesOf(
  x: ArrayLike,
  { bins = 10, range }: Pick<HistogramOptions, "bins" | "range"> = {},
): NDArray {
  const given = asNDArray(x, 'histogramBinEdges: "x"');
  const dtype = isFloat(given.dtype) ? given.dtype : "float32";
  if (typeof bins !== "number") {
    const edges = asNDArray(bins, 'histogramBinEdges: "bins"');
    if (edges.ndim === 1) return edges.astype(dtype);
    throw new ShapeError(`histogramBinEdges: "bins" expected one axis, got shape ${formatShape(edges.shape)}`);
  }
  const ends: unknown = range ?? [given.min(), given.max()];
  if (!Array.isArray(ends) || ends.length !== 2)
    throw new TypeError(`histogramBinEdges: "range" expected [low, high], got ${describe(range)}`);
  const [low, high] = (ends as [ArrayLike, ArrayLike]).map((end) => asarray(end, dtype).astype("float32"));
  const half = equal(low!, high!).mul(0.5);
  return linspace(low!.sub(half), high!.add(half), int(bins, 'histogramBinEdges: "bins"') + 1, { dtype });
}

/**
 * How many elements of `x` are in each interval. An interval has its lower edge, the last both.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`histogram`).
 * @returns the counts, floats, and the edges
 * @throws ShapeError if the weights have another shape
 * @example
 * histogram([1, 2, 2, 5], { bins: 2 }).map((part) => part.tolist()) // => [[3, 1], [1, 3, 5]]
 */
export function histogram(
  x: ArrayLike,
  ...places: Places<
    [
      bins: number | ArrayLike,
      range: readonly [low: number, high: number] | null,
      weights: ArrayLike | null,
      density: boolean | null,
    ],
    HistogramOptions
  >
): [counts: NDArray, edges: NDArray];
export function histogram(): [counts: NDArray, edges: NDArray] {
  return inOrder(histogramOf, arguments, 1, "histogram a | bins range:x weights:x density");
}

function histogramOf(
  x: ArrayLike,
  { bins = 10, range, weights, density = false }: HistogramOptions = {},
): [counts: NDArray, edges: NDArray] {
  const [given, amounts] =
    weights === undefined ? [floating(x, 'histogram: "x"')] : floatingPair(x, weights, "histogram", "x", "weights");
  const each = amounts ?? onesLike(given);
  if (!sameShape(each.shape, given.shape)) throw weightsError("histogram", given, each);
  const edges = histogramBinEdges(given, range === undefined ? { bins } : { bins, range });
  const n = edges.size;
  const after = searchsorted(edges, given, { side: "right" });
  const places = where(given.eq(edges.slice(-1)), n - 1, after);
  const counts = zeros([n], each.dtype).at(places.flatten()).add(each.flatten()).slice("1:");
  return [density ? counts.div(diff(edges)).div(counts.sum()) : counts, edges];
}

/** The options of histograms over several axes: one of each for all, or a list. */
export interface HistogramsOptions extends Omit<HistogramOptions, "bins" | "range"> {
  readonly bins?: number | readonly (number | ArrayLike)[];
  readonly range?: readonly (readonly [low: number, high: number] | null)[];
}

/**
 * How many rows of `sample` [n, axes] are in each box.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`histogramdd`).
 * @param options `bins`: a number for all axes, or for each a number or edges. `range`: for each a pair or null
 * @returns the counts, and the edges along each axis
 * @throws ShapeError if `sample` does not have two axes, or there are not as many bins as axes
 * @example
 * histogramdd([[0, 0], [1, 1]], { bins: 2 })[0].tolist() // => [[1, 0], [0, 1]]
 */
export function histogramdd(
  sample: ArrayLike,
  ...places: Places<
    [
      bins: number | readonly (number | ArrayLike)[],
      range: readonly (readonly [low: number, high: number] | null)[] | null,
      weights: ArrayLike | null,
      density: boolean | null,
    ],
    HistogramsOptions
  >
): [counts: NDArray, edges: NDArray[]];
export function histogramdd(): [counts: NDArray, edges: NDArray[]] {
  return inOrder(histogramddOf, arguments, 1, "histogramdd sample | bins range:x weights:x density");
}

function histogramddOf(
  sample: ArrayLike,
  { bins = 10, range, weights, density = false }: HistogramsOptions = {},
): [counts: NDArray, edges: NDArray[]] {
  const given = floating(sample, 'histogramdd: "sample"');
  if (given.ndim !== 2)
    throw new ShapeError(`histogramdd: "sample" expected two axes, got shape ${formatShape(given.shape)}`);
  const axes = given.shape[1]!;
  if (typeof bins !== "number") assertList(bins, 'histogramdd: "bins"');
  const each = typeof bins === "number" ? Array.from({ length: axes }, () => bins) : bins;
  if (each.length !== axes || (range !== undefined && range.length !== axes))
    throw new ShapeError(
      `histogramdd: expected bins and ranges for ${axes} axes, got ${each.length} and ${range?.length ?? axes}`,
    );
  const columns = given.unstack(1);
  const edges = columns.map((column, i) => {
    const ends = range?.[i] ?? undefined;
    return histogramBinEdges(column, ends === undefined ? { bins: each[i]! } : { bins: each[i]!, range: ends });
  });
  const places = columns.map((column, i) => {
    const after = searchsorted(edges[i]!, column, { side: "right" });
    return where(column.eq(edges[i]!.slice(-1)), after.sub(1), after);
  });
  const sizes = edges.map((edge) => edge.size + 1);
  const length = sizes.reduce((size, n) => size * n, 1);
  const flat = ravelMultiIndex(places, sizes, { mode: "clip" });
  const all = bincount(flat, weights === undefined ? { length } : { weights, length });
  const counts = all.reshape(sizes).slice(...sizes.map(() => "1:-1" as const));
  if (!density) return [counts, edges];
  const widths = ix_(...edges.map((edge) => diff(edge)));
  const share = counts.astype(given.dtype);
  return [widths.reduce((sum, width) => sum.div(width), share.div(share.sum())), edges];
}

/**
 * How many points (x, y) are in each rectangle.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/lax_numpy.py` (`histogram2d`).
 * @param options as of `histogramdd`; `bins` may also be the edges of both axes
 * @returns the counts, and the edges along both axes
 * @throws as `histogramdd`
 * @example
 * histogram2d([0, 1], [0, 1], { bins: 2 })[0].tolist() // => [[1, 0], [0, 1]]
 */
export function histogram2d(
  x: ArrayLike,
  ...places: Given<
    [y: ArrayLike],
    "y",
    [
      bins: number | readonly (number | ArrayLike)[],
      range: readonly (readonly [low: number, high: number] | null)[] | null,
      weights: ArrayLike | null,
      density: boolean | null,
    ],
    HistogramsOptions
  >
): [counts: NDArray, xEdges: NDArray, yEdges: NDArray];
export function histogram2d(): [counts: NDArray, xEdges: NDArray, yEdges: NDArray] {
  return inOrder(histogram2dOf, arguments, 2, "histogram2d x y | bins range:x weights:x density");
}

function histogram2dOf(
  x: ArrayLike,
  y: ArrayLike,
  { bins = 10, ...options }: HistogramsOptions = {},
): [counts: NDArray, xEdges: NDArray, yEdges: NDArray] {
  const [a, b] = [asNDArray(x, 'histogram2d: "x"'), asNDArray(y, 'histogram2d: "y"')];
  if (bins === null) throw new TypeError('histogram2d: "bins" expected a number or edges, got null');
  const both = typeof bins === "number" || bins.length === 2 ? bins : [bins as ArrayLike, bins as ArrayLike];
  const [counts, edges] = histogramdd(stack([a, b], 1), { bins: both, ...options });
  return [counts, edges[0]!, edges[1]!];
}
