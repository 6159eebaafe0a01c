import type { Given, Places } from "../base/index.ts";
import { assertList, describe, inOrder, int, refuseSurplus, ShapeError } from "../base/index.ts";
import type { ArrayLike, DType, NDArray, ShapeLike } from "../array/index.ts";
import {
  abs,
  arange,
  asarray,
  broadcastTo,
  clipBetween,
  divide,
  expandDims,
  floorDivide,
  formatShape,
  isFloat,
  power,
  reciprocal,
  sqrt,
  toAxis,
  toShape,
  where,
  zeros,
} from "../array/index.ts";

/** How exact products are in JAX. Here they always are, and take no such option. */
export const Precision = { DEFAULT: "default", HIGH: "high", HIGHEST: "highest" } as const;

/**
 * 1 / sqrt(x) of each element.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`rsqrt`), within 2 ulp: the root is rounded, then its reciprocal.
 * @example
 * lax.rsqrt([4, 0.25]).tolist() // => [0.5, 2]
 */
export function rsqrt(x: ArrayLike, ...places: Places<[], object>): NDArray;
export function rsqrt(): NDArray {
  return inOrder(rsqrtOf, arguments, 1, "lax.rsqrt x | * accuracy:0");
}

function rsqrtOf(x: ArrayLike): NDArray {
  return reciprocal(sqrt(x));
}

/**
 * `a / b`, broadcast; of integers truncated towards zero.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`div`).
 * @throws ShapeError naming both shapes if they do not broadcast
 * @example
 * lax.div([-7n], [2n]).tolist() // => [-3]
 */
export function div(a: ArrayLike, b: ArrayLike): NDArray {
  if (arguments.length > 2) refuseSurplus("lax.div", "x y", arguments);
  const [x, y] = [asarray(a), asarray(b)];
  if (isFloat(x.dtype) || isFloat(y.dtype)) return divide(a, b);
  const size = floorDivide(abs(x), abs(y));
  return where(x.lt(0).ne(y.lt(0)), size.neg(), size);
}

/**
 * `x` to the power of a whole number, by multiplication.
 *
 * @throws RangeError for integers to a negative power
 * @example
 * lax.integerPow([3], 2).tolist() // => [9]
 */
export function integerPow(x: ArrayLike, ...places: Given<[y: number], "y">): NDArray;
export function integerPow(): NDArray {
  return inOrder(integerPowOf, arguments, 2, "lax.integerPow x y");
}

function integerPowOf(x: ArrayLike, y: number): NDArray {
  return power(x, int(y, 'lax.integerPow: "y"'));
}

/**
 * `x` between two bounds, in JAX's order of arguments. Where it is equal to one there is no gradient.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`clamp`).
 * @example
 * lax.clamp(0, [-1, 0.5, 2], 1).tolist() // => [0, 0.5, 1]
 */
export function clamp(...places: Given<[min: ArrayLike, x: ArrayLike, max: ArrayLike], "min x max">): NDArray;
export function clamp(): NDArray {
  return inOrder(clampOf, arguments, 3, "lax.clamp min x max");
}

function clampOf(min: ArrayLike, x: ArrayLike, max: ArrayLike): NDArray {
  return clipBetween(x, min, max, true);
}

/**
 * `x` cast to a dtype.
 *
 * @example
 * lax.convertElementType([1.7], "int32").tolist() // => [1]
 */
export function convertElementType(x: ArrayLike, ...places: Given<[newDtype: DType], "newDtype">): NDArray;
export function convertElementType(): NDArray {
  return inOrder(convertElementTypeOf, arguments, 2, "lax.convertElementType operand newDtype");
}

function convertElementTypeOf(x: ArrayLike, newDtype: DType): NDArray {
  return asarray(x).astype(newDtype);
}

/**
 * `x` rounded to a float of fewer bits, in its own dtype: the bits of bfloat16 (8, 7) or of float16 (5, 10), or all.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`reduce_precision`).
 * @throws RangeError for other numbers of bits
 * @example
 * lax.reducePrecision([1.001], 8, 7).tolist() // => [1]
 */
export function reducePrecision(
  x: ArrayLike,
  ...places: Given<[exponentBits: number, mantissaBits: number], "exponentBits mantissaBits">
): NDArray;
export function reducePrecision(): NDArray {
  return inOrder(reducePrecisionOf, arguments, 3, "lax.reducePrecision operand exponentBits mantissaBits");
}

function reducePrecisionOf(x: ArrayLike, exponentBits: number, mantissaBits: number): NDArray {
  const given = asarray(x);
  const formats: Readonly<Record<string, DType>> = { "8,7": "bfloat16", "5,10": "float16", "8,23": "float32" };
  const narrow = formats[`${exponentBits},${mantissaBits}`];
  if (narrow === undefined)
    throw new RangeError(
      `lax.reducePrecision: expected 8 and 7, 5 and 10 or 8 and 23 bits, got ${describe(exponentBits)} and ` +
        describe(mantissaBits),
    );
  return given.astype(narrow).astype(given.dtype);
}

/**
 * The numbers 0 to size - 1.
 *
 * @example
 * lax.iota("int32", 3).tolist() // => [0, 1, 2]
 */
export function iota(...places: Given<[dtype: DType, size: number], "dtype size">): NDArray;
export function iota(): NDArray {
  return inOrder(iotaOf, arguments, 2, "lax.iota dtype size");
}

function iotaOf(dtype: DType, size: number): NDArray {
  return arange(int(size, 'lax.iota: "size"')).astype(dtype);
}

/**
 * An array whose elements are their own index along an axis.
 *
 * @throws RangeError if there is no such axis
 * @example
 * lax.broadcastedIota("int32", [2, 2], 0).tolist() // => [[0, 0], [1, 1]]
 */
