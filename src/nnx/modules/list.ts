import { describe, int } from "../../base/index.ts";
import { emptyCallable } from "../graph/callable.ts";
import { Module } from "./module.ts";
import type { NodeKind } from "../graph/nodekind.ts";
import { NODE_KIND } from "../graph/nodekind.ts";
import type { PathPart } from "../tree/path.ts";

/** The items of a list stand under their indices. */
export interface List<T> {
  [index: number]: T;
}

/**
 * A list of modules, Variables, arrays and configuration as part of a model: what a plain array on a module may not
 * be. Its items are read like those of an array, `list[0]`, `list.at(-1)`, `for (const item of list)`; it grows by
 * `push` and `insert` and shrinks by `pop` and `remove`. In paths its items are numbers, sorted as such.
 *
 * Source: Flax 0.12.8 `flax/nnx/helpers.py` (`List`).
 * @example
 * const list = new nnx.List([new nnx.Param(1), new nnx.Param(2)]);
 * list.push(new nnx.Param(3));
 * [list.length, list.at(-1).get().item()] // => [3, 3]
 * nnx.toFlatState(nnx.state(list)).map(([path]) => path) // => [[0], [1], [2]]
 */
export class List<T> extends Module {
  /** The number of items. */
  declare readonly length: number;

  constructor(items: Iterable<T> = []) {
    super();
    setLength(this, 0);
    for (const item of items) this.push(item);
  }

  /** The item at an index, the last at -1; undefined outside the list. */
  at(index: number): T | undefined {
    const i = int(index, 'nnx.List.at: "index"');
    return this[i < 0 ? i + this.length : i];
  }

  /** `at(index)`, with an error outside the list. */
  get(index: number): T {
    return this[inside(this, index, "get")]!;
  }

  /** Replaces the item at an index. */
  set(index: number, item: T): void {
    this[inside(this, index, "set")] = item;
  }

  /** Adds items at the end; Flax's `append`. */
  push(...items: T[]): number {
    for (const item of items) {
      this[this.length] = item;
      setLength(this, this.length + 1);
    }
    return this.length;
  }

  /** Adds an item at the end. */
  append(item: T): void {
    this.push(item);
  }

  /** Adds all items of another list at the end. */
  extend(items: Iterable<T>): void {
    this.push(...items);
  }

  /** Puts an item before the one at an index, which may be the length. */
  insert(index: number, item: T): void {
    const given = int(index, 'nnx.List.insert: "index"');
    const at = Math.min(Math.max(given < 0 ? given + this.length : given, 0), this.length);
    for (let i = this.length; i > at; i--) this[i] = this[i - 1]!;
    this[at] = item;
    setLength(this, this.length + 1);
  }

  /** Takes the last item away and gives it; undefined for an empty list. */
  pop(): T | undefined {
    return this.length === 0 ? undefined : this.remove(this.length - 1);
  }

  /** Takes the item at an index away and gives it; those after it move up. */
  remove(index: number): T {
    const at = inside(this, index, "remove");
    const item = this[at]!;
    for (let i = at; i < this.length - 1; i++) this[i] = this[i + 1]!;
    delete this[this.length - 1];
    setLength(this, this.length - 1);
    return item;
  }

  /** Takes all items away. */
  clear(): void {
    while (this.length > 0) this.pop();
  }

  /** Turns the order of the items around, in place. */
  reverse(): void {
    for (let i = 0, j = this.length - 1; i < j; i++, j--) [this[i], this[j]] = [this[j]!, this[i]!];
  }

  /**
   * Where an item is first.
   *
   * @throws RangeError if it is not in the list
   */
  index(item: T): number {
    const at = [...this].indexOf(item);
    if (at < 0) throw new RangeError(`nnx.List.index: "item" expected one of the list's, got ${describe(item)}`);
    return at;
  }

  /** What a function makes of every item, as a plain array. */
  map<U>(f: (item: T, index: number) => U): U[] {
    return Array.from(this, f);
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let i = 0; i < this.length; i++) yield this[i]!;
    if (Object.hasOwn(this, this.length)) throw pastEndError(this, this.length);
  }
}

function pastEndError(list: List<unknown>, index: number): RangeError {
  return new RangeError(
    `nnx.List: "index" expected one below the length ${list.length}, got an item at ${index}.\n` +
      `  wrong: list[${index}] = item\n` +
      "  right: list.push(item)",
  );
}

function setLength(list: object, length: number): void {
  Object.defineProperty(list, "length", { value: length, writable: false, enumerable: false, configurable: true });
}

function inside(list: List<unknown>, index: number, fn: string): number {
  const given = int(index, `nnx.List.${fn}: "index"`);
  const i = given < 0 ? given + list.length : given;
  if (i < 0 || i >= list.length)
    throw new RangeError(
      `nnx.List.${fn}: "index" expected -${list.length} to ${list.length - 1}, got ${describe(index)}`,
    );
  return i;
}

const LIST: NodeKind = {
  intKeys: true,
  empty(prototype) {
    const list = emptyCallable(prototype);
    setLength(list, 0);
    return list;
  },
  set(node, key: PathPart, value) {
    const list = node as List<unknown>;
    if (key === list.length) list.push(value);
    else list.set(key as number, value);
  },
  remove(node, key) {
    (node as List<unknown>).remove(key as number);
  },
  check(node, keys) {
    const list = node as List<unknown>;
    for (const key of keys) if (typeof key === "number" && key >= list.length) throw pastEndError(list, key);
  },
};
Object.defineProperty(List.prototype, NODE_KIND, { value: LIST });
