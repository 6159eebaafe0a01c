/** Reductions over axes and over windows, and running ones. */
import type { Given, Places } from "../base/index.ts";
import { assertFunction, assertList, describe, inOrder, int, ordered, ShapeError } from "../base/index.ts";
import type { ArrayLike, DType, NDArray } from "../array/index.ts";
import {
  add,
  asarray,
  asNDArray,
  concatenate,
  cumprod as cumulativeProduct,
  cumsum as cumulativeSum,
  flip,
  formatShape,
  iinfo,
  isFloat,
  logaddexp,
  max,
  maximum,
  min,
  minimum,
  namedPads,
  pool,
  toAxis,
} from "../array/index.ts";
import { pad } from "./pad.ts";

/**
 * The sum over axes.
 *
 * @example
 * lax.reduceSum([[1, 2], [3, 4]], [0]).tolist() // => [4, 6]
 */
export function reduceSum(x: ArrayLike, ...places: Given<[axes: readonly number[]], "axes">): NDArray;
export function reduceSum(): NDArray {
  return inOrder(reduceSumOf, arguments, 2, "lax.reduceSum operand axes | * outSharding:0");
}

function reduceSumOf(x: ArrayLike, axes: readonly number[]): NDArray {
  return asarray(x).sum(axes);
}

/**
 * The product over axes.
 *
 * @example
 * lax.reduceProd([[1, 2], [3, 4]], [0]).tolist() // => [3, 8]
 */
export function reduceProd(x: ArrayLike, axes: readonly number[]): NDArray {
  const args = ordered<(x: ArrayLike, axes: readonly number[]) => NDArray>(arguments, 2, "lax.reduceProd operand axes");
  if (args !== undefined) [x, axes] = args;
  return asarray(x).prod(axes);
}

/** The extreme over axes; of no elements what every other would replace: an infinity, or the last of the integers. */
function extreme(of: typeof max, x: ArrayLike, axes: readonly number[]): NDArray {
  const given = asarray(x);
  if (given.size > 0) return of(given, axes);
  const { dtype } = given;
  const isMax = of === max;
  if (isFloat(dtype)) return of(given, axes, { initial: isMax ? -Infinity : Infinity });
  if (dtype === "bool") return of(given, axes, { initial: !isMax });
  return of(given, axes, { initial: iinfo(dtype)[isMax ? "min" : "max"] });
}

/**
 * The greatest element over axes. Of no elements: -Infinity, the least integer of the dtype, or false.
 *
 * @example
 * lax.reduceMax([[1, 2], [3, 4]], [0]).tolist() // => [3, 4]
 */
export function reduceMax(x: ArrayLike, axes: readonly number[]): NDArray {
  const args = ordered<(x: ArrayLike, axes: readonly number[]) => NDArray>(arguments, 2, "lax.reduceMax operand axes");
  if (args !== undefined) [x, axes] = args;
  return extreme(max, x, axes);
}

/**
 * The least element over axes. Of no elements: Infinity, the greatest integer of the dtype, or true.
 *
 * @example
 * lax.reduceMin([[1, 2], [3, 4]], [0]).tolist() // => [1, 2]
 */
export function reduceMin(x: ArrayLike, axes: readonly number[]): NDArray {
  const args = ordered<(x: ArrayLike, axes: readonly number[]) => NDArray>(arguments, 2, "lax.reduceMin operand axes");
  if (args !== undefined) [x, axes] = args;
  return extreme(min, x, axes);
}

/**
 * The index of the greatest element along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`argmax`).
 * @param indexDtype default int32, which JAX has no default for
 * @throws RangeError if there is no such axis
 * @example
 * lax.argmax([[1, 9], [8, 2]], 1, jnp.int32).tolist() // => [1, 0]
 */
export function argmax(
  x: ArrayLike,
  ...places: Places<[axis: number, indexDtype: DType], { readonly axis?: number; readonly indexDtype?: DType }>
): NDArray;
export function argmax(): NDArray {
  return inOrder(argmaxOf, arguments, 3, "lax.argmax operand axis indexDtype");
}

function argmaxOf(x: ArrayLike, axis: number, indexDtype: DType = "int32"): NDArray {
  return asarray(x).argmax(axis).astype(indexDtype);
}

/**
 * The index of the least element along an axis.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`argmin`).
 * @param indexDtype default int32, which JAX has no default for
 * @throws RangeError if there is no such axis
 * @example
 * lax.argmin([[1, 9], [8, 2]], 1, jnp.int32).tolist() // => [0, 1]
 */
export function argmin(
  x: ArrayLike,
  ...places: Places<[axis: number, indexDtype: DType], { readonly axis?: number; readonly indexDtype?: DType }>
): NDArray;
export function argmin(): NDArray {
  return inOrder(argminOf, arguments, 3, "lax.argmin operand axis indexDtype");
}

