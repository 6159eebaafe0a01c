import type { Flat, Leaf as NamedLeaf, Part, Primal, Trees } from "../../autodiff/index.ts";
import { flattenNest, settleNest } from "../../autodiff/index.ts";
import type { NDArray } from "../../array/index.ts";
import { isFloat } from "../../array/index.ts";
import { describe, hasBrand } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import { toPredicate } from "../graph/filter.ts";
import type { Leaf, Entry } from "../graph/leaf.ts";
import { modulesIn } from "../graph/walk.ts";
import { isNode } from "../graph/node.ts";
import { roleOf } from "../tree/data.ts";
import type { Path } from "../tree/path.ts";
import { formatPath, pathKey } from "../tree/path.ts";
import { State } from "../states/state.ts";
import { flattenOf } from "../graph/traversals.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import type { Slot } from "./slots.ts";
import { slotsOf, variableSlot } from "./slots.ts";

type Add = (leaf: NamedLeaf) => number;

/**
 * The arguments and results that functions of nnx differentiate: modules and Variables, which are changed in place
 * while the function runs; States; nests of arrays and of all of these.
 */
export class ModelTrees implements Trees {
  readonly #filters: ReadonlyMap<number, Filter> | undefined;
  /** The Variables that are differentiated: each once, where it comes first. */
  readonly #selected = new Set<unknown>();

  /**
   * @param filters which values of a module are differentiated, by the place of the argument; without them all floats
   */
  constructor(filters?: ReadonlyMap<number, Filter>) {
    this.#filters = filters;
  }

  primal(value: unknown, name: string, place: number): Primal {
    const filter = this.#filters?.get(place);
    const matches = filter === undefined ? isFloatLeaf : toPredicate(filter);
    const stored: Stored[] = [];
    const flat = flattenNest(value, name, (part, at, add) => {
      if (hasBrand(part, "State")) return statePart(part as State, at, add);
      if (hasBrand(part, "Variable")) {
        const slots = [variableSlot(part as Variable<VariableValue>, [])];
        if (!this.#isFirst(slots[0]!)) return { build: () => new State([]), replace: () => part, read: () => [] };
        const one = new Stored(slots, slots);
        stored.push(one);
        return one.variablePart(at, add);
      }
      if (!isContainer(part)) return undefined;
      const slots = slotsOf(part);
      const chosen = slots.filter(({ path, leaf }) => matches(path, leaf)).filter(this.#isFirst);
      const one = new Stored(slots, chosen, part);
      stored.push(one);
      return one.nodePart(at, add);
    });
    return { ...flat, finish: (failed) => stored.forEach((one) => one.finish(failed)) };
  }

  passive(value: unknown): Pick<Primal, "finish"> {
    const stored: Stored[] = [];
    eachHolder(value, (slots, node) => stored.push(new Stored(slots, [], node)));
    return { finish: (failed) => stored.forEach((one) => one.finish(failed)) };
  }

  flatten(value: unknown, name: string): Flat {
    return flattenNest(value, name, (part, at, add) => {
      if (hasBrand(part, "State")) return statePart(part as State, at, add);
      return hasBrand(part, "Variable") ? leafPart([], part as Leaf, at, add) : undefined;
    });
  }

  /** The arrays of a value outside of its modules and Variables, which stay where they are. */
  flattenAround(value: unknown, name: string): Flat {
    return flattenNest(value, name, (part, at, add) => {
      if (hasBrand(part, "State")) return statePart(part as State, at, add);
      return isHolder(part) ? { build: () => part, read: () => [] } : undefined;
    });
  }

  settle(value: unknown): unknown {
    if (hasBrand(value, "State")) {
      for (const [, leaf] of value as State) if (hasBrand(leaf, "Variable")) this.settle(leaf);
      return value;
    }
    if (!isHolder(value)) return settleNest(value);
    eachHolder(value, (slots) => new Stored(slots, []).finish(false));
    return value;
  }

  /** Notes what is differentiated; false for a Variable that is already. */
  readonly #isFirst = ({ leaf }: Slot): boolean => {
    if (!hasBrand(leaf, "Variable")) return true;
    const isFirst = !this.#selected.has(leaf);
    this.#selected.add(leaf);
    return isFirst;
  };
}

/** The values of a model around a function: what was there, what the function is given, what it left. */
class Stored {
  readonly selected: readonly Slot[];
  readonly #slots: readonly Slot[];
  readonly #before: readonly VariableValue[];
  readonly #put = new Map<Slot, VariableValue>();

  readonly #node: object | undefined;

  /**
   * @param selected those of the slots whose values the function is given anew
   * @param node where the slots are, if it may get more of them
   */
  constructor(slots: readonly Slot[], selected: readonly Slot[], node?: object) {
    this.#slots = slots;
    this.#node = node;
    this.#before = slots.map((slot) => slot.get());
    this.selected = selected;
  }

  variablePart(name: string, add: Add): Part {
    const [slot] = this.selected as readonly [Slot];
    const place = add([name, slot.get() as NDArray]);
    const variable = slot.leaf as Variable<VariableValue>;
    return {
      build: (leaves) => (leaves[place] === null ? null : variable.replace(leaves[place] as never)),
      replace: (leaves) => {
        this.#give(slot, leaves[place]);
        return variable;
      },
      read: (given, at) => [[at, valueOf(given)]],
    };
  }

