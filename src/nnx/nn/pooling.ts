import type { Given } from "../../base/index.ts";
import type { ArrayLike, DType, NDArray, Pads, PoolParameters, Shape } from "../../array/index.ts";
import {
  asarray,
  divide,
  formatShape,
  namedPads,
  ones,
  pool as poolWindows,
  toShape,
  viewArray,
} from "../../array/index.ts";
import { describe, inOrder, ShapeError } from "../../base/index.ts";
import { checkedPadding, perAxis } from "./convsizes.ts";

/** What the pooling functions take besides input and window. */
export interface PoolOptions {
  /** Steps of the window, an axis each. Default **1**, not the window. */
  readonly strides?: readonly number[] | null | undefined;
  /** `"VALID"` (the default), `"SAME"`, `"SAME_LOWER"`, or `[before, behind]` for each axis. */
  readonly padding?: "VALID" | "SAME" | "SAME_LOWER" | readonly (readonly [number, number])[] | undefined;
}

/** What `avgPool` takes besides input and window. */
export interface AvgPoolOptions extends PoolOptions {
  /** Whether the average counts padding as zeros. Default true. */
  readonly countIncludePad?: boolean | undefined;
}

/**
 * Reduces windows that slide over the axes before the last: `reduceFn(a, b)` is folded over each window row-major,
 * from `init` on, with `init` where the window reaches into the padding.
 *
 * @param inputs [...batch, ...spatial, features], as many spatial axes as the window has
 * @param reduceFn of two numbers; its result is rounded to the input's dtype
 * @returns [...batch, ...places, features]; no places where the window is longer than the padded axis
 * @throws TypeError if `reduceFn` is not a function; ShapeError for a window, stride or pad that does not fit
 *
 * Source: Flax 0.12.8 `flax/linen/pooling.py` (`pool`), which `flax.nnx` exports.
 * @example
 * nnx.pool([[1], [5], [2]], 0, (a, b) => a + b, [2]).tolist() // => [[6], [7]]
 */
export function pool(
  inputs: ArrayLike,
  ...places: Given<
    [init: number, reduceFn: (a: number, b: number) => number, windowShape: readonly number[]],
    "init reduceFn windowShape",
    [
      strides: readonly number[] | null,
      padding: "VALID" | "SAME" | "SAME_LOWER" | readonly (readonly [number, number])[],
    ],
    PoolOptions
  >
): NDArray;
export function pool(): NDArray {
  return inOrder(poolOf, arguments, 4, "nnx.pool inputs init reduceFn windowShape | strides padding");
}

function poolOf(
  inputs: ArrayLike,
  init: number,
  reduceFn: (a: number, b: number) => number,
  windowShape: readonly number[],
  options: PoolOptions = {},
): NDArray {
  if (typeof reduceFn !== "function")
    throw new TypeError(`nnx.pool: "reduceFn" expected a function of two numbers, got ${describe(reduceFn)}`);
  const isMax = reduceFn === Math.max && init === -Infinity;
  const isMin = reduceFn === Math.min && init === Infinity;
  return slide("pool", inputs, init, isMax ? "max" : isMin ? "min" : reduceFn, windowShape, options);
}

/**
 * The average of each window: its sum row-major, then divided by the number of elements. 16-bit floats keep their dtype
 * and are rounded at every step; integers are summed in theirs, where they wrap, and give float32.
 *
 * @param inputs [...batch, ...spatial, features]
 * @returns [...batch, ...places, features]
 * @throws ShapeError for a window, stride or pad that does not fit
 *
 * Source: Flax 0.12.8 `flax/linen/pooling.py` (`avg_pool`), which `flax.nnx` exports.
 * @example
 * nnx.avgPool([[1], [2], [3], [4]], [2], { strides: [2] }).tolist() // => [[1.5], [3.5]]
 */
export function avgPool(
  inputs: ArrayLike,
  ...places: Given<
    [windowShape: readonly number[]],
    "windowShape",
    [
      strides: readonly number[] | null,
      padding: "VALID" | "SAME" | "SAME_LOWER" | readonly (readonly [number, number])[],
      countIncludePad: boolean,
    ],
    AvgPoolOptions
  >
): NDArray;
export function avgPool(): NDArray {
  return inOrder(avgPoolOf, arguments, 2, "nnx.avgPool inputs windowShape | strides padding countIncludePad:b");
}

function avgPoolOf(
  inputs: ArrayLike,
  windowShape: readonly number[],
  { countIncludePad = true, ...options }: AvgPoolOptions = {},
): NDArray {
  const x = viewArray(inputs, 'nnx.avgPool: "inputs"');
  if (x.dtype === "bool") throw new TypeError('nnx.avgPool: "inputs" expected numbers, got bool');
  const count = windowShape.reduce((a, b) => a * Math.trunc(b), 1);
  // Of float32 the sums are divided in the pass that makes them.
  if (countIncludePad && x.dtype === "float32") return slide("avgPool", x, 0, "sum", windowShape, options, count);
  // As JAX, which divides by an array of one feature: of several, by its reciprocals.
  if (!countIncludePad && x.dtype === "float32" && x.shape.at(-1)! > 1)
    return slide("avgPool", x, 0, "sum", windowShape, options, "seen");
  const sums = slide("avgPool", x, 0, "sum", windowShape, options);
  if (countIncludePad) return divide(sums, count);
  const leading = x.shape.slice(0, -1);
  const counted = leading.length === windowShape.length + 1 ? [1, ...leading.slice(1)] : leading;
  return divide(sums, slide("avgPool", ones([...counted, 1]), 0, "sum", windowShape, options));
}

