/** Quantiles: values below which a share of the elements is. */
import type { Given, Places } from "../../base/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import { formatShape, sizeOf, toReduceParameters } from "../../data/index.ts";
import { ceil, floor, maximum, minimum, subtract } from "../elementwise/arithmetic.ts";
import { isnan, where } from "../elementwise/comparison.ts";
import { floating } from "../elementwise/elementary.ts";
import { takeAlongAxis } from "../indexing/selection.ts";
import { broadcastTo, moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

/** What a quantile between two elements is. */
export type QuantileMethod = "linear" | "lower" | "higher" | "midpoint" | "nearest";

/** The options of quantiles. */
export interface QuantileOptions extends ReduceOptions {
  /** Default `"linear"`. */
  readonly method?: QuantileMethod;
}

/** What may follow the array and what is asked of it. */
type QuantilePlaces = Given<
  [q: ArrayLike],
  "q",
  [axis: Axes, out: null, overwriteInput: null, method: QuantileMethod, keepdims: boolean],
  QuantileOptions
>;

const METHODS: ReadonlySet<string> = new Set(["linear", "lower", "higher", "midpoint", "nearest"]);

/** The quantiles `q` of `x`; `skipNaN`: of the elements that are not NaN. */
function quantiles(
  x: ArrayLike,
  q: NDArray,
  { axis = null, keepdims = false, method = "linear" }: QuantileOptions,
  fn: string,
  skipNaN: boolean,
): NDArray {
  if (!METHODS.has(method))
    throw new TypeError(
      `${fn}: "method" expected "linear", "lower", "higher", "midpoint" or "nearest", got ${describe(method)}`,
    );
  if (q.ndim > 1) throw new ShapeError(`${fn}: "q" expected at most one axis, got shape ${formatShape(q.shape)}`);
  const given = floating(x, `${fn}: "x"`);
  const { axes } = toReduceParameters({ axis, keepdims }, {}, given.ndim, fn);
  const kept = given.shape.flatMap((_, i) => (axes.includes(i) ? [] : [i]));
  const outer = kept.map((i) => given.shape[i]!);
  const lines = given.transpose([...kept, ...axes]).reshape([...outer, sizeOf(axes.map((i) => given.shape[i]!))]);
  const missing = isnan(lines);
  const sorted = (skipNaN ? lines : where(missing.any(-1, { keepdims: true }), NaN, lines)).sort();
  const last = skipNaN
    ? missing.eq(0).sum(-1, { keepdims: true }).astype(q.dtype).sub(1)
    : asNDArray(sorted.shape.at(-1)! - 1, fn).astype(q.dtype);
  const shares = q.reshape([q.size]);
  const place = shares.mul(last);
  const [below, above] = [floor(place), ceil(place)];
  const highWeight = place.sub(below);
  const lowWeight = subtract(1, highWeight);
  const [low, high] = [below, above].map((at) => {
    const inside = maximum(0, minimum(at, last)).astype("int32");
    return takeAlongAxis(sorted, broadcastTo(inside, [...outer, q.size]), -1, { mode: "clip" });
  });
  const found = between(method, low!, high!, lowWeight, highWeight).astype(given.dtype);
  const first = moveaxis(found, -1, 0);
  // JAX flattens a scalar, and keeps the axis that this makes.
  const all = given.ndim === 0 ? [1] : given.shape.map((n, i) => (axes.includes(i) ? 1 : n));
  const sizes = keepdims ? all : outer;
  return first.reshape([...q.shape, ...sizes]);
}

function between(
  method: QuantileMethod,
  low: NDArray,
  high: NDArray,
  lowWeight: NDArray,
  highWeight: NDArray,
): NDArray {
  if (method === "lower") return low;
  if (method === "higher") return high;
  if (method === "midpoint") return low.add(high).mul(0.5);
  if (method === "nearest") return where(highWeight.le(0.5), low, high);
  return low.astype(lowWeight.dtype).mul(lowWeight).add(high.astype(lowWeight.dtype).mul(highWeight));
}

/**
 * The values of `x` below which a share `q`, 0 to 1, of the elements is. NaN where an element is NaN.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`quantile`).
 * @param q a number, or [n], whose axis comes first in the result
 * @param options `axis`, all by default, `keepdims`, and `method`: what lies between two elements
 * @throws ShapeError if `q` has more than one axis; TypeError for another method
 * @example
 * quantile([1, 2, 3, 4], 0.5).item() // => 2.5
 * quantile([1, 2, 3, 4], [0, 0.25], { method: "lower" }).tolist() // => [1, 1]
 */
export function quantile(x: ArrayLike, ...places: QuantilePlaces): NDArray;
export function quantile(): NDArray {
  return inOrder(quantileOf, arguments, 2, "quantile a q | axis out:0 overwriteInput:b method keepdims:b");
}

function quantileOf(x: ArrayLike, q: ArrayLike, options: QuantileOptions = {}): NDArray {
  return quantiles(x, floating(q, 'quantile: "q"'), options, "quantile", false);
}

/**
 * `quantile` of the elements that are not NaN.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanquantile`).
 * @throws as `quantile`
 * @example
 * nanquantile([1, NaN, 3], 0.5).item() // => 2
 */
export function nanquantile(x: ArrayLike, ...places: QuantilePlaces): NDArray;
export function nanquantile(): NDArray {
  return inOrder(nanquantileOf, arguments, 2, "nanquantile a q | axis out:0 overwriteInput:b method keepdims:b");
}

function nanquantileOf(x: ArrayLike, q: ArrayLike, options: QuantileOptions = {}): NDArray {
  return quantiles(x, floating(q, 'nanquantile: "q"'), options, "nanquantile", true);
}

/**
 * `quantile` by percents, 0 to 100.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`percentile`).
 * @throws as `quantile`
 * @example
 * percentile([1, 2, 3, 4], [50, 100]).tolist() // => [2.5, 4]
 */
export function percentile(x: ArrayLike, ...places: QuantilePlaces): NDArray;
export function percentile(): NDArray {
  return inOrder(percentileOf, arguments, 2, "percentile a q | axis out:0 overwriteInput:b method keepdims:b");
}

function percentileOf(x: ArrayLike, q: ArrayLike, options: QuantileOptions = {}): NDArray {
  return quantiles(x, floating(q, 'percentile: "q"').div(100), options, "percentile", false);
}

/**
 * `nanquantile` by percents, 0 to 100.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanpercentile`).
 * @throws as `quantile`
 * @example
 * nanpercentile([1, NaN, 3], 50).item() // => 2
 */
export function nanpercentile(x: ArrayLike, ...places: QuantilePlaces): NDArray;
export function nanpercentile(): NDArray {
  return inOrder(nanpercentileOf, arguments, 2, "nanpercentile a q | axis out:0 overwriteInput:b method keepdims:b");
}

function nanpercentileOf(x: ArrayLike, q: ArrayLike, options: QuantileOptions = {}): NDArray {
  return quantiles(x, floating(q, 'nanpercentile: "q"').div(100), options, "nanpercentile", true);
}

/**
 * The median over axes: the element in the middle, or the mean of the two there. NaN where an element is NaN.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`median`).
 * @example
 * median([[1, 9, 2], [4, 3, 7]], 1).tolist() // => [2, 4]
 */
export function median(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, overwriteInput: null, keepdims: boolean],
    ReduceOptions & { readonly axis?: Axes }
  >
): NDArray;
export function median(): NDArray {
  return inOrder(medianOf, arguments, 2, "median a axis | out:0 overwriteInput:b keepdims:b");
}

