import { BRAND, describe, ShapeError } from "../base/index.ts";
import type { Axes, ReduceOptions } from "./axes.ts";
import { toAxis, toReduceArgs } from "./axes.ts";
import type { ArrayLike } from "./convert.ts";
import { DENSE, toDense } from "./convert.ts";
import type { Dense } from "./dense.ts";
import { assertConcrete, castDense } from "./dense.ts";
import type { DType, TypedArray } from "./dtype.ts";
import { isDType } from "./dtype.ts";
import type { BinaryName } from "./elementwise.ts";
import { binaryDense, negativeDense } from "./elementwise.ts";
import { argExtremeDense, extremeDense } from "./extremes.ts";
import { matmulDense } from "./matmul.ts";
import type { NestedList } from "./print.ts";
import { format, toList } from "./print.ts";
import { cumulativeDense, meanDense, prodDense, stdDense, sumDense, truthDense, varDense } from "./reduce.ts";
import type { ShapeLike } from "./shape.ts";
import { formatShape, sizeOf, toShape } from "./shape.ts";

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
  readonly [DENSE]: Dense;

  /** Arrays are made by functions, from a dense form. @internal */
  constructor(x: Dense) {
    this[DENSE] = x;
  }

  /** The sizes of the axes, outermost first. */
  get shape(): readonly number[] {
    return this[DENSE].shape;
  }

  /** The element type. */
  get dtype(): DType {
    return this[DENSE].dtype;
  }

  /** The number of axes. */
  get ndim(): number {
    return this[DENSE].shape.length;
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this[DENSE].shape);
  }

  /**
   * The elements themselves, row-major, not a copy. Meant for reading; what is written shows in this array and in its
   * reshapes. Once it was asked for, products with this array read it afresh on every call instead of keeping a
   * prepared copy: never stale, but slower for a large matrix. `tolist()` and `item()` cost nothing of the kind.
   */
  get data(): TypedArray {
    assertConcrete(this[DENSE]);
    this[DENSE].storage.exposed = true;
    return this[DENSE].storage.data;
  }

  /**
   * The one element of an array of size 1.
   *
   * @throws ShapeError if the size is not 1
   */
  item(): number {
    assertConcrete(this[DENSE]);
    if (this.size !== 1) throw new ShapeError(`item: expected an array of one element, got shape ${formatShape(this.shape)}`);
    return this[DENSE].storage.data[0]!;
  }

  /** The elements as nested JavaScript arrays; a scalar's element alone. */
  tolist(): NestedList {
    assertConcrete(this[DENSE]);
    return toList(this[DENSE]);
  }

  /** `this + other`, broadcast. */
  add(other: ArrayLike): NDArray {
    return binary("add", this, other);
  }

  /** `this - other`, broadcast. */
  sub(other: ArrayLike): NDArray {
    return binary("subtract", this, other);
  }

  /** `this * other`, broadcast. */
  mul(other: ArrayLike): NDArray {
    return binary("multiply", this, other);
  }

  /** `this / other`, broadcast, float32. A divisor smaller than the result multiplies by its reciprocal, as XLA does. */
  div(other: ArrayLike): NDArray {
    return binary("divide", this, other);
  }

  /** `-this`. */
  neg(): NDArray {
    return new NDArray(negativeDense(this[DENSE]));
  }

  /**
   * The matrix product of `this` [..., i, n] and `other` [..., n, j], summed over n ascending, as `numpy.matmul`.
   *
   * @throws ShapeError naming both shapes if the inner sizes differ or the batches do not broadcast
   */
  matmul(other: ArrayLike): NDArray {
    return new NDArray(matmulDense(this[DENSE], toDense(other, 'matmul: "b"')));
  }

  /** `numpy.sum` of this. */
  sum(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("sum", this, axis, options, sumDense);
  }

  /** `numpy.mean` of this. */
  mean(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("mean", this, axis, options, meanDense);
  }

  /** `numpy.var` of this, its divisor the number of elements. */
  var(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("var", this, axis, options, (...args) => varDense(...args, 0));
  }

  /** `numpy.std` of this, its divisor the number of elements. */
  std(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("std", this, axis, options, (...args) => stdDense(...args, 0));
  }

  /** `numpy.prod` of this. */
  prod(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("prod", this, axis, options, prodDense);
  }

  /** `numpy.max` of this. */
  max(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("max", this, axis, options, (...args) => extremeDense("max", ...args));
  }

  /** `numpy.min` of this. */
  min(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("min", this, axis, options, (...args) => extremeDense("min", ...args));
  }

  /** `numpy.argmax` of this. */
  argmax(axis?: number | null, options?: ReduceOptions): NDArray {
    return reduced("argmax", this, axis, options, (...args) => argExtremeDense("argmax", ...args));
  }

  /** `numpy.argmin` of this. */
  argmin(axis?: number | null, options?: ReduceOptions): NDArray {
    return reduced("argmin", this, axis, options, (...args) => argExtremeDense("argmin", ...args));
  }

  /** `numpy.any` of this. */
  any(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("any", this, axis, options, (...args) => truthDense("any", ...args));
  }

  /** `numpy.all` of this. */
  all(axis?: Axes | ReduceOptions, options?: ReduceOptions): NDArray {
    return reduced("all", this, axis, options, (...args) => truthDense("all", ...args));
  }

  /** `numpy.cumsum` of this. */
  cumsum(axis?: number | null): NDArray {
    const x = axis === undefined || axis === null ? { ...this[DENSE], shape: [this.size] } : this[DENSE];
    return new NDArray(cumulativeDense("cumsum", x, toAxis(axis ?? 0, x.shape.length, "cumsum")));
  }

  /**
   * The same elements in another shape; one size may be -1 and is worked out.
   *
   * @throws ShapeError if the sizes do not multiply to this array's size
   */
  reshape(shape: ShapeLike): NDArray {
    const wanted = resolve(shape, this.size);
    if (wanted === undefined) throw new ShapeError(`reshape: "shape" expected sizes for ${this.size} elements of ${formatShape(this.shape)}, got ${describeShape(shape)}`);
    return new NDArray({ shape: wanted, dtype: this.dtype, storage: this[DENSE].storage });
  }

  /** The elements cast to `dtype`: float to integer truncates and saturates, NaN is 0. */
  astype(dtype: DType): NDArray {
    if (!isDType(dtype)) throw new TypeError(`astype: "dtype" expected float32, int32, uint32, uint16, uint8 or bool, got ${describe(dtype)}`);
    return new NDArray(castDense(this[DENSE], dtype));
  }

  toString(): string {
    return format(this[DENSE]);
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Nested lists, so that `JSON.stringify` gives the elements. */
  toJSON(): NestedList {
    return this.tolist();
  }
}
Object.defineProperty(NDArray.prototype, BRAND, { value: "NDArray" });

