import type { Places } from "../../base/index.ts";
import { assertNames, describe, hasBrand, inTrees, refuseSurplus } from "../../base/index.ts";
import type { CallableModule } from "./callable.ts";
import { hidesData, isPlain, roleOf } from "../tree/data.ts";
import type { Filter } from "./filter.ts";
import { toPredicate } from "./filter.ts";
import type { Leaf } from "./leaf.ts";
import { childrenOf, isNode } from "./node.ts";
import type { Path, PathPart } from "../tree/path.ts";

/**
 * Every leaf of a model with its path, attributes sorted by code point at each level, as Flax sorts them. A Variable
 * or module that is reachable twice appears at its first path only; cycles end there.
 *
 * @throws TypeError if a plain array or object on a module holds modules, Variables or arrays: they would be lost
 */
export function* leavesOf(node: object): Generator<readonly [Path, Leaf]> {
  for (const [path, value] of itemsOf(node)) {
    const role = roleOf(value);
    if (role === "variable" || role === "array") yield [path, value as Leaf];
  }
}

/** @throws TypeError if `node` is not a module, Rngs or stream, nor a plain container of such */
export function assertGraph(node: unknown, fn: string, name = "node"): asserts node is object {
  if (!isNode(node) && !isTree(node))
    throw new TypeError(`nnx.${fn}: "${name}" expected a module or an Rngs, got ${describe(node)}`);
}

/** Whether a value is a plain container that stands for a model. */
export function isTree(value: unknown): value is object {
  return roleOf(value) === "tree" || (hidesData(value) && isPlain(value as object));
}

/**
 * Everything in a model with its path, children before what holds them: modules, containers, Variables, arrays and
 * static values. What is reachable twice appears once.
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`iter_graph`).
 * @example
 * Array.from(nnx.iterGraph(model), ([path]) => path.join("/")) // => ["kernel", ""]
 */
export function iterGraph(
  node: object,
  ...places: Places<[], object>
): Generator<readonly [path: Path, value: unknown]>;
export function iterGraph(): Generator<readonly [path: Path, value: unknown]> {
  if (arguments.length > 1) refuseSurplus("nnx.iterGraph", "node", arguments, false);
  return inTrees(itemsOf, arguments, 1, "nnx.iterGraph node | * graph:0");
}

/** `iterGraph` of a node that may be a plain object: none of its keys is the name of a place. */
export function itemsOf(node: object): Generator<readonly [path: Path, value: unknown]> {
  return walk(node, isTree(node), [], new Set());
}

function* walk(container: object, tree: boolean, path: Path, seen: Set<unknown>): Generator<readonly [Path, unknown]> {
  if (!tree) seen.add(container);
  for (const { key, value, role } of childrenOf(container, tree, path)) {
    const below = [...path, key];
    if (role === "tree") yield* walk(value as object, true, below, seen);
    else if (role === "static" || role === "array") yield [below, value];
    else if (seen.has(value)) continue;
    else if (role === "node") yield* walk(value as object, false, below, seen);
    else {
      seen.add(value);
      yield [below, value];
    }
  }
  yield [path, container];
}

/** Every module of a model with its path, children first, the model itself last. */
export function* modulesIn(node: object): Generator<readonly [path: Path, module: CallableModule]> {
  for (const [path, value] of itemsOf(node)) if (hasBrand(value, "Module")) yield [path, value as CallableModule];
}

/**
 * The modules, Variables and random streams that are attributes of a module, with their names.
 *
 * @throws TypeError if `node` is not a module
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`iter_children`).
 * @example
 * Array.from(nnx.iterChildren(model), ([name]) => name) // => ["kernel"]
 */
export function* iterChildren(node: object): Generator<readonly [name: PathPart, child: object]> {
  if (!isNode(node)) throw new TypeError(`nnx.iterChildren: "node" expected a module, got ${describe(node)}`);
  for (const { key, value, role } of childrenOf(node, false, []))
    if (role === "node" || role === "variable") yield [key, value as object];
}

/**
 * The places of everything that is reachable more than once: one list of paths each.
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`find_duplicates`).
 * @example
 * nnx.findDuplicates(new nnx.List([model, model])) // => [[[0], [1]]]
 */
export function findDuplicates(node: object, options: { readonly only?: Filter } = {}): Path[][] {
  assertNames(options, "nnx.findDuplicates", ["only"]);
  const { only = true } = options;
  assertGraph(node, "findDuplicates");
  const matches = toPredicate(only);
  const places = new Map<unknown, Path[]>();
  const visit = (value: object, tree: boolean, path: Path): void => {
    const known = places.get(value);
    if (known) {
      if (matches(path, value as Leaf)) known.push(path);
      return;
    }
    if (!tree) places.set(value, [path]);
    const role = roleOf(value);
    if (role === "variable" || role === "array") return;
    for (const child of childrenOf(value, tree, path))
      if (child.role !== "static") visit(child.value as object, child.role === "tree", [...path, child.key]);
  };
  visit(node, isTree(node), []);
  return [...places.values()].filter((paths) => paths.length > 1);
}
