/** What few reductions are asked for: elements that do not count, and a start. */
import type { ArrayLike, Axes, ReduceOptions } from "../../data/index.ts";
import { isFloat, isHalf } from "../../data/index.ts";
import { broadcastTo } from "../manipulation/shapes.ts";
import { add, maximum, minimum, multiply } from "../elementwise/arithmetic.ts";
import { where as choose } from "../elementwise/comparison.ts";
import type { NDArray, VarianceOptions } from "../ndarray.ts";
import { asNDArray, checkFloat, reduce, variance } from "../ndarray.ts";
import type { Reduction } from "../operations/reductions.ts";
import { ANY, MAX, MEAN, MIN, PROD, SUM } from "../operations/reductions.ts";
import { castTo } from "../scalar.ts";

/** What the reductions take besides the axes. */
export interface MaskedOptions extends ReduceOptions {
  /** What the reduction starts from. */
  readonly initial?: ArrayLike | null;
  /** Which elements count: those where it is not 0. Broadcasts to the elements. */
  readonly where?: ArrayLike | null;
  /** Whether a sum or product of small integers is of 32 bits. Default true. */
  readonly promoteIntegers?: boolean;
}

/** What `var` and `std` take besides the axes. */
export interface MaskedVarianceOptions extends VarianceOptions {
  /** Which elements count: those where it is not 0. Broadcasts to the elements. */
  readonly where?: ArrayLike | null;
}

/** What `nanvar` and `nanstd` take besides the axes. */
export interface NanVarianceOptions extends MaskedVarianceOptions {
  readonly axis?: Axes;
  /** The means, used in place of those of the elements: they broadcast to the array. */
  readonly mean?: ArrayLike | null;
}

const START = '"initial"';

/** For each reduction: what changes nothing in it, and what joins a start to it. */
const NOTHING: Readonly<Record<string, number>> = { sum: 0, prod: 1, any: 0, all: 1, max: -Infinity, min: Infinity };
const JOIN: Readonly<Record<string, (a: ArrayLike, b: ArrayLike) => NDArray>> = {
  sum: add,
  prod: multiply,
  max: maximum,
  min: minimum,
};

/**
 * The reduction of the elements that count.
 *
 * @throws RangeError for a maximum or minimum with a mask and without a start
 */
export function reduceMasked(
  operation: Reduction,
  x: ArrayLike,
  axis: Axes | undefined,
  options?: MaskedOptions,
): NDArray {
  if (options === undefined) return reduce(operation, x, axis);
  const { initial, where, promoteIntegers = true } = options;
  const { name } = operation;
  if (isAbsent(initial) && isAbsent(where) && promoteIntegers) return reduce(operation, x, axis, options);
  const given = asNDArray(x, `${name}: "x"`);
  const narrowed = (whole: NDArray): NDArray =>
    promoteIntegers || !isAbsent(options.dtype) || given.dtype === "bool" ? whole : whole.astype(given.dtype);
  if (operation === MEAN) return meanWhere(given, axis, where!, options);
  let from = given;
  if (!isAbsent(where)) {
    const isExtreme = operation === MAX || operation === MIN;
    if (isExtreme && isAbsent(initial)) throw startError(name);
    // Integers have no infinities, and no gradients, in which an equal start would count.
    const nothing = isExtreme && !isFloat(given.dtype) ? castTo(initial!, given.dtype, START) : NOTHING[name]!;
    from = choose(where, given, nothing);
  }
  if (given.size === 0 && (operation === MAX || operation === MIN) && !isAbsent(initial))
    return broadcastTo(castTo(initial, given.dtype, START), reduce(ANY, given, axis, options).shape);
  if (isAbsent(initial)) return narrowed(reduce(operation, from, axis, options));
  // 16-bit sums and products are rounded once, behind the start.
  const asked = options.dtype ?? given.dtype;
  const isWide = isHalf(asked) && (operation === SUM || operation === PROD);
  const result = reduce(operation, from, axis, isWide ? { ...options, dtype: "float32" } : options);
  const whole = JOIN[name]!(result, castTo(initial, result.dtype, START));
  return narrowed(isWide ? whole.astype(asked) : whole);
}

function isAbsent(x: unknown): x is null | undefined {
  return x === undefined || x === null;
}

function startError(fn: string): RangeError {
  return new RangeError(`${fn}: "initial" expected a number, since "where" is given, got none`);
}

function meanWhere(x: NDArray, axis: Axes | undefined, where: ArrayLike, options: ReduceOptions): NDArray {
  const total = reduce(SUM, choose(where, options.dtype || isWide(x) ? x : x.astype("float32"), 0), axis, options);
  return total.div(countOf(x, axis, where, options).astype(total.dtype));
}

function isWide({ dtype }: NDArray): boolean {
  return dtype.includes("float");
}

/** How many elements count. */
function countOf({ shape }: NDArray, axis: Axes | undefined, where: ArrayLike, options: ReduceOptions): NDArray {
  const mask = broadcastTo(asNDArray(where, 'where: "where"').astype("bool"), shape);
  return reduce(SUM, mask, axis, { ...options, dtype: "int32" });
}

/** The variance of the elements that count. */
export function varianceMasked(
  x: ArrayLike,
  axis: Axes | undefined,
  options: NanVarianceOptions = {},
  fn = "var",
): NDArray {
  const { where, ddof = 0 } = options;
  if (isAbsent(where)) return variance(x, axis, options, fn);
  if (options.dtype) checkFloat(options.dtype, fn);
  const given = asNDArray(x, `${fn}: "x"`);
  const mean = options.mean ?? meanWhere(given, axis ?? options.axis, where, { keepdims: true });
  const centred = given.sub(mean);
  const total = reduce(SUM, choose(where, centred.mul(centred), 0), axis, options);
  const count = countOf(given, axis, where, options).sub(ddof);
  return choose(count.gt(0), total.div(count.astype(total.dtype)), NaN);
}
