/** The logarithm of a sum of exponentials, with weights and a mask. */
import type { Places } from "../../base/index.ts";
import { inOrder } from "../../base/index.ts";
import type { ArrayLike, Axes } from "../../data/index.ts";
import { DATA, isFloat } from "../../data/index.ts";
import { abs, multiply, sign, subtract } from "../elementwise/arithmetic.ts";
import { isfinite, where as choose } from "../elementwise/comparison.ts";
import { exp, log } from "../elementwise/elementary.ts";
import { resultType } from "../info.ts";
import { asNDArray, NDArray, reduce } from "../ndarray.ts";
import { LOGSUMEXP, MAX, SUM } from "../operations/reductions.ts";

/** The options of `logsumexp`. */
export interface LogsumexpOptions {
  /** One axis, several, or all of them if left out. Negative ones count from the end. */
  readonly axis?: Axes;
  /** What each exponential is multiplied with, default 1. Broadcasts to the elements. */
  readonly b?: ArrayLike | null;
  /** Keeps the reduced axes in the shape, with size 1. Default false. */
  readonly keepdims?: boolean;
  /** Whether the sign of the sum is wanted too. Default false. */
  readonly returnSign?: boolean;
  /** Which elements count: those where it is not 0. Broadcasts to the elements. */
  readonly where?: ArrayLike | null;
}

/** `LogsumexpOptions` of a call that wants the sign. */
export interface SignedLogsumexpOptions extends LogsumexpOptions {
  readonly returnSign: true;
}

/** What comes after the array in a call that wants the sign. */
type SignedPlaces =
  | [options: SignedLogsumexpOptions]
  | [axis: Axes, options: SignedLogsumexpOptions]
  | [axis: Axes, b: ArrayLike | null | undefined, options: SignedLogsumexpOptions]
  | [axis: Axes, b: ArrayLike | null | undefined, keepdims: boolean | undefined, options: SignedLogsumexpOptions]
  | [
      axis: Axes,
      b: ArrayLike | null | undefined,
      keepdims: boolean | undefined,
      returnSign: true,
      where?: ArrayLike | null | LogsumexpOptions,
    ];

/**
 * The logarithm of the sum of e^x over axes: log(sum(exp(x - max))) + max, the sum in the order of `sum`. 16-bit floats
 * are rounded at every step, integers give float32. -Infinity of no elements, or of -Infinity alone.
 *
 * With weights it is log(sum(b * exp(x - max))) + max, the maximum over elements of a weight other than 0. A sum below
 * 0 gives NaN; with `returnSign`, the logarithm of its absolute value and its sign.
 *
 * Source: JAX 0.10.2 `jax/_src/ops/special.py` (`logsumexp`).
 * @param axis one axis, several, or all of them if left out or null; negative ones count from the end. Options may
 * stand here
 * @throws RangeError if an axis is out of bounds or comes twice; ShapeError if `b` or `where` does not broadcast
 * @example
 * logsumexp([0, 0]).item() // => 0.6931472
 * logsumexp([[1000, 1000]], 1).tolist() // => [1000.69318]
 * logsumexp([0, 0], { b: [3, -1] }).item() // => 0.6931472
 * logsumexp([0, 0], { b: [1, -3], returnSign: true })[1].item() // => -1
 */
export function logsumexp(x: ArrayLike, ...places: SignedPlaces): [value: NDArray, sign: NDArray];
export function logsumexp(
  x: ArrayLike,
  ...places: Places<
    [axis: Axes, b: ArrayLike | null, keepdims: boolean, returnSign: false, where: ArrayLike | null],
    LogsumexpOptions & { readonly returnSign?: false }
  >
): NDArray;
export function logsumexp(): NDArray | NDArray[] {
  return inOrder(logsumexpOf, arguments, 2, "logsumexp a axis | b keepdims:b returnSign:b where");
}

function logsumexpOf(x: ArrayLike, axis?: Axes, options: LogsumexpOptions = {}): NDArray | NDArray[] {
  const { b, returnSign, where } = options;
  const isPlain = isNone(b) && isNone(where) && returnSign !== true;
  return isPlain ? reduce(LOGSUMEXP, x, axis, options) : weighted(x, axis, options);
}

function isNone(x: unknown): x is null | undefined {
  return x === undefined || x === null;
}

/** The formula, for weights, a mask, or the sign. */
function weighted(
  x: ArrayLike,
  axis: Axes | undefined,
  { b, where, keepdims = false, returnSign = false }: LogsumexpOptions,
): NDArray | NDArray[] {
  const dtype = isNone(b) ? asNDArray(x, 'logsumexp: "a"').dtype : resultType(x, b);
  const given = asNDArray(x, 'logsumexp: "a"').astype(isFloat(dtype) ? dtype : "float32");
  const weights = isNone(b) ? undefined : asNDArray(b, 'logsumexp: "b"').astype(given.dtype);
  const weighed = weights === undefined ? given : choose(weights.ne(0), given, -Infinity);
  const counted = isNone(where) ? weighed : choose(where, weighed, -Infinity);
  const top = counted.size === 0 ? asNDArray(0, "top") : constant(reduce(MAX, counted, axis, { keepdims: true }));
  const shift = choose(isfinite(top), top, 0).astype(given.dtype);
  const powers = exp(subtract(counted, shift));
  const terms = weights === undefined ? powers : multiply(powers, weights);
  const total = reduce(SUM, isNone(where) ? terms : choose(where, terms, 0), axis, { keepdims });
  const lifted = shift.size === total.size ? shift.reshape(total.shape) : shift;
  const value = log(abs(total)).add(lifted);
  if (returnSign) return [value, sign(total)];
  return weights === undefined ? value : choose(sign(total).lt(0), NaN, value);
}

/** The same values, through which no gradient flows. */
function constant(x: NDArray): NDArray {
  const { plain } = x[DATA];
  return plain === undefined ? x : new NDArray(plain);
}
