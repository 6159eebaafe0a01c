import type { ArrayLike, DATA, DType, Index, Shape } from "../../array/index.ts";
import { asarray, formatShape, NDArray, sameShape, seen, TO_ARRAY, unheld, valueFor } from "../../array/index.ts";
import { BRAND, describe, hasBrand, refuseSurplus, ShapeError } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { hidesData, isPlain } from "../tree/data.ts";
import { assertOwn, noteMade } from "./ownership.ts";

/** What a Variable can hold: an array, or PRNG keys. */
export type VariableValue = NDArray | Key;

/** Free-form facts about a Variable, kept beside its value. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What a Variable has of its array: arithmetic, methods, sizes. */
type ArrayMembers = Omit<
  NDArray,
  | "shape"
  | "dtype"
  | "toString"
  | "toJSON"
  | typeof BRAND
  | typeof DATA
  | typeof Symbol.iterator
  | typeof Symbol.toPrimitive
>;

/** The members of the Variable's array. They throw TypeError where the value is not an array. */
// oxlint-disable-next-line no-unused-vars -- the class has the parameter
export interface Variable<T extends VariableValue = NDArray> extends ArrayMembers {}

/**
 * A mutable box around one array: the unit that state functions find, move and replace. Its class is its kind
 * (`Param`, `BatchStat`, ...). Wherever an array function takes an array it takes a Variable too.
 *
 * A subclass that is to change what is read or written overrides `getValue` and `setValue`; `get`, `set`, `value` and
 * the array functions go through them, `getRawValue` and the state functions do not. A plain array or object that
 * holds arrays is a value too, as what `sow` collects is; it has no shape.
 *
 * Source: Flax 0.12.8 `flax/nnx/variablelib.py` (`Variable`).
 * @example
 * const v = new nnx.Param([1, 2, 3]);
 * v.set([4, 5, 6]);
 * jnp.add(v, 1).tolist() // => [5, 6, 7]
 */
export class Variable<T extends VariableValue = NDArray> {
  declare readonly [BRAND]: "Variable";
  /**
   * The kind's name, by which two copies of the package know each other's Variables. User subclasses may leave it out.
   */
  static readonly kind: string = "Variable";

  // Not #private: deep equality sees them, and a Proxy (Vue's reactive makes one) reads them.
  private _value: T;
  private _metadata: Metadata;

  /**
   * @param value an array or anything array-like; it is not copied where it is an array already
   * @throws TypeError if `value` is neither array-like nor a key
   */
  constructor(value: ArrayLike | T, metadata: Metadata = {}) {
    if (arguments.length > 2 || typeof metadata !== "object")
      refuseSurplus(`nnx.${this.constructor.name}`, "value", arguments, false);
    this._value = unheld(toValue(value) as T);
    this._metadata = withoutHooks(metadata, this.constructor.name);
    noteMade(this);
  }

  /**
   * The value, `v[...]` in Flax; with an index those elements of it, `v[0, 1:]` in Flax, as `NDArray.slice` reads them.
   *
   * @throws as `NDArray.slice`; TypeError for an index into a value that is not an array
   * @example
   * new nnx.Param([[1, 2], [3, 4]]).get(1, "1:").tolist() // => [4]
   */
  get(): T;
  get(...index: readonly [Index, ...Index[]]): NDArray;
  get(first?: Index, ...rest: readonly Index[]): T | NDArray {
    return first === undefined ? this.getValue() : arrayOf(this, "get").slice(first, ...rest);
  }

  /**
   * Replaces the value, of the same shape; the dtype stays: `v[...] = x` in Flax. With an index it replaces those
   * elements by `value`, which broadcasts: `v[0, 1:] = x` in Flax, as `NDArray.at` writes them.
   *
   * @throws ShapeError if the shapes differ. `setValue` may change the shape
   * @throws as `NDArray.at`; TypeError for an index into a value that is not an array
   * @example
   * const v = new nnx.Param([[1, 2], [3, 4]]);
   * v.set(0, ":", 1);
   * v.get().tolist() // => [[1, 0], [3, 0]]
   */
  set(value: ArrayLike | T): void;
  set(value: ArrayLike, ...index: readonly [Index, ...Index[]]): void;
  set(value: ArrayLike | T, first?: Index, ...rest: readonly Index[]): void {
    if (first !== undefined) {
      this.setValue(
        arrayOf(this, "set")
          .at(first, ...rest)
          .set(value as ArrayLike) as T,
      );
      return;
    }
    const next = toValue(value);
    if (!sameShape(next.shape, this._value.shape)) {
      throw new ShapeError(
        `${this.constructor.name}.set: "value" expected shape ${formatShape(this._value.shape)}, got ` +
          `${formatShape(next.shape)}. setValue() may change the shape`,
      );
    }
    this.setValue(cast(next, this._value) as T);
  }

