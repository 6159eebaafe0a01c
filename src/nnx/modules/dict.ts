import { describe } from "../../base/index.ts";
import { Module } from "./module.ts";

/**
 * Modules, Variables, arrays and configuration by name as part of a model: what a plain object on a module may not be.
 * An entry is an attribute: `dict.name`, or `dict.get("name")`. Paths and iteration over states sort by name; iteration
 * over the Dict is in the order in which entries were made.
 *
 * Source: Flax 0.12.8 `flax/nnx/helpers.py` (`Dict`).
 * @example
 * const dict = new nnx.Dict({ b: new nnx.Param(1), a: new nnx.Param(2) });
 * [dict.size, dict.get("a").get().item(), dict.keys()] // => [2, 2, ["b", "a"]]
 */
export class Dict<T> extends Module {
  // oxlint-disable-next-line typescript/no-explicit-any -- entries have types of their own; `get` knows the one of all
  readonly [name: string]: any;

  /**
   * @throws TypeError if a name is that of a method
   */
  constructor(entries: Readonly<Record<string, T>> | Iterable<readonly [string, T]> = {}) {
    super();
    for (const [name, value] of Symbol.iterator in entries
      ? (entries as Iterable<readonly [string, T]>)
      : Object.entries(entries as Record<string, T>))
      this.set(name, value);
  }

  /**
   * The entry of a name.
   *
   * @throws RangeError if there is none; `has` tells
   */
  get(name: string): T {
    if (!this.has(name))
      throw new RangeError(
        `nnx.Dict.get: "name" expected one of ${this.keys().join(", ") || "none (it is empty)"}, got ${describe(name)}`,
      );
    return (this as unknown as Record<string, T>)[name]!;
  }

  /**
   * Makes or replaces the entry of a name.
   *
   * @throws TypeError if the name is that of a method, "get" for one
   */
  set(name: string, value: T): this {
    if (typeof name !== "string" || name in Dict.prototype)
      throw new TypeError(`nnx.Dict: "name" expected a string that is no method's name, got ${describe(name)}`);
    (this as unknown as Record<string, T>)[name] = value;
    return this;
  }

  /** Whether there is an entry of this name. */
  has(name: string): boolean {
    return Object.hasOwn(this, name);
  }

  /** Takes an entry away and tells whether there was one. */
  delete(name: string): boolean {
    return this.has(name) && delete (this as unknown as Record<string, T>)[name];
  }

  /** The number of entries. */
  get size(): number {
    return this.keys().length;
  }

  /** The names. */
  keys(): string[] {
    return Object.keys(this);
  }

  /** The entries without their names. */
  values(): T[] {
    return Object.values(this) as T[];
  }

  /** Names with their entries. */
  entries(): [string, T][] {
    return Object.entries(this) as [string, T][];
  }

  /** The names, as in Python. */
  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }
}
