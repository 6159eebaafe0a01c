import { hasBrand } from "../../base/index.ts";
import { data, isPlain } from "../tree/data.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { pathKey } from "../tree/path.ts";
import type { State } from "../states/state.ts";
import type { Metadata, Variable, VariableValue } from "../variables/variable.ts";
import { OptArray, OptVariable } from "./optvariables.ts";

/** The metadata of the model's Variables, by their paths: asked for where a Variable is new. */
export type MetadataByPath = () => ReadonlyMap<string, Metadata>;

/** What is to become of an optimizer's tree. */
export interface TreePlan {
  /** The tree afterwards. Variables that were there stay the same ones. */
  readonly tree: unknown;
  /** Whether `tree` has other containers, Variables or static values than before. */
  readonly changed: boolean;
  /** Gives the Variables their values. */
  commit(): void;
}

/**
 * A transformation's state as a part of an optimizer that nnx walks: plain arrays and objects with Variables in them. A
 * State becomes nested objects, with lists where its keys are numbers. Nothing changes before `commit`.
 *
 * Leaves that are not arrays stay as they are, as configuration.
 *
 * @param before the tree so far
 */
export function planTree(state: unknown, before: unknown, metadata: MetadataByPath): TreePlan {
  const assignments: [Variable<VariableValue>, VariableValue][] = [];
  let changed = false;
  const visit = (value: unknown, old: unknown, path: Path | undefined): unknown => {
    if (hasBrand(value, "NDArray") || hasBrand(value, "Key") || hasBrand(value, "Variable")) {
      const raw = (hasBrand(value, "Variable") ? (value as Variable).getRawValue() : value) as VariableValue;
      if (hasBrand(old, "Variable")) {
        assignments.push([old as Variable<VariableValue>, raw]);
        return old;
      }
      changed = true;
      return path === undefined ? new OptArray(raw) : new OptVariable(raw, metadata().get(pathKey(path)));
    }
    const level = hasBrand(value, "State") ? levelOf(value as State) : value;
    const below = hasBrand(value, "State") ? [] : path;
    if (typeof level !== "object" || level === null || !isPlain(level)) {
      changed ||= level !== old;
      return level;
    }
    const known =
      typeof old === "object" && old !== null && isPlain(old) ? (old as Record<PathPart, unknown>) : undefined;
    const keys = Object.keys(level);
    changed ||=
      known === undefined || Object.keys(known).length !== keys.length || Array.isArray(known) !== Array.isArray(level);
    const built = (Array.isArray(level) ? [] : {}) as Record<PathPart, unknown>;
    for (const key of keys) {
      changed ||= !Object.hasOwn(known!, key);
      const part = Array.isArray(level) ? Number(key) : key;
      define(built, key, visit((level as Record<string, unknown>)[key], known?.[key], below && [...below, part]));
    }
    if (Array.isArray(level)) (built as unknown as unknown[]).length = level.length;
    return built;
  };
  const tree = visit(state, before, undefined);
  return {
    tree: typeof tree === "object" && tree !== null && isPlain(tree) ? data(tree) : tree,
    changed,
    commit() {
      for (const [variable, value] of assignments) variable.setRawValue(value as never);
    },
  };
}

/** The state that a transformation is given: arrays in place of Variables. */
export function pureTree(tree: unknown): unknown {
  if (hasBrand(tree, "Variable")) return (tree as Variable<VariableValue>).getRawValue();
  if (typeof tree !== "object" || tree === null || !isPlain(tree)) return tree;
  const built = (Array.isArray(tree) ? [] : {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(tree)) define(built, key, pureTree(value));
  if (Array.isArray(tree)) (built as unknown as unknown[]).length = tree.length;
  return built;
}

/** A State as nested objects, a list with holes where all keys of a level are numbers. */
function levelOf(state: State): unknown {
  const root: Level = new Map();
  for (const [path, leaf] of state) {
    let level = root;
    for (let i = 0; i < path.length - 1; i++) {
      let below = level.get(path[i]!);
      if (!(below instanceof Map)) level.set(path[i]!, (below = new Map<PathPart, unknown>()));
      level = below as Level;
    }
    level.set(path[path.length - 1]!, leaf);
  }
  return nested(root);
}

type Level = Map<PathPart, unknown>;

function nested(level: Level): unknown {
  const isList = level.size > 0 && [...level.keys()].every((key) => typeof key === "number");
  const built = (isList ? [] : {}) as Record<PathPart, unknown>;
  for (const [key, value] of level) define(built, key, value instanceof Map ? nested(value as Level) : value);
  return built;
}

/**
 * A copy of a tree in which names of several words, such as `learning_rate`, are there in camel case too. It cannot be
 * changed itself: its Variables can.
 */
export function aliasedTree(tree: unknown): unknown {
  if (typeof tree !== "object" || tree === null || !isPlain(tree)) return tree;
  const copy = (Array.isArray(tree) ? [] : {}) as Record<string, unknown>;
  for (const [key, value] of Object.entries(tree)) {
    const aliased = aliasedTree(value);
    define(copy, key, aliased);
    const camel = key.replace(/(?<=[^_])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (camel !== key && !Object.hasOwn(tree, camel)) Object.defineProperty(copy, camel, { value: aliased });
  }
  return Object.freeze(copy);
}

function define(object: object, key: PathPart, value: unknown): void {
  if (key !== "__proto__") (object as Record<PathPart, unknown>)[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