  /** `get()`, under Flax's other name. */
  getValue(): T {
    return seen(this._value);
  }

  /**
   * Replaces the value; shape and dtype may change.
   *
   * @throws TypeError in a step of `nnx.vmap` whose function captured the Variable
   */
  setValue(value: ArrayLike | T): void {
    assertOwn(this, ".set");
    this._value = valueFor(this, toValue(value) as T, this._value);
  }

  /** The value itself, whatever a subclass makes of it. */
  getRawValue(): T {
    return seen(this._value);
  }

  /**
   * Replaces the value itself, past what a subclass makes of it.
   *
   * @throws TypeError in a step of `nnx.vmap` whose function captured the Variable
   */
  setRawValue(value: ArrayLike | T): void {
    assertOwn(this, ".setRawValue");
    this._value = valueFor(this, toValue(value) as T, this._value);
  }

  /** An alias of `get()` and `set()`, for code from before Flax 0.12. */
  get value(): T {
    return this.get();
  }

  set value(value: ArrayLike | T) {
    this.set(value);
  }

  /** The shape of the value. */
  get shape(): Shape {
    return this._value.shape;
  }

  /** The dtype of the value. */
  get dtype(): T extends Key ? "key<fry>" : DType {
    return this._value.dtype as never;
  }

  /** The facts beside the value. */
  get metadata(): Metadata {
    return this._metadata;
  }

  /** All metadata, or the one of a name. */
  getMetadata(): Metadata;
  getMetadata(name: string): unknown;
  getMetadata(name?: string): unknown {
    if (name === undefined) return this._metadata;
    if (this.hasMetadata(name)) return this._metadata[name];
    throw new RangeError(
      `${this.constructor.name}.getMetadata: "name" expected one of ` +
        `${Object.keys(this._metadata).join(", ") || "none (there is no metadata)"}, got ${describe(name)}`,
    );
  }

  /**
   * Sets one piece of metadata, or several by name; others stay.
   *
   * @throws TypeError in a step of `nnx.vmap` whose function captured the Variable
   */
  setMetadata(name: string, value: unknown): void;
  setMetadata(metadata: Metadata): void;
  setMetadata(first: string | Metadata, value?: unknown): void {
    assertOwn(this, ".setMetadata");
    const added = typeof first === "string" ? { [first]: value } : first;
    this._metadata = { ...this._metadata, ...withoutHooks(added, this.constructor.name) };
  }

  /** Whether there is metadata of this name. */
  hasMetadata(name: string): boolean {
    return Object.hasOwn(this._metadata, name);
  }

  /** Removes the metadata of this name, if there is any. */
  delMetadata(name: string): void {
    assertOwn(this, ".delMetadata");
    const { [name]: _, ...rest } = this._metadata;
    this._metadata = rest;
  }

  /** A new Variable of the same class with the same value and metadata. */
  copy(): this {
    return make(this.constructor as VariableClass, this.getRawValue(), this._metadata) as unknown as this;
  }

  /** A new Variable of the same class and metadata with another value. */
  replace(value: ArrayLike | T): this {
    return make(this.constructor as VariableClass, value, this._metadata) as unknown as this;
  }

  /** Takes over the value and metadata of another Variable of the same class. */
  copyFrom(other: Variable<T>): void {
    if (other.constructor !== this.constructor)
      throw new TypeError(
        `${this.constructor.name}.copyFrom: "other" expected a ${this.constructor.name}, got ${describe(other)}`,
      );
    this.updateFromState(other);
  }

  /** Takes over the value and metadata of a Variable from a state. */
  updateFromState(other: Variable<T>): void {
    assertOwn(this, ".updateFromState");
    this._value = valueFor(this, other.getRawValue(), this._value);
    this._metadata = other.metadata;
  }

  /** Array functions unwrap a Variable through this. @internal */
  [TO_ARRAY](): T {
    return this.getValue();
  }

