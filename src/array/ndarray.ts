import type { Places } from "../base/index.ts";
import { BRAND, describe, int, ordered, refuseSurplus, ShapeError } from "../base/index.ts";
import type {
  Input,
  Operation,
  ArrayLike,
  Axes,
  AxisLike,
  ArrayData,
  DType,
  Index,
  NestedList,
  ReduceOptions,
  ShapeLike,
  SortOptions,
  TakeOptions,
  TypedArray,
  BinaryUfunc,
  UnaryUfunc,
} from "../data/index.ts";
import {
  ABS,
  ADD,
  DATA,
  DIVIDE,
  EXPOSED,
  EQUAL,
  GREATER,
  GREATER_EQUAL,
  LESS,
  LESS_EQUAL,
  MULTIPLY,
  NEGATIVE,
  NOT_EQUAL,
  POWER,
  REMAINDER,
  SQRT,
  SUBTRACT,
  arrayData,
  assertConcrete,
  assertElements,
  PRIVATE,
  checkDType,
  checkMode,
  decodeElement,
  flipPlan,
  formatArray,
  formatShape,
  isFloat,
  isHalf,
  itemSize,
  keep,
  indicesIn,
  indicesOf,
  plainOf,
  planIndex,
  repeatCounts,
  repeatIndices,
  reprArray,
  resolveShape,
  settleReaders,
  sizeOf,
  squeezedShape,
  swappedAxes,
  toAxis,
  toData,
  toList,
  toOperand,
  toReduceOptions,
  toReduceParameters,
  transposedAxes,
  withSize,
} from "../data/index.ts";
import { At } from "./at.ts";
import { interpreter, viewInput } from "./interpreter.ts";
import { CAST, CLIP, INTEGER_POWER, ROUND } from "./operations/elementwise.ts";
import { ARGSORT, GATHER, TAKE, TAKE_ALONG_AXIS } from "./operations/indexing.ts";
import { BROADCAST_TO, RESHAPE, TRANSPOSE } from "./operations/manipulation.ts";
import { MATMUL } from "./operations/products.ts";
import type { Reduction } from "./operations/reductions.ts";
import { ALL, ANY, ARGMAX, ARGMIN, CUMSUM, MAX, MEAN, MIN, PROD, SUM, VAR } from "./operations/reductions.ts";

/** The places of a reduction in order. */
type Reduce<Options = ReduceOptions> = (axis?: Axes, options?: Options) => NDArray;

/**
 * An immutable n-dimensional array, row-major. Methods give new arrays; arguments may be anything array-like, an
 * `nnx.Variable` included. Make one with `numpy.array`, `numpy.zeros`, `random.normal` and their like.
 *
 * float32 arithmetic rounds after every operation and flushes subnormals to zero, as JAX on a CPU does; matrix
 * products keep subnormals.
 *
 * @example
 * const a = jnp.array([[1, 2], [3, 4]]);
 * a.mul(2).add([10, 20]).tolist() // => [[12, 24], [16, 28]]
 * a.matmul([1, 1]).tolist() // => [3, 7]
 */
export class NDArray {
  declare readonly [BRAND]: "NDArray";
  /** @internal */
  declare readonly [DATA]: ArrayData;

  /** Arrays are made by functions, from raw data. @internal */
  constructor(x: ArrayData) {
    this[DATA] = x;
  }

  /** The sizes of the axes, outermost first. */
  get shape(): readonly number[] {
    return this[DATA].shape;
  }

  /** The element type. */
  get dtype(): DType {
    return this[DATA].dtype;
  }

