import { BRAND, describe, hasBrand } from "../base/index.ts";
import type { Filter } from "./filter.ts";
import { toPredicate } from "./filter.ts";
import type { Leaf, Path } from "./graph.ts";
import { isNode, leavesOf } from "./graph.ts";

/** One leaf of a state with its path. */
export type Entry = readonly [path: Path, leaf: Leaf];

/**
 * The leaves of a model, sorted by path. The Variables are the model's own: what is set in one shows in the other.
 *
 * @example
 * const state = nnx.state(model, nnx.Param);
 * state.get("kernel").shape // => [3, 4]
 */
export class State implements Iterable<Entry> {
  declare readonly [BRAND]: "State";
  readonly #entries: readonly Entry[];

  /** @internal */
  constructor(entries: readonly Entry[]) {
    this.#entries = entries;
  }

  /** The number of leaves. */
  get size(): number {
    return this.#entries.length;
  }

  /** The entries, sorted by path. */
  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }

  /**
   * The leaf at a path.
   *
   * @throws RangeError if there is none; the message lists the paths there are
   */
  get(...path: (string | number)[]): Leaf {
    const found = this.#entries.find(([at]) => at.length === path.length && at.every((part, i) => part === path[i]));
    if (found) return found[1];
    const have = this.#entries.map(([at]) => at.join("/")).join(", ");
    throw new RangeError(`State.get: "path" expected one of ${have === "" ? "none (the state is empty)" : have}, got ${path.join("/")}`);
  }

  toString(): string {
    return `State {${this.#entries.map(([path, leaf]) => `\n  ${path.join("/")}: ${leaf.toString()}`).join(",")}\n}`;
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
Object.defineProperty(State.prototype, BRAND, { value: "State" });

/** One State a filter. */
type States<F extends readonly Filter[]> = F extends readonly [] | readonly [Filter] ? State : { [I in keyof F]: State };

/**
 * The state of a model: all of it; the part one filter matches; or with several filters a list of States, every leaf
 * in the first that matches it.
 *
 * Bare arrays on a module are buffers: `nnx.state(model)` lists them, `nnx.state(model, nnx.Param)` does not.
 *
 * @throws TypeError if `node` is no module, or a plain array on a module holds modules or Variables
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`state`).
 * @example
 * nnx.toFlatState(nnx.state(model, nnx.Param)).map(([path]) => path.join("/")) // => ["kernel"]
 */
export function state<F extends readonly Filter[]>(node: object, ...filters: F): States<F> {
  if (!isNode(node)) throw new TypeError(`nnx.state: "node" expected a module or an Rngs, got ${describe(node)}`);
  const entries = [...leavesOf(node)];
  if (filters.length === 0) return new State(entries) as States<F>;
  const predicates = filters.map(toPredicate);
  const parts: Entry[][] = predicates.map(() => []);
  for (const entry of entries) {
    const first = predicates.findIndex((matches) => matches(...entry));
    if (first >= 0) parts[first]!.push(entry);
  }
  const states = parts.map((part) => new State(part));
  return (states.length === 1 ? states[0] : states) as States<F>;
}

/**
 * The entries of a state as a plain list, sorted by path.
 *
 * @throws TypeError if `state` is no State
 */
export function toFlatState(state: State): Entry[] {
  if (!hasBrand(state, "State")) throw new TypeError(`nnx.toFlatState: "state" expected a State, got ${describe(state)}. nnx.state(model) gives one`);
  return [...state];
}