function reduced(fn: string, x: NDArray, axis: Axes | ReduceOptions | undefined, options: ReduceOptions | undefined, reduce: (x: Dense, axes: readonly number[], keepdims: boolean) => Dense): NDArray {
  return new NDArray(reduce(x[DENSE], ...toReduceArgs(axis, options ?? {}, x.ndim, fn)));
}

/**
 * `a` op `b`. A JavaScript number is weak, as Python's are in JAX: whole, it takes the other side's dtype; with a
 * fraction it makes the result float32.
 */
export function binary(op: BinaryName, a: ArrayLike, b: ArrayLike): NDArray {
  const x = toDense(a, `${op}: "a"`);
  const y = toDense(b, `${op}: "b"`);
  return new NDArray(binaryDense(op, typeof a === "number" ? weak(x, y) : x, typeof b === "number" ? weak(y, x) : y));
}

function weak(number: Dense, other: Dense): Dense {
  const whole = Number.isInteger(number.storage.data[0]!);
  return whole && other.dtype !== "float32" ? castDense(number, other.dtype === "bool" ? "int32" : other.dtype) : number;
}

function resolve(shape: ShapeLike, size: number): number[] | undefined {
  const sizes = typeof shape === "number" ? [shape] : shape;
  const free = Array.isArray(sizes) ? sizes.indexOf(-1) : -1;
  if (free >= 0) {
    const rest = toShape(sizes.filter((_, i) => i !== free), 'reshape: "shape"');
    const known = sizeOf(rest);
    if (known === 0 || size % known !== 0) return undefined;
    rest.splice(free, 0, size / known);
    return rest;
  }
  const wanted = toShape(shape, 'reshape: "shape"');
  return sizeOf(wanted) === size ? wanted : undefined;
}

function describeShape(shape: ShapeLike): string {
  return typeof shape === "number" ? `[${shape}]` : formatShape(shape);
}
