import { BRAND, describe, hasBrand, refuseSurplus, UNCLONEABLE } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicates } from "../graph/filter.ts";
import type { Entry, Leaf } from "../graph/leaf.ts";
import { assertGraph, leavesOf } from "../graph/walk.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { comparePaths, formatPath, formatPaths, pathKey } from "../tree/path.ts";
import type { Mapping } from "../graph/traversals.ts";
import { flattenOf, nest, toNested } from "../graph/traversals.ts";
import { roleOf } from "../tree/data.ts";

/**
 * The leaves of a model, sorted by path. The Variables are the model's own: what is set in one shows in the other.
 *
 * A path is a list of names and, in lists, numbers: `0` and `"0"` are different parts.
 *
 * @example
 * const state = nnx.state(model, nnx.Param);
 * state.get("kernel").shape // => [3, 4]
 * @typeParam L what its leaves are, as the filter says
 */
export class State<L extends Leaf = Leaf> implements Iterable<readonly [path: Path, leaf: L]> {
  declare readonly [BRAND]: "State";
  // Not #private: deep equality sees it, and a Proxy (Vue's reactive makes one) reads it.
  private _entries: readonly Entry[];
  /** `structuredClone`, which would lose what this is, stops here. @internal */
  readonly uncloneable: symbol = UNCLONEABLE;

  /** @internal */
  constructor(entries: readonly Entry[]);
  /**
   * @param entries a nested object, Map or State of Variables, arrays and keys
   * @throws TypeError if a leaf is something else
   */
  constructor(entries: Mapping<L | State<L>> | State<L>);
  constructor(entries: readonly Entry[] | object) {
    this._entries = Array.isArray(entries) ? (entries as readonly Entry[]) : toEntries(entries);
  }

  /** The number of leaves. */
  get size(): number {
    return this._entries.length;
  }

  /** The leaves with their paths, sorted by path. */
  [Symbol.iterator](): Iterator<readonly [path: Path, leaf: L]> {
    return (this._entries as readonly (readonly [Path, L])[])[Symbol.iterator]();
  }

  /**
   * The leaf at a path, or the State of all that is below it.
   *
   * @throws RangeError if there is nothing; the message lists the paths there are
   */
  get<T extends Leaf | State = L>(...path: PathPart[]): T {
    const found = find(this, this._entries, path);
    if (found !== undefined) return found as T;
    throw new RangeError(
      'State.get: "path" expected one of ' +
        `${formatPaths(this._entries.map(([at]) => at)) || "none (the state is empty)"}, got ${formatPath(path)}`,
    );
  }

  /** Whether there is a leaf at a path, or something below it. */
  has(...path: PathPart[]): boolean {
    return find(this, this._entries, path) !== undefined;
  }

  /** The first parts of the paths, each once. */
  keys(): PathPart[] {
    return [...new Set(this._entries.map(([path]) => path[0]!))];
  }

  /** The first parts of the paths, each with its leaf or with the State of all that is below. */
  entries(): [PathPart, L | State<L>][] {
    return this.keys().map((key) => [key, this.get<L | State<L>>(key)]);
  }

  toString(): string {
    return `State {${this._entries.map(([path, leaf]) => `\n  ${path.join("/")}: ${leaf.toString()}`).join(",")}\n}`;
  }

  /** The pure dict, so that `JSON.stringify` gives the numbers. */
  toJSON(): object {
    return toNested(this._entries);
  }

  /** What `console.log` shows in Node, Bun and Deno. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** Other leaves for a state, in place. @internal */
  static refill(state: State, entries: readonly Entry[]): void {
    state._entries = entries;
  }
}

function toEntries(mapping: object): Entry[] {
  const entries = flattenOf(mapping, 'nnx.State: "entries"') as Entry[];
  for (const [path, leaf] of entries)
    if (!/^(variable|array)$/.test(roleOf(leaf)))
      throw new TypeError(
        `nnx.State: "${formatPath(path)}" expected a Variable, an array or a key, got ${describe(leaf)}`,
      );
  return entries.sort(([a], [b]) => comparePaths(a, b));
}

/** The leaves of States by path. Beside the States, which would differ by it. */
const indices = new WeakMap<readonly Entry[], Map<string, Leaf>>();

