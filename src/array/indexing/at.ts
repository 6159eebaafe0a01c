import { flush } from "../../base/index.ts";
import type { ArrayLike, ArrayData, DType, Index } from "../../data/index.ts";
import {
  ADD,
  MAXIMUM,
  MINIMUM,
  MULTIPLY,
  castData,
  fromHalf,
  isFloat,
  isHalf,
  readAt,
  scalarData,
  toData,
  toHalf,
  writeAt,
} from "../../data/index.ts";

type Operation = "set" | "add" | "multiply" | "min" | "max";

/**
 * Some places of an array, as `x.at(...index)` names them. Methods give new arrays of `x`'s shape and dtype, with the
 * places changed; values are cast to the dtype and broadcast. A place named twice is changed twice, in order. Indices
 * outside the array are left out, as in JAX; `get` reads the nearest place inside.
 *
 * Source: JAX 0.10.2 `jnp.ndarray.at`.
 */
export class At<T> {
  readonly #x: ArrayData;
  readonly #index: readonly Index[];
  readonly #make: (x: ArrayData) => T;

  /** @internal */
  constructor(x: ArrayData, index: readonly Index[], make: (x: ArrayData) => T) {
    this.#x = x;
    this.#index = index;
    this.#make = make;
  }

  /** The elements at these places. */
  get(): T {
    return this.#make(readAt(this.#x, this.#index, "at"));
  }

  /** With `value` at these places. */
  set(value: ArrayLike): T {
    return this.#write("set", value);
  }

  /** With `value` added. */
  add(value: ArrayLike): T {
    return this.#write("add", value);
  }

  /** Multiplied by `value`. */
  multiply(value: ArrayLike): T {
    return this.#write("multiply", value);
  }

  /** With the lesser of the element and `value`. */
  min(value: ArrayLike): T {
    return this.#write("min", value);
  }

  /** With the greater of the element and `value`. */
  max(value: ArrayLike): T {
    return this.#write("max", value);
  }

  #write(operation: Operation, value: ArrayLike): T {
    const { dtype } = this.#x;
    const given =
      typeof value === "number"
        ? scalarData(dtype, value)
        : castData(toData(value, `at().${operation}: "value"`), dtype);
    if (operation === "set")
      return this.#make(writeAt(this.#x, this.#index, given, "at().set", (data, place, v) => (data[place] = v)));
    const change = changes(operation, dtype);
    return this.#make(
      writeAt(
        this.#x,
        this.#index,
        given,
        `at().${operation}`,
        (data, place, v) => (data[place] = change(data[place]!, v)),
      ),
    );
  }
}

const FLOAT = {
  add: (a: number, b: number) => a + b,
  multiply: (a: number, b: number) => a * b,
  min: Math.min,
  max: Math.max,
} as const;

const UFUNCS = { add: ADD, multiply: MULTIPLY, min: MINIMUM, max: MAXIMUM } as const;

/** The operation on two stored elements of `dtype`. */
function changes(operation: Exclude<Operation, "set">, dtype: DType): (a: number, b: number) => number {
  if (!isFloat(dtype)) {
    const { bool, integer } = UFUNCS[operation];
    return (dtype === "bool" ? bool : undefined) ?? integer!;
  }
  const real = FLOAT[operation];
  const rounded = (a: number, b: number): number => flush(Math.fround(real(flush(a), flush(b))));
  return isHalf(dtype) ? (a, b) => toHalf(dtype, rounded(fromHalf(dtype, a), fromHalf(dtype, b))) : rounded;
}
