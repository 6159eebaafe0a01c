import { assertNames, describe, hasBrand, LimitError } from "../../base/index.ts";
import { isPlain } from "../tree/data.ts";
import type { Leaf } from "./leaf.ts";
import type { Path, PathPart } from "../tree/path.ts";
import { formatPath, MAX_DEPTH, pathKey } from "../tree/path.ts";
import { StateError } from "../tree/stateerror.ts";

/** Plain nested data by name: objects, or Maps where keys are numbers. */
export type Mapping<T = unknown> = { readonly [name: string]: T | Mapping<T> } | ReadonlyMap<PathPart, unknown>;

/** Whether a value is a level of a nested mapping rather than a leaf: an object literal, a Map or a State. */
function isMapping(value: unknown): value is Mapping | Iterable<readonly [Path, Leaf]> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return hasBrand(value, "State") || value instanceof Map || isPlain(value);
}

/**
 * The leaves of a nested mapping with their paths, in the order of its keys. A State is a mapping. Empty levels leave
 * nothing.
 *
 * @throws TypeError if `xs` is not an object literal, Map or State; LimitError if it is more than 1000 deep
 *
 * Source: Flax 0.12.8 `flax/nnx/traversals.py` (`flatten_mapping`, `flatten_to_sequence`).
 * @example
 * nnx.traversals.flattenMapping({ a: 1, b: { c: 2 } }) // => [[["a"], 1], [["b", "c"], 2]]
 */
export function flattenMapping(xs: unknown): [Path, unknown][];
export function flattenMapping(xs: unknown, options: { readonly sep: string }): [string, unknown][];
export function flattenMapping(xs: unknown, options: { readonly sep?: string } = {}): [Path | string, unknown][] {
  assertNames(options, "nnx.traversals.flattenMapping", ["sep"]);
  return flattenOf(xs, 'nnx.traversals.flattenMapping: "xs"', options.sep);
}

/** `flattenMapping` for a function and argument that errors name. */
export function flattenOf(xs: unknown, name: string): [Path, unknown][];
export function flattenOf(xs: unknown, name: string, sep: string | undefined): [Path | string, unknown][];
export function flattenOf(xs: unknown, name: string, sep?: string): [Path | string, unknown][] {
  if (!isMapping(xs)) throw new TypeError(`${name} expected an object, a Map or a State, got ${describe(xs)}`);
  const flat: [Path | string, unknown][] = [];
  const visit = (value: unknown, path: Path): void => {
    if (path.length > MAX_DEPTH)
      throw new LimitError(
        `${name} expected at most ${MAX_DEPTH} levels, got more at ${formatPath(path.slice(0, 8))}/...`,
      );
    if (!isMapping(value)) flat.push([sep === undefined ? path : path.join(sep), value]);
    else if (hasBrand(value, "State"))
      for (const [below, leaf] of value as Iterable<readonly [Path, Leaf]>)
        flat.push([sep === undefined ? [...path, ...below] : [...path, ...below].join(sep), leaf]);
    else
      for (const [key, item] of value instanceof Map ? (value as Map<PathPart, unknown>) : Object.entries(value))
        visit(item, [...path, key]);
  };
  visit(xs, []);
  return flat;
}

/** Leaves by path as nested objects without a prototype. */
export function toNested(entries: Iterable<readonly [Path, unknown]>): object {
  type Nested = Record<PathPart, unknown>;
  const out = Object.create(null) as Nested;
  for (const [path, leaf] of entries) {
    let level = out;
    for (const part of path.slice(0, -1)) level = (level[part] ??= Object.create(null)) as Nested;
    level[path.at(-1)!] = leaf;
  }
  return out;
}