  nodePart(name: string, add: Add): Part {
    const places = this.selected.map((slot) => add([`${name}: ${formatPath(slot.path)}`, slot.get() as NDArray]));
    return {
      build: (leaves) => stateOf(this.selected.map(({ path, leaf }, i) => [path, leaf, leaves[places[i]!]])),
      replace: (leaves) => {
        this.selected.forEach((slot, i) => this.#give(slot, leaves[places[i]!]));
        return this.#node;
      },
      read: (given, at) =>
        readPaths(
          given,
          this.selected.map(({ path }) => path),
          at,
        ),
    };
  }

  #give(slot: Slot, value: unknown): void {
    this.#put.set(slot, value as VariableValue);
    slot.set(value as VariableValue);
  }

  /** Puts back what the function was given; what it stored itself stays, as ordinary arrays. */
  finish(failed: boolean): void {
    this.#slots.forEach((slot, i) => {
      const now = slot.get();
      const before = this.#before[i]!;
      if (failed || now === this.#put.get(slot)) {
        if (now !== before) slot.set(before);
      } else if (now !== before) {
        slot.set(settleNest(now) as VariableValue);
      }
    });
    if (failed || this.#node === undefined) return;
    const known = new Set(this.#slots.map(({ leaf }) => leaf));
    for (const slot of slotsOf(this.#node))
      if (!known.has(slot.leaf)) slot.set(settleNest(slot.get()) as VariableValue);
  }
}

function isFloatLeaf(_path: Path, leaf: Leaf): boolean {
  const value = valueOf(leaf);
  return hasBrand(value, "NDArray") && isFloat((value as NDArray).dtype);
}

/** A State with other values; null leaves one out. */
function stateOf(entries: readonly (readonly [Path, Leaf, unknown])[]): State {
  return new State(
    entries.flatMap(([path, leaf, value]): Entry[] => (value === null ? [] : [[path, withValue(leaf, value) as Leaf]])),
  );
}

function withValue(leaf: Leaf, value: unknown): unknown {
  return hasBrand(leaf, "Variable") ? (leaf as Variable<VariableValue>).replace(value as never) : value;
}

function valueOf(x: unknown): unknown {
  return hasBrand(x, "Variable") ? (x as Variable<VariableValue>).getRawValue() : x;
}

function statePart(state: State, name: string, add: Add): Part {
  const entries = [...state];
  const places = entries.map(([path, leaf]) => add([`${name}: ${formatPath(path)}`, valueOf(leaf) as NDArray]));
  return {
    build: (leaves) => stateOf(entries.map(([path, leaf], i) => [path, leaf, leaves[places[i]!]])),
    read: (given, at) =>
      readPaths(
        given,
        entries.map(([path]) => path),
        at,
      ),
  };
}

function leafPart(path: Path, leaf: Leaf, name: string, add: Add): Part {
  const place = add([path.length === 0 ? name : `${name}: ${formatPath(path)}`, valueOf(leaf) as NDArray]);
  return {
    build: (leaves) => (leaves[place] === null ? null : withValue(leaf, leaves[place])),
    read: (given, at) => [[at, valueOf(given)]],
  };
}

/** @throws TypeError if `given` is not a mapping with a leaf for each of `paths` and no other */
function readPaths(given: unknown, paths: readonly Path[], name: string): (readonly [string, unknown])[] {
  if (!hasBrand(given, "State") && (typeof given !== "object" || given === null))
    throw new TypeError(`${name} expected a State of ${paths.length} leaves, got ${describe(given)}`);
  const leaves = new Map(flattenOf(given, name).map(([path, leaf]) => [pathKey(path), leaf]));
  const missing = paths.filter((path) => !leaves.has(pathKey(path)));
  if (missing.length > 0 || leaves.size !== paths.length)
    throw new TypeError(
      `${name} expected a State of the leaves ${paths.map(formatPath).join(", ")}, got ${leaves.size} leaves` +
        (missing.length > 0 ? ` without ${missing.map(formatPath).join(", ")}` : ""),
    );
  return paths.map((path) => [`${name}: ${formatPath(path)}`, valueOf(leaves.get(pathKey(path)))]);
}

function isHolder(value: unknown): value is object {
  return hasBrand(value, "Variable") || isContainer(value);
}

/** Whether a value is walked as a model is: a module, an Rngs, a stream or a marked container. */
function isContainer(value: unknown): value is object {
  return isNode(value) || roleOf(value) === "tree";
}

/** Calls `visit` with the places of every module and Variable in a value. */
function eachHolder(value: unknown, visit: (slots: readonly Slot[], node?: object) => void): void {
  if (hasBrand(value, "Variable")) visit([variableSlot(value as Variable<VariableValue>, [])]);
  else if (isContainer(value)) visit(slotsOf(value), value);
  else if (Array.isArray(value)) value.forEach((item) => eachHolder(item, visit));
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    Object.values(value).forEach((item) => eachHolder(item, visit));
}

/** The places of all modules and Variables in a value, each Variable once. */
export function storesOf(value: unknown): Slot[] {
  const slots: Slot[] = [];
  const seen = new Set<unknown>();
  eachHolder(value, (found) => {
    for (const slot of found) {
      if (seen.has(slot.leaf)) continue;
      if (hasBrand(slot.leaf, "Variable")) seen.add(slot.leaf);
      slots.push(slot);
    }
  });
  return slots;
}

/** All modules in a value. */
export function modulesOf(value: unknown): object[] {
  const modules: object[] = [];
  eachHolder(value, (_, node) => {
    if (node !== undefined) for (const [, module] of modulesIn(node)) modules.push(module);
  });
  return modules;
}