  /** The number of axes. */
  get ndim(): number {
    return this[DATA].shape.length;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this[DATA].shape);
  }

  /** The bytes of one element. */
  get itemsize(): number {
    return itemSize(this.dtype);
  }

  /** The bytes of all elements. */
  get nbytes(): number {
    return this.size * this.itemsize;
  }

  /**
   * The elements themselves, row-major, not a copy. They are meant for reading: what is written shows in this array and
   * in its reshapes. A bool is 0 or 1; a bfloat16 or float16 is its 16-bit word (`astype("float32").data` has the
   * numbers).
   *
   * After the first access, products with this array read it again on every call instead of caching a packed copy. They
   * are never stale, but slower for a large matrix. `tolist()` and `item()` do not have this cost.
   */
  get data(): TypedArray {
    const raw = plainOf(this[DATA]);
    assertConcrete(raw);
    keep(raw.storage);
    if (raw.storage.access !== EXPOSED) settleReaders(raw.storage);
    raw.storage.access = EXPOSED;
    return raw.storage.data;
  }

  /**
   * The one element of an array of size 1.
   *
   * @throws ShapeError if the size is not 1
   */
  item(): number {
    if (arguments.length > 0) refuseMore("item", arguments, "");
    assertConcrete(this[DATA]);
    if (this.size !== 1)
      throw new ShapeError(`item: expected an array of one element, got shape ${formatShape(this.shape)}`);
    return decodeElement(this.dtype, plainOf(this[DATA]).storage.data[0]!);
  }

  /** The elements as nested JavaScript arrays; a scalar's element alone. */
  tolist(): NestedList {
    if (arguments.length > 0) refuseMore("tolist", arguments, "");
    assertConcrete(this[DATA]);
    return toList(plainOf(this[DATA]));
  }

  /** `this + other`, broadcast. */
  add(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("add", arguments);
    return binary(ADD, this, other);
  }

  /** `this - other`, broadcast. */
  sub(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("sub", arguments);
    return binary(SUBTRACT, this, other);
  }

  /** `this * other`, broadcast. */
  mul(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("mul", arguments);
    return binary(MULTIPLY, this, other);
  }

  /** `this / other`, broadcast, a float. As in XLA, a divisor that is broadcast multiplies by its reciprocal. */
  div(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("div", arguments);
    return binary(DIVIDE, this, other);
  }

  /** The remainder of `this / other` with the sign of `other`, like Python's `%`. */
  mod(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("mod", arguments);
    return binary(REMAINDER, this, other);
  }

  /** `this` to the power `other`: see `numpy.power`. */
  pow(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("pow", arguments);
    return power(this, other);
  }

  /** `-this`. */
  neg(): NDArray {
    if (arguments.length > 0) refuseMore("neg", arguments, "");
    return apply(NEGATIVE, undefined, rawOf(this));
  }

  /** The absolute values. */
  abs(): NDArray {
    if (arguments.length > 0) refuseMore("abs", arguments, "");
    return apply(ABS, undefined, rawOf(this));
  }

  /** Where `this === other`, bool. */
  eq(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("eq", arguments);
    return binary(EQUAL, this, other);
  }

  /** Where `this !== other`, bool. */
  ne(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("ne", arguments);
    return binary(NOT_EQUAL, this, other);
  }

  /** Where `this < other`, bool. */
  lt(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("lt", arguments);
    return binary(LESS, this, other);
  }

  /** Where `this <= other`, bool. */
  le(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("le", arguments);
    return binary(LESS_EQUAL, this, other);
  }

  /** Where `this > other`, bool. */
  gt(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("gt", arguments);
    return binary(GREATER, this, other);
  }

  /** Where `this >= other`, bool. */
  ge(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("ge", arguments);
    return binary(GREATER_EQUAL, this, other);
  }

  /** The elements clipped to `min` and `max`: see `numpy.clip`. */
  clip(
    ...places: Places<
      [min: ArrayLike | null, max: ArrayLike | null],
      { readonly min?: ArrayLike | null; readonly max?: ArrayLike | null }
    >
  ): NDArray;
  clip(min: ArrayLike | null = null, max: ArrayLike | null = null): NDArray {
    const args = ordered<(min?: ArrayLike | null, max?: ArrayLike | null) => NDArray>(arguments, 2, "clip min max");
    if (args !== undefined) [min = null, max = null] = args;
    return clip(this, min, max);
  }

  /** The elements rounded to `decimals` decimals, default 0; halves round to even. */
  round(...places: Places<[decimals: number, out: null], { readonly decimals?: number }>): NDArray;
  round(decimals = 0): NDArray {
    const args = ordered<(decimals?: number) => NDArray>(arguments, 1, "round decimals | out:0");
    if (args !== undefined) [decimals = 0] = args;
    return apply(ROUND, int(decimals, 'round: "decimals"'), rawOf(this));
  }

  /**
   * The matrix product of `this` [..., i, n] and `other` [..., n, j], summed over n ascending, as `numpy.matmul`.
   *
   * @throws ShapeError naming both shapes if the inner sizes differ or the batches do not broadcast
   */
  matmul(other: ArrayLike): NDArray {
    if (arguments.length > 1) refuseMore("matmul", arguments);
    return matmul(this, other);
  }

  /** `numpy.sum` of this. */
  sum(...places: Places<[axis: Axes, dtype: DType, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  sum(): NDArray {
    return reduced(SUM, this, arguments, "dtype:d ");
  }

  /** `numpy.mean` of this. */
  mean(...places: Places<[axis: Axes, dtype: DType, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  mean(): NDArray {
    return reduced(MEAN, this, arguments, "dtype:d ");
  }

  /** `numpy.var` of this; the divisor is the number of elements less `ddof`, default 0. */
  var(
    ...places: Places<[axis: Axes, dtype: DType, out: null, ddof: number, keepdims: boolean], VarianceOptions>
  ): NDArray;
  var(axis?: Axes, options?: VarianceOptions): NDArray {
    const args = ordered<Reduce<VarianceOptions>>(arguments, 1, "var axis | dtype:d out:0 ddof:n keepdims:b");
    return variance(this, args === undefined ? axis : args[0], args === undefined ? options : args[1]);
  }

  /** `numpy.std` of this; the divisor is the number of elements less `ddof`, default 0. */
  std(
    ...places: Places<[axis: Axes, dtype: DType, out: null, ddof: number, keepdims: boolean], VarianceOptions>
  ): NDArray;
  std(axis?: Axes, options?: VarianceOptions): NDArray {
    const args = ordered<Reduce<VarianceOptions>>(arguments, 1, "std axis | dtype:d out:0 ddof:n keepdims:b");
    return std(this, args === undefined ? axis : args[0], args === undefined ? options : args[1]);
  }

  /** `numpy.prod` of this. */
  prod(...places: Places<[axis: Axes, dtype: DType, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  prod(): NDArray {
    return reduced(PROD, this, arguments, "dtype:d ");
  }

  /** `numpy.max` of this. */
  max(...places: Places<[axis: Axes, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  max(): NDArray {
    return reduced(MAX, this, arguments);
  }

  /** `numpy.min` of this. */
  min(...places: Places<[axis: Axes, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  min(): NDArray {
    return reduced(MIN, this, arguments);
  }

  /** `numpy.argmax` of this. */
  argmax(...places: Places<[axis: number | null, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  argmax(): NDArray {
    return reduced(ARGMAX, this, arguments);
  }

  /** `numpy.argmin` of this. */
  argmin(...places: Places<[axis: number | null, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  argmin(): NDArray {
    return reduced(ARGMIN, this, arguments);
  }

  /** `numpy.any` of this. */
  any(...places: Places<[axis: Axes, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  any(): NDArray {
    return reduced(ANY, this, arguments);
  }

  /** `numpy.all` of this. */
  all(...places: Places<[axis: Axes, out: null, keepdims: boolean], ReduceOptions>): NDArray;
  all(): NDArray {
    return reduced(ALL, this, arguments);
  }

  /** `numpy.cumsum` of this. */
  cumsum(
    ...places: Places<
      [axis: number | null, dtype: DType, out: null],
      { readonly axis?: number | null; readonly dtype?: DType }
    >
  ): NDArray;
  cumsum(axis?: number | null, dtype?: DType): NDArray {
    const args = ordered<(axis?: number | null, dtype?: DType) => NDArray>(arguments, 2, "cumsum axis dtype:d | out:0");
    if (args !== undefined) [axis, dtype] = args;
    const sums = accumulate(CUMSUM, dtype === undefined ? this : this.astype(dtype), axis);
    return dtype === undefined ? sums : sums.astype(dtype);
  }

  /**
   * The same elements in another shape.
   *
   * @param shape the sizes; one may be -1 and is inferred
   * @throws ShapeError if the sizes do not multiply to this array's size
   */
  reshape(shape: ShapeLike | { readonly shape: ShapeLike }): NDArray;
  reshape(...sizes: number[]): NDArray;
  reshape(shape: ShapeLike): NDArray {
    if (arguments.length > 1 && typeof shape === "number") shape = Array.from(arguments) as number[];
    else if (arguments.length !== 1 || typeof shape === "object") {
      const args = ordered<(shape: ShapeLike) => NDArray>(arguments, 1, "reshape shape | order:o");
      if (args !== undefined) [shape] = args;
    }
    return apply(RESHAPE, resolveShape(shape, this.shape), rawOf(this));
  }

  /** The same elements along one axis. */
  flatten(): NDArray {
    if (arguments.length > 0) refuseMore("flatten", arguments, "");
    return this.reshape([this.size]);
  }

  /** `flatten` under NumPy's other name. */
  ravel(): NDArray {
    if (arguments.length > 0) refuseMore("ravel", arguments, "");
    return this.flatten();
  }

  /**
   * The array with its axes permuted.
   *
   * @param axes axis i of the result is axis `axes[i]` of this array; reversed if left out
   * @throws ShapeError if `axes` does not name every axis once
   */
  transpose(axes?: readonly number[] | { readonly axes?: readonly number[] } | null): NDArray;
  transpose(...axes: number[]): NDArray;
  transpose(axes?: unknown): NDArray {
    if (typeof axes === "number") axes = Array.from(arguments) as number[];
    else if (arguments.length > 0) {
      const args = ordered<(axes?: readonly number[]) => NDArray>(arguments, 1, "transpose axes:x");
      if (args !== undefined) [axes] = args;
    }
    return apply(TRANSPOSE, transposedAxes(this.shape, axes as readonly number[] | undefined), rawOf(this));
  }

  /** The axes reversed. */
  get T(): NDArray {
    return this.transpose();
  }

  /**
   * The last two axes exchanged.
   *
   * @throws RangeError for fewer than two axes
   */
  get mT(): NDArray {
    return this.swapaxes(-1, -2);
  }

  /**
   * Two axes exchanged.
   *
   * @throws RangeError if there is no such axis
   */
  swapaxes(axis1: number, axis2: number): NDArray;
  swapaxes(axis1: number, axis2: number): NDArray {
    const args = ordered<(axis1: number, axis2: number) => NDArray>(arguments, 2, "swapaxes axis1 axis2");
    if (args !== undefined) [axis1, axis2] = args;
    return apply(TRANSPOSE, swappedAxes(this.shape, axis1, axis2), rawOf(this));
  }

  /**
   * The array without axes of size 1.
   *
   * @param axis which of them; all if left out
   * @throws ShapeError if one of them has another size
   */
  squeeze(axis?: AxisLike | { readonly axis?: AxisLike }): NDArray;
  squeeze(axis?: AxisLike): NDArray {
    const args = ordered<(axis?: AxisLike) => NDArray>(arguments, 1, "squeeze axis:x");
    if (args !== undefined) [axis] = args;
    return apply(RESHAPE, squeezedShape(this.shape, axis), rawOf(this));
  }

  /**
   * The elements cast to `dtype`. A float becomes an integer truncated and saturated, NaN 0; a 16-bit float is rounded
   * to nearest.
   */
  astype(dtype: DType, names?: { readonly copy?: boolean }): NDArray;
  astype(dtype: DType): NDArray {
    const args = ordered<(dtype: DType) => NDArray>(arguments, 1, "astype dtype * copy:b");
    if (args !== undefined) [dtype] = args;
    return apply(CAST, checkDType(dtype, "astype"), rawOf(this));
  }

  /**
   * The elements that the index names, as NumPy's brackets do. Indices out of bounds are clamped, as in JAX.
   *
   * @param index one entry for each axis: see `Index`
   * @throws ShapeError for more axes than there are; TypeError for what is not an index
   * @example
   * const a = jnp.arange(12).reshape([3, 4]);
   * a.slice(1).tolist() // => [4, 5, 6, 7]
   * a.slice("...", "1:3").tolist() // => [[1, 2], [5, 6], [9, 10]]
   * a.slice([0, 2], -1).tolist() // => [3, 11]
   * a.slice(a.gt(8)).tolist() // => [9, 10, 11]
   */
  slice(...index: Index[]): NDArray {
    return apply(GATHER, planIndex(index, this.shape, "slice", true), rawOf(this));
  }

  /**
   * The elements that the index names, to be read or changed; changing gives a new array.
   *
   * @example
   * const a = jnp.zeros([2, 3]);
   * a.at(0, "1:").set(5).tolist() // => [[0, 5, 5], [0, 0, 0]]
   * a.at([1, 1], 0).add(1).tolist() // => [[0, 0, 0], [2, 0, 0]]
   */
  at(...index: Index[]): At<NDArray> {
    return new At(rawOf(this), index, apply);
  }

  /** The slices at `indices` along `axis`: see `numpy.take`. */
  take(
    indices: ArrayLike,
    ...places: Places<[axis: number | null, out: null, mode: TakeOptions["mode"]], TakeOptions>
  ): NDArray;
  take(indices: ArrayLike, options: TakeOptions = {}): NDArray {
    const args = ordered<(indices: ArrayLike, options?: TakeOptions) => NDArray>(
      arguments,
      1,
      "take indices | axis:x out:0 mode:x uniqueIndices:b indicesAreSorted:b",
    );
    if (args !== undefined) [indices, options = {}] = args;
    return take(this, indices, options);
  }

  /** Each element repeated: see `numpy.repeat`. */
  repeat(repeats: AxisLike, ...places: Places<[axis: number | null], { readonly axis?: number | null }>): NDArray;
  repeat(repeats: AxisLike, axis?: number): NDArray {
    const args = ordered<(repeats: AxisLike, axis?: number) => NDArray>(arguments, 2, "repeat repeats axis:x");
    if (args !== undefined) [repeats, axis] = args;
    const from = axis === undefined ? this.flatten() : this;
    const along = toAxis(axis ?? 0, from.ndim, 'repeat: "axis"');
    const { shape } = from;
    const counts = repeatCounts(shape, repeats, along);
    if (counts.length === 1) {
      const [before, after] = [shape.slice(0, along + 1), shape.slice(along + 1)];
      const apart = apply(RESHAPE, [...before, 1, ...after], rawOf(from));
      const repeated = apply(BROADCAST_TO, [...before, counts[0]!, ...after], rawOf(apart));
      return apply(RESHAPE, withSize(shape, along, shape[along]! * counts[0]!), rawOf(repeated));
    }
    const places = repeatIndices(counts);
    return apply(TAKE, along, rawOf(from), arrayData([places.length], "int32", places));
  }

  /** The elements in ascending order along an axis: see `numpy.sort`. */
  sort(...places: Places<[axis: number | null], SortOptions>): NDArray;
  sort(options: SortOptions = {}): NDArray {
    const args = ordered<(options?: SortOptions) => NDArray>(arguments, 0, "sort | axis * stable:b descending:b");
    if (args !== undefined) [options = {}] = args;
    return sort(this, options);
  }

  /** The indices of the elements in ascending order along an axis: see `numpy.argsort`. */
  argsort(...places: Places<[axis: number | null], SortOptions>): NDArray;
  argsort(options: SortOptions = {}): NDArray {
    const args = ordered<(options?: SortOptions) => NDArray>(arguments, 0, "argsort | axis * stable:b descending:b");
    if (args !== undefined) [options = {}] = args;
    return argsort(this, options);
  }

  /**
   * The slices along `axis`, an array each.
   *
   * @param axis default the first
   * @throws RangeError if there is no such axis
   */
  unstack(axis?: number | { readonly axis?: number }): NDArray[];
  unstack(axis = 0): NDArray[] {
    const args = ordered<(axis?: number) => NDArray[]>(arguments, 1, "unstack axis");
    if (args !== undefined) [axis = 0] = args;
    const at = toAxis(axis, this.ndim, 'unstack: "axis"');
    const all = this.shape.slice(0, at).map(() => ":" as const);
    return Array.from({ length: this.shape[at]! }, (_, i) => this.slice(...all, i));
  }

  /**
   * Iterates over the slices along the first axis. A scalar is not iterable.
   *
   * @example
   * Array.from(jnp.array([[1, 2], [3, 4]]), (row) => row.sum().item()) // => [3, 7]
   */
  get [Symbol.iterator](): () => IterableIterator<NDArray> {
    return (this.ndim === 0 ? undefined : () => this.unstack().values()) as never;
  }

  /**
   * The text where JavaScript wants text (`${x}`); the one element where it wants a number.
   *
   * @throws TypeError for a number of an array of another size, as `x * 2` and `x + 1` want it, or of one that is being
   * differentiated, whose gradient would be lost
   */
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === "string") return this.toString();
    if (this.size !== 1 || this[DATA].isTraced) throw toNumberError(this);
    return this.item();
  }

  /** The text of NumPy's `str`. */
  toString(): string {
    const raw = plainOf(this[DATA]);
    assertElements(raw, "toString:");
    return formatArray(raw);
  }

  /** The text of JAX's `repr`, which `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    const raw = plainOf(this[DATA]);
    assertElements(raw, "toString:");
    return reprArray(raw);
  }

  /** Nested lists, so that `JSON.stringify` gives the elements. */
  toJSON(): NestedList {
    return this.tolist();
  }
}

function toNumberError({ shape, size }: NDArray): TypeError {
  const got = size === 1 ? "one that is being differentiated" : `shape ${formatShape(shape)}`;
  return new TypeError(
    `array: JavaScript's operators expected an array of one element, got ${got}. Use x.mul(2) for x * 2, ` +
      "x.add(1) for x + 1",
  );
}
Object.defineProperty(NDArray.prototype, BRAND, { value: "NDArray" });

/**
 * The inputs of `apply`. Passing six arguments costs nothing; gathering and spreading them takes 20 ns (Node 20,
 * 2026-12).
 */
type Inputs = readonly [a?: Input, b?: Input, c?: Input, d?: Input, e?: Input, f?: Input];

/** The result of `operation`. Methods, functions and layers all compute through this function. */
export function apply<P, I extends Inputs>(operation: Operation<P, I>, parameters: P, ...inputs: I): NDArray;
export function apply<P>(
  operation: Operation<P, Inputs>,
  parameters: P,
  a?: Input,
  b?: Input,
  c?: Input,
  d?: Input,
  e?: Input,
  f?: Input,
): NDArray {
  if (interpreter.current !== undefined) return applyAll(operation, parameters, [a, b, c, d, e, f]);
  return new NDArray(operation.forward(parameters, a, b, c, d, e, f));
}

/** Like `apply`, for an operation on any number of inputs. */
export function applyAll<P, I extends readonly Input[]>(operation: Operation<P, I>, parameters: P, inputs: I): NDArray {
  const { current } = interpreter;
  return new NDArray(
    current === undefined ? operation.forward(parameters, ...inputs) : current(operation, parameters, inputs),
  );
}

/**
 * The operation on `a` and `b`. A JavaScript number is weak, as Python's are in JAX: a whole number takes the other
 * side's dtype, a fraction makes integers float32 and leaves floats as they are.
 */
export function binary(operation: BinaryUfunc, a: ArrayLike, b: ArrayLike): NDArray {
  const { name } = operation;
  return apply(operation, undefined, viewOperand(a, `${name}: "a"`), viewOperand(b, `${name}: "b"`));
}

/** The operation on `x`. */
export function unary(operation: UnaryUfunc, x: ArrayLike): NDArray {
  return apply(operation, undefined, dataOf(x, `${operation.name}: "x"`));
}

/** The reduction of `x` over the axes that `axis` or `options` name. */
export function reduce(
  operation: Reduction,
  x: ArrayLike,
  axis: Axes | ReduceOptions | undefined,
  options: ReduceOptions = {},
): NDArray {
  const given = toData(x, `${operation.name}: "x"`);
  const dtype = options.dtype ?? undefined;
  if (dtype !== undefined) {
    const wide = computedIn(given, checkDType(dtype, operation.name));
    return reduce(operation, wide, axis, { ...options, dtype: null }).astype(dtype);
  }
  return apply(operation, toReduceParameters(axis, options, given.shape.length, operation.name), given);
}

/** @throws TypeError if `dtype` is not a floating-point one */
export function checkFloat(dtype: DType, fn: string): DType {
  if (isFloat(checkDType(dtype, fn))) return dtype;
  throw new TypeError(`${fn}: "dtype" expected float32, bfloat16 or float16, got ${describe(dtype)}`);
}

/** `x` in what a result of `dtype` is computed in: 16-bit floats in float32. */
function computedIn(x: ArrayData, dtype: DType): NDArray {
  const from = new NDArray(x);
  return isHalf(dtype) && isFloat(x.dtype) ? from : from.astype(isHalf(dtype) ? "float32" : dtype);
}

/** Refuses what a method of at most one array does not take. */
function refuseMore(fn: string, args: IArguments, names = "other"): void {
  refuseSurplus(fn, names, args, false);
}

/** A method that reduces: axes by place or by name, then names. */
function reduced(operation: Reduction, x: NDArray, args: IArguments, dtype = ""): NDArray {
  const { 0: first, length } = args as unknown as { readonly 0?: unknown; readonly length: number };
  if (length < 2 && (typeof first !== "object" || Array.isArray(first))) return reduce(operation, x, first as Axes);
  const [axis, options] =
    ordered<Reduce>(args, 1, `${operation.name} axis | ${dtype}out:0 keepdims:b`) ??
    (args as unknown as Parameters<Reduce>);
  return reduce(operation, x, axis, options);
}

/** The options of `variance` and `std`. */
export interface VarianceOptions extends ReduceOptions {
  /** The divisor is the number of elements less this number. Default 0. */
  readonly ddof?: number;
}

/** The variance of `x` over axes. `fn` names the caller in errors. */
export function variance(
  x: ArrayLike,
  axis: Axes | VarianceOptions | undefined,
  options: VarianceOptions = {},
  fn = "var",
): NDArray {
  const { ddof = 0 } = toReduceOptions(axis, options);
  if (typeof ddof !== "number" || !Number.isFinite(ddof))
    throw new TypeError(`${fn}: "ddof" expected a finite number, got ${describe(ddof)}`);
  const given = toData(x, `${fn}: "x"`);
  const dtype = options.dtype ?? undefined;
  if (dtype !== undefined) {
    const wide = computedIn(given, checkFloat(dtype, fn));
    return variance(wide, axis, { ...options, dtype: null }, fn).astype(dtype);
  }
  return apply(VAR, { ...toReduceParameters(axis, options, given.shape.length, fn), ddof }, given);
}

/** The standard deviation of `x` over axes. */
export function std(x: ArrayLike, axis: Axes | VarianceOptions | undefined, options?: VarianceOptions): NDArray {
  return unary(SQRT, variance(x, axis, options, "std"));
}

/** The operation along an axis of `x`, or on the flattened array. */
export function accumulate(
  operation: Operation<number, [x: ArrayData]>,
  x: ArrayLike,
  axis: number | null | undefined,
): NDArray {
  const { name } = operation;
  const given = asNDArray(x, `${name}: "x"`);
  const isFlat = axis === undefined || axis === null;
  const from = isFlat && given.ndim !== 1 ? given.flatten() : given;
  return apply(operation, toAxis(isFlat ? 0 : axis, from.ndim, `${name}: "axis"`), rawOf(from));
}

/** `a` to the power `b`. A whole JavaScript number as `b` multiplies `a` by itself. */
export function power(a: ArrayLike, b: ArrayLike): NDArray {
  return typeof b === "number" && Number.isInteger(b)
    ? apply(INTEGER_POWER, b, toData(a, 'power: "a"'))
    : binary(POWER, a, b);
}

/** `x` between `min` and `max`; `null` means no bound. `isClamp` is the parameter of `CLIP`. */
export function clip(x: ArrayLike, min: ArrayLike | null, max: ArrayLike | null, isClamp = false): NDArray {
  const low = min === null ? undefined : toOperand(min, 'clip: "min"');
  const given = low === undefined ? toData(x, 'clip: "x"') : toOperand(x, 'clip: "x"');
  return apply(CLIP, isClamp, given, low, max === null ? undefined : toOperand(max, 'clip: "max"'));
}

/** The matrix product of `a` and `b`. */
export function matmul(a: ArrayLike, b: ArrayLike): NDArray {
  return apply(MATMUL, undefined, dataOf(a, 'matmul: "a"'), dataOf(b, 'matmul: "b"'));
}

/** Like `toOperand`, for an operation whose result is always a new array. A Float32Array is not copied. */
function viewOperand(x: ArrayLike, name: string): ArrayData | number {
  if (typeof x === "number") return x;
  return typeof x === "bigint" ? Number(x) : dataOf(x, name);
}

/** Like `viewInput`. Checking for an array of this package first saves 5 ns. */
function dataOf(x: ArrayLike, name: string): ArrayData {
  return x instanceof NDArray ? usable(x[DATA], name) : viewInput(x, name);
}

/**
 * The raw data of an array that is to be used.
 *
 * @throws TypeError if its elements were sent away, which only those that were handed out can be, or have ended
 */
export function rawOf(x: NDArray): ArrayData {
  return usable(x[DATA], "operand");
}

/** `raw`, whose elements are there. `name` names it in errors. */
function usable(raw: ArrayData, name: string): ArrayData {
  if (plainOf(raw).storage.access !== PRIVATE) assertElements(plainOf(raw), name);
  return raw;
}

/** The slices of `x` at `indices` along an axis. */
function take(x: NDArray, indices: ArrayLike, { axis, mode = "fill" }: TakeOptions): NDArray {
  checkMode(mode, "take");
  const given = indicesOf(indices, 'take: "indices"');
  const from = axis === undefined || axis === null ? x.flatten() : x;
  const along = toAxis(axis ?? 0, from.ndim, 'take: "axis"');
  const n = from.shape[along]!;
  const size = sizeOf(given.shape);
  if (n === 0 && size > 0 && mode !== "fill")
    throw new RangeError(`take: "indices" expected none for an axis of size 0, got ${size}`);
  const places = indicesIn(given, n, mode);
  const out = apply(TAKE, along, rawOf(from), { ...places, shape: [size] });
  const shape = [...from.shape.slice(0, along), ...given.shape, ...from.shape.slice(along + 1)];
  return given.shape.length === 1 ? out : apply(RESHAPE, shape, out[DATA]);
}

/** The elements of `x` in order along an axis. */
function sort(x: NDArray, { axis = -1, descending = false }: SortOptions): NDArray {
  const from = axis === null ? x.flatten() : x;
  const along = toAxis(axis ?? 0, from.ndim, 'sort: "axis"');
  const order = apply(ARGSORT, { axis: along, descending: false }, rawOf(from));
  const sorted = apply(TAKE_ALONG_AXIS, along, from[DATA], order[DATA]);
  return descending ? apply(GATHER, flipPlan(sorted.shape, [along]), sorted[DATA]) : sorted;
}

/** The indices from which `sort` takes the elements. Equal elements keep their order in both directions. */
function argsort(x: NDArray, { axis = -1, descending = false }: SortOptions): NDArray {
  const from = axis === null ? x.flatten() : x;
  return apply(ARGSORT, { axis: toAxis(axis ?? 0, from.ndim, 'argsort: "axis"'), descending }, rawOf(from));
}

/** `x` as an NDArray; itself if it is one. */
export function asNDArray(x: ArrayLike, name: string): NDArray {
  return x instanceof NDArray ? x : new NDArray(toData(x, name));
}