function medianOf(x: ArrayLike, axis?: Axes, options: ReduceOptions = {}): NDArray {
  return quantiles(x, asNDArray(0.5, "median"), middle(axis, options), "median", false);
}

/**
 * The median of the elements that are not NaN.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/reductions.py` (`nanmedian`).
 * @example
 * nanmedian([1, NaN, 9, 2]).item() // => 2
 */
export function nanmedian(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, out: null, overwriteInput: null, keepdims: boolean],
    ReduceOptions & { readonly axis?: Axes }
  >
): NDArray;
export function nanmedian(): NDArray {
  return inOrder(nanmedianOf, arguments, 2, "nanmedian a axis | out:0 overwriteInput:b keepdims:b");
}

function nanmedianOf(x: ArrayLike, axis?: Axes, options: ReduceOptions = {}): NDArray {
  return quantiles(x, asNDArray(0.5, "nanmedian"), middle(axis, options), "nanmedian", true);
}

function middle(axis: Axes | ReduceOptions | undefined, options: ReduceOptions): QuantileOptions {
  const isNamed = typeof axis === "object" && axis !== null && !Array.isArray(axis);
  return {
    ...(isNamed ? (axis as ReduceOptions) : { axis: (axis as Axes | undefined) ?? null }),
    ...options,
    method: "midpoint",
  };
}
