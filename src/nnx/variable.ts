import type { ArrayLike, DType, NDArray, Shape } from "../array/index.ts";
import { asarray, formatShape, sameShape, TO_ARRAY } from "../array/index.ts";
import { BRAND, hasBrand, ShapeError } from "../base/index.ts";
import type { Key } from "../random/index.ts";

/** What a Variable can hold: an array, or PRNG keys. */
export type VariableValue = NDArray | Key;

/** Free-form facts about a Variable, kept beside its value. */
export type Metadata = Readonly<Record<string, unknown>>;

/**
 * A mutable box around one array: the unit that state functions find, move and replace. Its class is its kind
 * (`Param`, `BatchStat`, ...). Wherever an array function takes an array it takes a Variable too.
 *
 * Source: Flax 0.12.8 `flax/nnx/variablelib.py` (`Variable`).
 * @example
 * const v = new nnx.Param([1, 2, 3]);
 * v.set([4, 5, 6]);
 * jnp.add(v, 1).tolist() // => [5, 6, 7]
 */
export class Variable<T extends VariableValue = NDArray> {
  declare readonly [BRAND]: "Variable";
  /** The kind's name, by which two copies of the package know each other's Variables. User subclasses may leave it out. */
  static readonly kind: string = "Variable";

  readonly metadata: Metadata;
  #value: T;

  /**
   * @param value an array or anything array-like; it is not copied where it is an array already
   * @throws TypeError if `value` is neither array-like nor a key
   */
  constructor(value: ArrayLike | T, metadata: Metadata = {}) {
    this.#value = toValue(value) as T;
    this.metadata = metadata;
  }

  /** The value: `v[...]` in Flax. */
  get(): T {
    return this.#value;
  }

  /**
   * Replaces the value, of the same shape; the dtype stays: `v[...] = x` in Flax.
   *
   * @throws ShapeError if the shapes differ. `setValue` may change the shape
   */
  set(value: ArrayLike | T): void {
    const next = toValue(value);
    if (!sameShape(next.shape, this.#value.shape)) {
      throw new ShapeError(`${this.constructor.name}.set: "value" expected shape ${formatShape(this.#value.shape)}, got ${formatShape(next.shape)}. setValue() may change the shape`);
    }
    this.#value = cast(next, this.#value) as T;
  }

  /** `get()`, under Flax's other name. */
  getValue(): T {
    return this.#value;
  }

  /** Replaces the value; shape and dtype may change. */
  setValue(value: ArrayLike | T): void {
    this.#value = toValue(value) as T;
  }

  /** An alias of `get()` and `set()`, for code from before Flax 0.12. */
  get value(): T {
    return this.#value;
  }

  set value(value: ArrayLike | T) {
    this.set(value);
  }

  /** The shape of the value. */
  get shape(): Shape {
    return this.#value.shape;
  }

  /** The dtype of the value. */
  get dtype(): T extends Key ? "key<fry>" : DType {
    return this.#value.dtype as never;
  }

  /** Array functions unwrap a Variable through this. @internal */
  [TO_ARRAY](): T {
    return this.#value;
  }

  /** A name that filters compare with: a random stream's, or whatever `metadata.tag` says. */
  get tag(): string | undefined {
    const { tag } = this.metadata;
    return typeof tag === "string" ? tag : undefined;
  }

  toString(): string {
    return `${this.constructor.name}(${this.#value.toString()})`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** `instanceof` by kind, so that Variables of another copy of the package pass. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return hasBrand(value, "Variable") && isKind(value as object, this);
  }
}
Object.defineProperty(Variable.prototype, BRAND, { value: "Variable" });

type Kind = { readonly prototype: object; readonly kind?: string };

function isKind(value: object, kind: Kind): boolean {
  for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    if (prototype === kind.prototype) return true;
    const own = prototype.constructor as Kind | undefined;
    if (own && Object.hasOwn(kind, "kind") && Object.hasOwn(own, "kind") && own.kind === kind.kind) return true;
  }
  return false;
}

function toValue(value: unknown): VariableValue {
  return hasBrand(value, "Key") ? (value as Key) : asarray(value as ArrayLike);
}

function cast(next: VariableValue, old: VariableValue): VariableValue {
  return hasBrand(next, "NDArray") && hasBrand(old, "NDArray") ? (next as NDArray).astype((old as NDArray).dtype) : next;
}