/**
 * The largest element of each window; NaN where it has one. Padding counts as -infinity, or as the smallest number of
 * an integer dtype.
 *
 * @param inputs [...batch, ...spatial, features]
 * @returns [...batch, ...places, features]
 * @throws ShapeError for a window, stride or pad that does not fit
 *
 * Source: Flax 0.12.8 `flax/linen/pooling.py` (`max_pool`), which `flax.nnx` exports.
 * @example
 * nnx.maxPool([[1], [3], [2]], [2]).tolist() // => [[3], [3]]
 */
export function maxPool(
  inputs: ArrayLike,
  ...places: Given<
    [windowShape: readonly number[]],
    "windowShape",
    [
      strides: readonly number[] | null,
      padding: "VALID" | "SAME" | "SAME_LOWER" | readonly (readonly [number, number])[],
    ],
    PoolOptions
  >
): NDArray;
export function maxPool(): NDArray {
  return inOrder(maxPoolOf, arguments, 2, "nnx.maxPool inputs windowShape | strides padding");
}

function maxPoolOf(inputs: ArrayLike, windowShape: readonly number[], options: PoolOptions = {}): NDArray {
  return slide("maxPool", inputs, -Infinity, "max", windowShape, options);
}

/**
 * The smallest element of each window; NaN where it has one. Padding counts as infinity, or as the largest number of an
 * integer dtype.
 *
 * @param inputs [...batch, ...spatial, features]
 * @returns [...batch, ...places, features]
 * @throws ShapeError for a window, stride or pad that does not fit
 *
 * Source: Flax 0.12.8 `flax/linen/pooling.py` (`min_pool`), which `flax.nnx` exports.
 * @example
 * nnx.minPool([[1], [3], [2]], [2]).tolist() // => [[1], [2]]
 */
export function minPool(
  inputs: ArrayLike,
  ...places: Given<
    [windowShape: readonly number[]],
    "windowShape",
    [
      strides: readonly number[] | null,
      padding: "VALID" | "SAME" | "SAME_LOWER" | readonly (readonly [number, number])[],
    ],
    PoolOptions
  >
): NDArray;
export function minPool(): NDArray {
  return inOrder(minPoolOf, arguments, 2, "nnx.minPool inputs windowShape | strides padding");
}

function minPoolOf(inputs: ArrayLike, windowShape: readonly number[], options: PoolOptions = {}): NDArray {
  return slide("minPool", inputs, Infinity, "min", windowShape, options);
}

function slide(
  fn: string,
  inputs: ArrayLike,
  init: number,
  reduce: PoolParameters["reduce"],
  windowShape: readonly number[],
  { strides, padding = "VALID" }: PoolOptions,
  divisor?: PoolParameters["divisor"],
): NDArray {
  const x = viewArray(inputs, `nnx.${fn}: "inputs"`);
  const windows = toShape(windowShape, `nnx.${fn}: "windowShape"`);
  const rank = windows.length;
  if (windows.includes(0)) throw emptyWindowError(fn, windows);
  if (x.ndim < rank + 1) throw rankError(fn, windows, x.shape);
  const steps = perAxis(fn, "strides", strides, rank);
  const given = checkedPadding(fn, padding, ["VALID", "SAME", "SAME_LOWER"], rank);
  const batch = x.shape.slice(0, x.ndim - rank - 1);
  const flat = x.reshape([batch.reduce((a, b) => a * b, 1), ...x.shape.slice(batch.length)]);
  const pads: readonly Pads[] =
    typeof given === "string" ? namedPads(given as "SAME", flat.shape.slice(1, -1), windows, steps) : given;
  const one = windows.map(() => 1);
  const y = poolWindows(flat, {
    windows,
    reduce,
    init: valueOf(init, x.dtype),
    divisor,
    strides: steps,
    pads,
    dilation: one,
    inputDilation: one,
    edges: "zero",
  });
  return y.reshape([...batch, ...y.shape.slice(1)]);
}

function emptyWindowError(fn: string, windows: Shape): ShapeError {
  return new ShapeError(`nnx.${fn}: "windowShape" expected sizes of at least 1, got ${formatShape(windows)}`);
}

function rankError(fn: string, windows: Shape, shape: Shape): ShapeError {
  return new ShapeError(
    `nnx.${fn}: "inputs" expected shape [...batch, ${windows.length} spatial axes, features] ` +
      `for a window ${formatShape(windows)}, got ${formatShape(shape)}`,
  );
}

/** `init` as an element of the dtype: infinities become the ends of an integer's range, or false and true. */
function valueOf(init: number, dtype: DType): number {
  if (dtype === "bool") return init > 0 ? 1 : 0;
  return dtype === "float32" ? Math.fround(init) : asarray(init).astype(dtype).item();
}
