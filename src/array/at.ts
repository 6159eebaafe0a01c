import { refuseSurplus } from "../base/index.ts";
import type { ArrayData, ArrayLike, Index, IndexPlan, Operand, Operation } from "../data/index.ts";
import { checkScatter, planIndex, toOperand } from "../data/index.ts";
import type { Scatter } from "./operations/indexing.ts";
import { GATHER, SCATTER_ADD, SCATTER_MAX, SCATTER_MIN, SCATTER_MULTIPLY, SCATTER_SET } from "./operations/indexing.ts";

/** Computes the operations of this file, and gives arrays of the class `T`. */
type Apply<T> = <I extends readonly [x: ArrayData, values?: Operand]>(
  operation: Operation<IndexPlan, I>,
  plan: IndexPlan,
  ...inputs: I
) => T;

/**
 * Some elements of an array, as `x.at(...index)` names them. Methods give new arrays of the shape and dtype of `x` in
 * which these elements are changed. Values broadcast; the result keeps the dtype. An element that is named twice is
 * changed twice, in order. Indices out of bounds are left out, as in JAX; `get` clamps them.
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

  /** The elements at these indices. */
  get(): T {
    if (arguments.length > 0) refuseSurplus("at().get", "", arguments, false);
    return this.#apply(GATHER, planIndex(this.#index, this.#x.shape, "at", true), this.#x);
  }

  /** The array with `value` at these indices. */
  set(value: ArrayLike): T {
    return this.#scatter(SCATTER_SET, value, arguments);
  }

  /** The array with `value` added at these indices. */
  add(value: ArrayLike): T {
    return this.#scatter(SCATTER_ADD, value, arguments);
  }

  /** The array multiplied by `value` at these indices. */
  multiply(value: ArrayLike): T {
    return this.#scatter(SCATTER_MULTIPLY, value, arguments);
  }

  /** The array with the minimum of the element and `value` at these indices. */
  min(value: ArrayLike): T {
    return this.#scatter(SCATTER_MIN, value, arguments);
  }

  /** The array with the maximum of the element and `value` at these indices. */
  max(value: ArrayLike): T {
    return this.#scatter(SCATTER_MAX, value, arguments);
  }

  #scatter(operation: Scatter, value: ArrayLike, args: IArguments): T {
    const { name } = operation;
    if (args.length > 1) refuseSurplus(name, "value", args, false);
    const values = toOperand(value, `${name}: "value"`);
    const plan = planIndex(this.#index, this.#x.shape, name, false);
    checkScatter(typeof values === "number" ? [] : values.shape, plan, name);
    return this.#apply(operation, plan, this.#x, values);
  }
}