function argminOf(x: ArrayLike, axis: number, indexDtype: DType = "int32"): NDArray {
  return asarray(x).argmin(axis).astype(indexDtype);
}

/** A running reduction from the first or from the last element. */
function running(
  x: ArrayLike,
  axis: number,
  reverse: boolean,
  fn: string,
  accumulate: (x: NDArray, axis: number) => NDArray,
): NDArray {
  const given = asarray(x);
  const at = toAxis(axis, given.ndim, `lax.${fn}: "axis"`);
  return reverse ? flip(accumulate(flip(given, at), at), at) : accumulate(given, at);
}

/** The running result of two arrays at a time, by doubling distances. */
function doubling(x: NDArray, axis: number, f: (a: NDArray, b: NDArray) => NDArray): NDArray {
  const n = x.shape[axis]!;
  const colons = Array.from({ length: axis }, () => ":" as const);
  let out = x;
  for (let step = 1; step < n; step *= 2)
    out = concatenate(
      [out.slice(...colons, `0:${step}`), f(out.slice(...colons, `${step}:`), out.slice(...colons, `0:${n - step}`))],
      axis,
    );
  return out;
}

interface Reverse {
  readonly reverse?: boolean;
}

/** What may follow the array of a function that runs along an axis. */
type RunningPlaces = Places<[axis: number, reverse: boolean], Reverse & { readonly axis?: number }>;

/**
 * The sums up to each element along an axis.
 *
 * @param reverse whether from the last. Default false
 * @example
 * lax.cumsum([1, 2, 3], 0, true).tolist() // => [6, 5, 3]
 */
export function cumsum(x: ArrayLike, ...places: RunningPlaces): NDArray;
export function cumsum(): NDArray {
  return inOrder(cumsumOf, arguments, 2, "lax.cumsum operand axis | reverse:b");
}

function cumsumOf(x: ArrayLike, axis = 0, { reverse = false }: Reverse = {}): NDArray {
  return running(x, axis, reverse, "cumsum", cumulativeSum);
}

/**
 * The products up to each element along an axis.
 *
 * @param reverse whether from the last. Default false
 * @example
 * lax.cumprod([1, 2, 3]).tolist() // => [1, 2, 6]
 */
export function cumprod(x: ArrayLike, ...places: RunningPlaces): NDArray;
export function cumprod(): NDArray {
  return inOrder(cumprodOf, arguments, 2, "lax.cumprod operand axis | reverse:b");
}

function cumprodOf(x: ArrayLike, axis = 0, { reverse = false }: Reverse = {}): NDArray {
  return running(x, axis, reverse, "cumprod", cumulativeProduct);
}

/**
 * The greatest element up to each along an axis.
 *
 * @param reverse whether from the last. Default false
 * @example
 * lax.cummax([1, 3, 2]).tolist() // => [1, 3, 3]
 */
export function cummax(x: ArrayLike, ...places: RunningPlaces): NDArray;
export function cummax(): NDArray {
  return inOrder(cummaxOf, arguments, 2, "lax.cummax operand axis | reverse:b");
}

function cummaxOf(x: ArrayLike, axis = 0, { reverse = false }: Reverse = {}): NDArray {
  return running(x, axis, reverse, "cummax", (given, at) => doubling(given, at, maximum));
}

/**
 * The least element up to each along an axis.
 *
 * @param reverse whether from the last. Default false
 * @example
 * lax.cummin([3, 1, 2]).tolist() // => [3, 1, 1]
 */
export function cummin(x: ArrayLike, ...places: RunningPlaces): NDArray;
export function cummin(): NDArray {
  return inOrder(cumminOf, arguments, 2, "lax.cummin operand axis | reverse:b");
}

function cumminOf(x: ArrayLike, axis = 0, { reverse = false }: Reverse = {}): NDArray {
  return running(x, axis, reverse, "cummin", (given, at) => doubling(given, at, minimum));
}

/**
 * The logarithm of the sum of exponentials up to each element along an axis.
 *
 * @param reverse whether from the last. Default false
 * @example
 * lax.cumlogsumexp([0, 0]).tolist() // => [0, 0.6931472]
 */
export function cumlogsumexp(x: ArrayLike, ...places: RunningPlaces): NDArray;
export function cumlogsumexp(): NDArray {
  return inOrder(cumlogsumexpOf, arguments, 2, "lax.cumlogsumexp operand axis | reverse:b");
}

function cumlogsumexpOf(x: ArrayLike, axis = 0, { reverse = false }: Reverse = {}): NDArray {
  return running(x, axis, reverse, "cumlogsumexp", (given, at) => doubling(given, at, logaddexp));
}

