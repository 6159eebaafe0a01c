import type { ArrayData, ArrayLike, Index, IndexPlan, Operand, Operation } from "../data/index.ts";
import { checkScatter, planIndex, toOperand } from "../data/index.ts";
import type { Scatter } from "./operations/indexing.ts";
import { GATHER, SCATTER_ADD, SCATTER_MAX, SCATTER_MIN, SCATTER_MULTIPLY, SCATTER_SET } from "./operations/indexing.ts";

/** What computes the operations here and gives arrays of the class `T`. */
type Apply<T> = <I extends readonly [x: ArrayData, values?: Operand]>(
  operation: Operation<IndexPlan, I>,
  plan: IndexPlan,
  ...inputs: I
) => T;

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
  readonly #apply: Apply<T>;

  /** @internal */
  constructor(x: ArrayData, index: readonly Index[], apply: Apply<T>) {
    this.#x = x;
    this.#index = index;
    this.#apply = apply;
  }

  /** The elements at these places. */
  get(): T {
    return this.#apply(GATHER, planIndex(this.#index, this.#x.shape, "at", true), this.#x);
  }

  /** With `value` at these places. */
  set(value: ArrayLike): T {
    return this.#scatter(SCATTER_SET, value);
  }

  /** With `value` added. */
  add(value: ArrayLike): T {
    return this.#scatter(SCATTER_ADD, value);
  }

  /** Multiplied by `value`. */
  multiply(value: ArrayLike): T {
    return this.#scatter(SCATTER_MULTIPLY, value);
  }

  /** With the lesser of the element and `value`. */
  min(value: ArrayLike): T {
    return this.#scatter(SCATTER_MIN, value);
  }

  /** With the greater of the element and `value`. */
  max(value: ArrayLike): T {
    return this.#scatter(SCATTER_MAX, value);
  }

  #scatter(operation: Scatter, value: ArrayLike): T {
    const { name } = operation;
    const values = toOperand(value, `${name}: "value"`);
    const plan = planIndex(this.#index, this.#x.shape, name, false);
    checkScatter(typeof values === "number" ? [] : values.shape, plan, name);
    return this.#apply(operation, plan, this.#x, values);
  }
}
