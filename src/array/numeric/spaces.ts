/** Numbers on a scale of logarithms. */
import type { Given } from "../../base/index.ts";
import { describe, inOrder } from "../../base/index.ts";
import type { ArrayLike, DType } from "../../data/index.ts";
import type { LinspaceOptions } from "./linspace.ts";
import { floatOf, spaced, spacedDType } from "./linspace.ts";
import { divide, multiply, power, sign } from "../elementwise/arithmetic.ts";
import { log10 } from "../elementwise/elementary.ts";
import { moveaxis } from "../manipulation/shapes.ts";
import type { NDArray } from "../ndarray.ts";
import { asNDArray } from "../ndarray.ts";

/** The options of `geomspace`. */
export type GeomspaceOptions = Omit<LinspaceOptions, "retstep">;

/** The options of `logspace`. */
export interface LogspaceOptions extends GeomspaceOptions {
  /** Default 10. Broadcasts to the exponents. */
  readonly base?: ArrayLike;
}

/**
 * `num` powers of a base, whose exponents are evenly spaced from `start` to `stop`, which broadcast; along axis `axis`
 * of the result.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/array_creation.py` (`logspace`).
 * @param num default 50
 * @throws RangeError if `num` is negative, or there is no such axis; ShapeError if the ends do not broadcast
 * @example
 * logspace(0, 2, 3).tolist() // => [1, 10, 100]
 * logspace([0, 5], [5, 0], 2, { base: [2, 3] }).tolist() // => [[1, 243], [32, 1]]
 */
export function logspace(
  ...places: Given<
    [start: ArrayLike, stop: ArrayLike],
    "start stop",
    [num: number, endpoint: boolean, base: ArrayLike, dtype: DType | null, axis: number],
    LogspaceOptions
  >
): NDArray;
export function logspace(): NDArray {
  return inOrder(logspaceOf, arguments, 3, "logspace start stop num | endpoint:b base dtype:d axis:n");
}

function logspaceOf(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number,
  { base = 10, dtype, ...options }: LogspaceOptions = {},
  fn = "logspace",
): NDArray {
  const kind = spacedDType(fn, start, stop, dtype);
  const exponents = spaced(fn, start, stop, num, { ...options, dtype: floatOf(kind) }).out;
  return power(base, exponents).astype(kind);
}

/**
 * `num` numbers from `start` to `stop`, which broadcast, with the same ratio between neighbours; along axis `axis` of
 * the result. NaN between elements of arrays that differ in sign, or are 0.
 *
 * Source: JAX 0.10.2 `jax/_src/numpy/array_creation.py` (`geomspace`).
 * @param num default 50
 * @throws RangeError for two numbers that differ in sign, or are 0; if `num` is negative, or there is no such axis;
 * ShapeError if the ends do not broadcast
 * @example
 * geomspace(1, 8, 4).round(4).tolist() // => [1, 2, 4, 8]
 * geomspace([1, 1000], [27, 1], 4).round(4).slice(1).tolist() // => [3, 100]
 */
export function geomspace(
  ...places: Given<
    [start: ArrayLike, stop: ArrayLike],
    "start stop",
    [num: number, endpoint: boolean, dtype: DType | null, axis: number],
    GeomspaceOptions
  >
): NDArray;
export function geomspace(): NDArray {
  return inOrder(geomspaceOf, arguments, 3, "geomspace start stop num | endpoint:b dtype:d axis:n");
}

function geomspaceOf(
  start: ArrayLike,
  stop: ArrayLike,
  num?: number,
  { axis = 0, dtype, ...options }: GeomspaceOptions = {},
): NDArray {
  if (typeof start === "number" && typeof stop === "number" && !(start * stop > 0))
    throw new RangeError(
      `geomspace: expected two numbers of one sign, neither 0, got ${describe(start)} and ${describe(stop)}`,
    );
  const kind = spacedDType("geomspace", start, stop, dtype);
  const [from, to] = [start, stop].map((end) => asNDArray(end, "geomspace").astype(floatOf(kind))) as [
    NDArray,
    NDArray,
  ];
  const side = sign(from);
  const [low, high] = [log10(divide(from, side)), log10(divide(to, side))];
  const all = multiply(side, logspaceOf(low, high, num, options, "geomspace"));
  return (axis === 0 ? all : moveaxis(all, 0, axis)).astype(kind);
}