/** The options of `reduceWindow`. */
export interface ReduceWindowOptions {
  /** How far the window goes along each axis. Default 1. */
  readonly windowStrides?: readonly number[] | null;
  /** What stands before and after each axis: by default "VALID", nothing. */
  readonly padding?: "SAME" | "VALID" | readonly (readonly [low: number, high: number])[];
  /** The distance between elements, with the value to begin with between them. Default 1. */
  readonly baseDilation?: readonly number[] | null;
  /** The distance between neighbours in the window. Default 1. */
  readonly windowDilation?: readonly number[] | null;
}

/** A window over every axis of `x`, and how it slides. */
type Reduction = "max" | "min" | "sum" | ((a: number, b: number) => number);

const KNOWN: readonly (readonly [Function, Reduction])[] = [
  [maximum, "max"],
  [minimum, "min"],
  [add, "sum"],
];

/** The reduction that a function of two arrays is. */
function reductionOf(computation: (a: never, b: never) => unknown): Reduction {
  const known = KNOWN.find(([f]) => f === computation);
  if (known !== undefined) return known[1];
  return (a, b) => {
    const result = (computation as (a: number, b: number) => unknown)(a, b);
    return typeof result === "number" ? result : asarray(result as ArrayLike).item();
  };
}

/**
 * Reduces windows that slide over all axes: `computation` of two values is folded over each window row-major, from
 * `initValue` on.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/windowed_reductions.py` (`reduce_window`).
 * @param computation `lax.max`, `lax.min` and `lax.add` are fast; another function gets two numbers
 * @throws ShapeError if there is not one entry an axis; TypeError for another word
 * @example
 * lax.reduceWindow(jnp.array([1, 5, 2]), -Infinity, lax.max, [2], [1], "VALID").tolist() // => [5, 5]
 */
export function reduceWindow(
  x: ArrayLike,
  ...places: Given<
    [initValue: number, computation: (a: never, b: never) => unknown, windowDimensions: readonly number[]],
    "initValue computation windowDimensions",
    [
      windowStrides: ReduceWindowOptions["windowStrides"],
      padding: ReduceWindowOptions["padding"],
      baseDilation: ReduceWindowOptions["baseDilation"],
      windowDilation: ReduceWindowOptions["windowDilation"],
    ],
    ReduceWindowOptions
  >
): NDArray;
export function reduceWindow(): NDArray {
  return inOrder(
    reduceWindowOf,
    arguments,
    4,
    "lax.reduceWindow operand initValue computation windowDimensions | windowStrides padding baseDilation " +
      "windowDilation",
  );
}

function reduceWindowOf(
  x: ArrayLike,
  initValue: number,
  computation: (a: never, b: never) => unknown,
  windowDimensions: readonly number[],
  {
    windowStrides: strides = null,
    padding = "VALID",
    baseDilation = null,
    windowDilation = null,
  }: ReduceWindowOptions = {},
): NDArray {
  assertFunction(computation, 'lax.reduceWindow: "computation"');
  assertList(windowDimensions, 'lax.reduceWindow: "windowDimensions"');
  const windowStrides = strides ?? windowDimensions.map(() => 1);
  assertList(windowStrides, 'lax.reduceWindow: "windowStrides"');
  const given = asNDArray(x, 'lax.reduceWindow: "operand"');
  const { ndim } = given;
  const lists = [
    windowDimensions,
    windowStrides,
    baseDilation,
    windowDilation,
    Array.isArray(padding) ? padding : null,
  ];
  if (lists.some((list) => list !== null && list.length !== ndim))
    throw new ShapeError(
      `lax.reduceWindow: expected ${ndim} entries for shape ${formatShape(given.shape)} in each list`,
    );
  if (!Array.isArray(padding) && padding !== "SAME" && padding !== "VALID")
    throw new TypeError(`lax.reduceWindow: "padding" expected "SAME", "VALID" or pairs, got ${describe(padding)}`);
  const spread =
    baseDilation === null
      ? given
      : pad(
          given,
          initValue,
          baseDilation.map((distance) => [0, 0, int(distance, 'lax.reduceWindow: "baseDilation"') - 1]),
        );
  const dilation = windowDilation ?? windowDimensions.map(() => 1);
  const reach = windowDimensions.map((n, i) => (n - 1) * dilation[i]! + 1);
  const pads = typeof padding === "string" ? namedPads(padding, spread.shape, reach, windowStrides) : padding;
  const float = isFloat(spread.dtype) && spread.dtype !== "float32" ? spread.astype("float32") : spread;
  const wide = pad(
    float,
    initValue,
    (pads as readonly (readonly [number, number])[]).map(([low, high]) => [low, high, 0]),
  );
  const out = pool(wide.reshape([1, ...wide.shape, 1]), {
    windows: windowDimensions,
    strides: windowStrides,
    pads: windowDimensions.map(() => [0, 0] as const),
    dilation,
    inputDilation: windowDimensions.map(() => 1),
    edges: "zero",
    reduce: reductionOf(computation),
    init: initValue,
  });
  return out.reshape(out.shape.slice(1, -1)).astype(given.dtype);
}