/** Plain arrays that stand for lists, as their items with their indices. */
export function* withItems(
  flat: Iterable<readonly [Path, unknown]>,
  isList: (path: Path) => boolean,
): Generator<readonly [Path, unknown]> {
  for (const [path, value] of flat) {
    if (!Array.isArray(value) || !isList(path)) yield [path, value];
    else {
      const items = value.flatMap((item: unknown, i): (readonly [Path, unknown])[] =>
        isMapping(item)
          ? flattenMapping(item).map(([below, leaf]) => [[...path, i, ...below], leaf])
          : [[[...path, i], item]],
      );
      yield* withItems(items, isList);
    }
  }
}

/**
 * The nested mapping of a flat one: objects without a prototype, so that any name is a name.
 *
 * @param xs pairs of path and leaf, or with `sep` pairs (or an object) of joined path and leaf
 * @throws StateError `PathConflict` if one path leads to a leaf and further paths begin with it, or where a list index
 * and a name are written alike
 *
 * Source: Flax 0.12.8 `flax/nnx/traversals.py` (`unflatten_mapping`).
 * @example
 * nnx.traversals.unflattenMapping([[["b", "c"], 2]]) // => { b: { c: 2 } }
 * nnx.traversals.unflattenMapping({ "b.c": 2 }, { sep: "." }) // => { b: { c: 2 } }
 */
export function unflattenMapping<T>(
  xs: Iterable<readonly [Path | string, T]> | Readonly<Record<string, T>>,
  options: { readonly sep?: string } = {},
): Mapping<T> {
  assertNames(options, "nnx.traversals.unflattenMapping", ["sep"]);
  const { sep } = options;
  const pairs = (
    Symbol.iterator in xs ? [...(xs as Iterable<readonly [Path | string, T]>)] : Object.entries(xs as Record<string, T>)
  ).map(([path, leaf]) => [typeof path === "string" ? path.split(sep ?? "/") : path, leaf] as const);
  const nested = nest(pairs.map(([path, leaf]) => [path.map(String), leaf] as const));
  const given = new Map(pairs.map(([path]) => [pathKey(path.map(String)), pathKey(path)]));
  for (const [path] of pairs)
    if (given.get(pathKey(path.map(String))) !== pathKey(path))
      throw new StateError(
        "PathConflict",
        `the path ${formatPath(path)} stands twice, once with a number and once with a name. A plain object ` +
          "cannot tell them apart",
      );
  return toObject(nested) as Mapping<T>;
}

/** A level of a nested state. */
export type Nested = Map<PathPart, unknown>;

/**
 * Nested Maps of paths and leaves; of equal paths the last counts.
 *
 * @throws StateError `PathConflict` if a leaf stands where a level is; LimitError if a path is more than 1000 long
 */
export function nest(flat: Iterable<readonly [Path, unknown]>): Nested {
  const root = new Level();
  for (const [path, leaf] of flat) {
    if (path.length > MAX_DEPTH)
      throw new LimitError(
        `nnx: expected paths of at most ${MAX_DEPTH} parts, got ${path.length} at ${formatPath(path.slice(0, 8))}/...`,
      );
    let level: Nested = root;
    for (let i = 0; i < path.length - 1; i++) {
      let next = level.get(path[i]!);
      if (next === undefined && !level.has(path[i]!)) level.set(path[i]!, (next = new Level()));
      if (!(next instanceof Level)) throw conflict(path.slice(0, i + 1), path);
      level = next;
    }
    const last = path[path.length - 1];
    if (last === undefined)
      throw new StateError("PathConflict", "expected a path of at least one part, got an empty one");
    if (level.get(last) instanceof Level) throw conflict(path, path);
    level.set(last, leaf);
  }
  return root;
}

/** A Map of our own, so that a leaf that is a Map is none. */
export class Level extends Map<PathPart, unknown> {}

function conflict(leaf: Path, path: Path): StateError {
  return new StateError("PathConflict", `${formatPath(leaf)} is a leaf and has others below it (${formatPath(path)})`);
}

function toObject(level: Nested): object {
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of level) object[key] = value instanceof Level ? toObject(value) : value;
  return object;
}