function find(state: State, entries: readonly Entry[], path: Path): Leaf | State | undefined {
  let leaves = indices.get(entries);
  if (leaves === undefined) indices.set(entries, (leaves = new Map(entries.map(([at, leaf]) => [pathKey(at), leaf]))));
  const leaf = leaves.get(pathKey(path));
  if (leaf !== undefined) return leaf;
  if (path.length === 0) return state;
  const below = entries.filter(([at]) => at.length > path.length && path.every((part, i) => part === at[i]));
  return below.length === 0 ? undefined : new State(below.map(([at, value]) => [at.slice(path.length), value]));
}
Object.defineProperty(State.prototype, BRAND, { value: "State" });

/** The leaves that a filter matches: those of its class, where it is one, or of the classes of a list. */
export type LeafOf<F> = F extends readonly (infer Each)[] ? LeafOfOne<Each> : LeafOfOne<F>;

type LeafOfOne<F> = F extends abstract new (...args: never[]) => infer T ? Extract<T, Leaf> : Leaf;

/** One State a filter. */
export type States<F extends readonly Filter[]> = F extends readonly []
  ? State
  : F extends readonly [infer Only]
    ? State<LeafOf<Only>>
    : { [I in keyof F]: State<LeafOf<F[I]>> };

/**
 * The state of a model: all of it; the part one filter matches; or with several filters a list of States, every leaf
 * in the first that matches it. What no filter matches is left out.
 *
 * Bare arrays on a module are buffers: `nnx.state(model)` lists them, `nnx.state(model, nnx.Param)` does not.
 *
 * @throws TypeError if `node` is not a module, or a plain array on a module holds modules or Variables
 * @throws RangeError if `nnx.Rest` is not the last filter
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`state`).
 * @example
 * nnx.toFlatState(nnx.state(model, nnx.Param)).map(([path]) => path.join("/")) // => ["kernel"]
 */
export function state<F extends readonly Filter[]>(node: object, ...filters: F): States<F> {
  assertGraph(node, "state");
  const [states] = partition([...leavesOf(node)], filters, "state");
  return (states.length === 1 ? states[0] : states) as States<F>;
}

/** Entries by the first filter that matches them, and those that none does; without filters one State of all. */
export function partition(entries: readonly Entry[], filters: readonly Filter[], fn: string): [State[], Entry[]] {
  if (filters.length === 0) return [[new State(entries)], []];
  const predicates = toPredicates(filters, fn);
  const parts: Entry[][] = predicates.map(() => []);
  const rest: Entry[] = [];
  for (const entry of entries) (parts[predicates.findIndex((matches) => matches(...entry))] ?? rest).push(entry);
  return [parts.map((part) => new State(part)), rest];
}

/**
 * The entries of a state as a plain list, sorted by path.
 *
 * @throws TypeError if `state` is not a State
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`to_flat_state`).
 * @example
 * nnx.toFlatState(nnx.state(model)).length // => 1
 */
export function toFlatState<L extends Leaf>(state: State<L>): (readonly [path: Path, leaf: L])[] {
  if (arguments.length > 1) refuseSurplus("nnx.toFlatState", "state", arguments, false);
  return [...assertState(state, "toFlatState")] as (readonly [Path, L])[];
}

/**
 * The State of paths and leaves, in any order; of equal paths the last counts.
 *
 * @throws StateError `PathConflict` if a path leads to a leaf and further paths begin with it
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`from_flat_state`).
 * @example
 * nnx.fromFlatState([[["b", 0], jnp.zeros([2])]]).get("b", 0).shape // => [2]
 */
export function fromFlatState(flat: Iterable<readonly [Path, unknown]>): State {
  if (arguments.length > 1) refuseSurplus("nnx.fromFlatState", "flatState", arguments, false);
  const entries = new Map<string, Entry>();
  for (const [path, leaf] of flat) entries.set(pathKey(path), [path, leaf as Leaf]);
  nest(entries.values());
  return new State([...entries.values()].sort(([a], [b]) => comparePaths(a, b)));
}

/** @throws TypeError if `state` is not a State */
export function assertState(state: unknown, fn: string): State {
  if (!hasBrand(state, "State"))
    throw new TypeError(`nnx.${fn}: "state" expected a State, got ${describe(state)}. nnx.state(model) gives one`);
  return state as State;
}