  /** A name that filters compare with: a random stream's, or whatever `metadata.tag` says. */
  get tag(): string | undefined {
    const { tag } = this._metadata;
    return typeof tag === "string" ? tag : undefined;
  }

  /** The value's numbers, so that `JSON.stringify` gives them. */
  toJSON(): unknown {
    const value = this.getValue() as { toJSON?(): unknown };
    return value.toJSON === undefined ? value : value.toJSON();
  }

  /** Iterates over the value. */
  get [Symbol.iterator](): () => IterableIterator<NDArray> {
    const value = this.getValue() as unknown as NDArray;
    return value[Symbol.iterator]?.bind(value);
  }

  /** The text where JavaScript wants text; the value's one element where it wants a number, as of an array. */
  [Symbol.toPrimitive](hint: string): string | number {
    return hint === "string" ? this.toString() : asarray(this)[Symbol.toPrimitive](hint);
  }

  toString(): string {
    return `${this.constructor.name}(${formatValue(this._value)})`;
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

for (const name of Object.getOwnPropertyNames(NDArray.prototype) as (keyof ArrayMembers)[]) {
  if (name in Variable.prototype) continue;
  const { get } = Object.getOwnPropertyDescriptor(NDArray.prototype, name)!;
  // A getter gives undefined where the value is not an array, because libraries look for `size`.
  const member = get
    ? function (this: Variable): unknown {
        return this.getValue()[name];
      }
    : function (this: Variable, ...args: never[]): unknown {
        const value = arrayOf(this, name);
        return (value[name] as (...args: never[]) => unknown).apply(value, args);
      };
  Object.defineProperty(Variable.prototype, name, { [get ? "get" : "value"]: member, configurable: true });
}

/** The value of a Variable for a look at it: nobody keeps it. */
export function peek(variable: Variable<VariableValue>): VariableValue {
  return variable["_value"];
}

/** A class of Variables. */
export type VariableClass = abstract new (...args: never[]) => Variable<VariableValue>;

/** A Variable of a class, without running the constructor that a user may have written for it. */
export function make(type: VariableClass, value: unknown, metadata: Metadata): Variable<VariableValue> {
  return Reflect.construct(Variable, [value, metadata], type) as Variable<VariableValue>;
}

/** @throws TypeError if the value is not an array */
function arrayOf(variable: { getValue(): VariableValue }, fn: string): NDArray {
  const value = variable.getValue();
  if (hasBrand(value, "NDArray")) return value as NDArray;
  throw new TypeError(`${variable.constructor.name}.${fn}: "value" expected an array, got ${describe(value)}`);
}

type Kind = { readonly prototype: object; readonly kind?: string };

function isKind(value: object, kind: Kind): boolean {
  for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
    if (prototype === kind.prototype) return true;
    const own = prototype.constructor as Kind | undefined;
    if (own && Object.hasOwn(kind, "kind") && Object.hasOwn(own, "kind") && own.kind === kind.kind) return true;
  }
  return false;
}

/** Metadata, among which no function is that Flax, until it deprecated them, called at reads and writes. */
function withoutHooks(metadata: Metadata, type: string): Metadata {
  const hook = Object.keys(metadata).find((name) => /^on_?(get|set|create|add|remove)_?(value|axis)$/i.test(name));
  if (hook === undefined) return metadata;
  throw new TypeError(
    `nnx.${type}: "${hook}" is not supported. Override getValue or setValue in a subclass of ${type}`,
  );
}

/**
 * Anything as the value of a Variable.
 *
 * @throws TypeError if it is neither array-like, nor a key, nor a plain container of such
 */
export function toValue(value: unknown): VariableValue {
  if (hasBrand(value, "Key")) return value as Key;
  if (typeof value === "object" && value !== null && isPlain(value) && hidesData(value)) return value as never;
  return asarray(value as ArrayLike);
}

function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join(", ")}]`;
  if (typeof value === "object" && value !== null && isPlain(value))
    return `{${Object.entries(value)
      .map(([key, item]) => `${key}: ${formatValue(item)}`)
      .join(", ")}}`;
  return String(value);
}

function cast(next: VariableValue, old: VariableValue): VariableValue {
  return hasBrand(next, "NDArray") && hasBrand(old, "NDArray")
    ? (next as NDArray).astype((old as NDArray).dtype)
    : next;
}