export function broadcastedIota(
  ...places: Given<[dtype: DType, shape: ShapeLike, dimension: number], "dtype shape dimension">
): NDArray;
export function broadcastedIota(): NDArray {
  return inOrder(broadcastedIotaOf, arguments, 3, "lax.broadcastedIota dtype shape dimension | * outSharding:0");
}

function broadcastedIotaOf(dtype: DType, shape: ShapeLike, dimension: number): NDArray {
  const sizes = toShape(shape, 'lax.broadcastedIota: "shape"');
  const axis = toAxis(dimension, sizes.length, 'lax.broadcastedIota: "dimension"');
  const line = iota(dtype, sizes[axis]!).reshape(sizes.map((n, i) => (i === axis ? n : 1)));
  return broadcastTo(line, sizes);
}

/**
 * `x` repeated along new axes before its own.
 *
 * @example
 * lax.broadcast([1, 2], [2]).tolist() // => [[1, 2], [1, 2]]
 */
export function broadcast(x: ArrayLike, ...places: Given<[sizes: ShapeLike], "sizes">): NDArray;
export function broadcast(): NDArray {
  return inOrder(broadcastOf, arguments, 2, "lax.broadcast operand sizes | * outSharding:0");
}

function broadcastOf(x: ArrayLike, sizes: ShapeLike): NDArray {
  const given = asarray(x);
  return broadcastTo(given, [...toShape(sizes, 'lax.broadcast: "sizes"'), ...given.shape]);
}

/**
 * `x` broadcast to a shape, its axis i standing as axis `broadcastDimensions[i]`.
 *
 * @throws ShapeError if there are not as many dimensions as axes, or they do not fit
 * @example
 * lax.broadcastInDim([1, 2], [2, 3], [0]).tolist() // => [[1, 1, 1], [2, 2, 2]]
 */
export function broadcastInDim(
  x: ArrayLike,
  ...places: Given<[shape: ShapeLike, broadcastDimensions: readonly number[]], "shape broadcastDimensions">
): NDArray;
export function broadcastInDim(): NDArray {
  return inOrder(
    broadcastInDimOf,
    arguments,
    3,
    "lax.broadcastInDim operand shape broadcastDimensions | * outSharding:0",
  );
}

function broadcastInDimOf(x: ArrayLike, shape: ShapeLike, broadcastDimensions: readonly number[]): NDArray {
  const given = asarray(x);
  const sizes = toShape(shape, 'lax.broadcastInDim: "shape"');
  assertList(broadcastDimensions, 'lax.broadcastInDim: "broadcastDimensions"');
  if (broadcastDimensions.length !== given.ndim)
    throw new ShapeError(
      `lax.broadcastInDim: "broadcastDimensions" expected ${given.ndim} axes for shape ${formatShape(given.shape)}, ` +
        `got ${broadcastDimensions.length}`,
    );
  const wide = sizes.map(() => 1);
  for (const [i, axis] of broadcastDimensions.entries())
    wide[toAxis(axis, sizes.length, 'lax.broadcastInDim: "broadcastDimensions"')] = given.shape[i]!;
  return broadcastTo(given.reshape(wide), sizes);
}

/**
 * `x` with the axes from `start` up to and without `stop` as one.
 *
 * Source: JAX 0.10.2 `jax/_src/lax/lax.py` (`collapse`).
 * @throws RangeError if there are no such axes
 * @example
 * lax.collapse(jnp.zeros([2, 3, 4]), 0, 2).shape // => [6, 4]
 */
export function collapse(
  x: ArrayLike,
  ...places: Given<
    [startDimension: number],
    "startDimension",
    [stopDimension: number | null],
    { readonly stopDimension?: number }
  >
): NDArray;
export function collapse(): NDArray {
  return inOrder(collapseOf, arguments, 3, "lax.collapse operand startDimension stopDimension");
}

function collapseOf(x: ArrayLike, startDimension: number, stopDimension?: number): NDArray {
  const given = asarray(x);
  const { shape, ndim } = given;
  const [from, to] = [startDimension, stopDimension ?? ndim].map((place, i) => {
    const axis = int(place, `lax.collapse: "${i === 0 ? "startDimension" : "stopDimension"}"`);
    return axis < 0 ? axis + ndim : axis;
  });
  if (!(from! >= 0 && to! <= ndim && from! <= to!))
    throw new RangeError(
      `lax.collapse: expected axes from 0 to ${ndim}, got ${describe(startDimension)} and ${describe(stopDimension)}`,
    );
  if (from === to) return expandDims(given, from!);
  return given.reshape([
    ...shape.slice(0, from),
    shape.slice(from, to).reduce((size: number, n) => size * n, 1),
    ...shape.slice(to),
  ]);
}

/**
 * An array of zeros: what `jax.lax.empty` leaves undefined is defined here.
 *
 * @example
 * lax.empty([2], "int32").tolist() // => [0, 0]
 */
export function empty(...places: Given<[shape: ShapeLike, dtype: DType], "shape dtype">): NDArray;
export function empty(): NDArray {
  return inOrder(emptyOf, arguments, 2, "lax.empty shape dtype | * outSharding:0");
}

function emptyOf(shape: ShapeLike, dtype: DType): NDArray {
  return zeros(shape, dtype);
}

/**
 * What it is given: calls are made in their order here.
 *
 * @example
 * lax.optimizationBarrier(5) // => 5
 */
export function optimizationBarrier<T>(operand: T): T {
  if (arguments.length > 1) refuseSurplus("lax.optimizationBarrier", "operand", arguments);
  return operand;
}
