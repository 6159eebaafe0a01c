/** The functions of jax.tree. A Variable is a node with one child; null and undefined are trees without leaves. */
import { assertFunction, describe, refuseSurplus } from "../base/index.ts";
import type { IsLeaf, LeafArgument, LeafOf, LeafOptions, Mapped } from "./map.ts";
import { isLeafOf, mapAt, treeLeavesWithPath } from "./map.ts";
import type { Tree, TreePath } from "./node.ts";
import { TreeDef } from "./treedef.ts";

/** The trees of a call, and the option that may come last: an object with `isLeaf` alone, a function. */
function withOption(rest: readonly unknown[]): [trees: readonly Tree[], isLeaf: IsLeaf | undefined] {
  const last = rest.at(-1);
  if (typeof last !== "object" || last === null || Object.keys(last).join() !== "isLeaf") return [rest, undefined];
  const { isLeaf } = last as { isLeaf: unknown };
  if (isLeaf === null || isLeaf === undefined) return [rest.slice(0, -1), undefined];
  return typeof isLeaf === "function" ? [rest.slice(0, -1), isLeaf as IsLeaf] : [rest, undefined];
}

function functionOf(f: unknown, fn: string): void {
  assertFunction(f, `tree.${fn}: "f"`);
}

/**
 * The tree of what a function makes of each leaf, of the same structure. `tree` may be a prefix of the others.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_map`).
 * @param f gets the leaf of `tree`, and of each other tree what stands at the same place
 * @param rest other trees; `{ isLeaf }` may come last
 * @throws RangeError with the place if one of the trees has other children than the first; TypeError if `f` is no
 * function
 * @example
 * tree.map((x) => x * 2, { a: 1, b: [2, null] }) // => { a: 2, b: [4, null] }
 * tree.map((x, y) => x + y, [1, 2], [10, 20]) // => [11, 22]
 */
export function map<T, R>(
  // oxlint-disable-next-line typescript/no-explicit-any -- the other trees may have other leaves
  f: (leaf: LeafOf<T>, ...rest: any[]) => R,
  tree: T,
  ...rest: readonly unknown[]
): Mapped<T, R>;
export function map<T, R>(f: (leaf: never, ...rest: never[]) => R, tree: T, ...rest: readonly unknown[]): Mapped<T, R>;
export function map<T, R>(f: (leaf: never, ...rest: never[]) => R, tree: T, ...rest: readonly unknown[]): Mapped<T, R> {
  functionOf(f, "map");
  const [trees, isLeaf] = withOption(rest);
  return mapAt((_, ...leaves) => f(...(leaves as [never])), [], tree, trees, isLeaf) as Mapped<T, R>;
}

/**
 * `map`, where the function gets the path of the leaf first: names, and numbers in lists.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_map_with_path`), where the steps of paths are objects.
 * @throws as `map`
 * @example
 * tree.mapWithPath((path) => path.join("."), { a: [5] }) // => { a: ["a.0"] }
 */
export function mapWithPath<T, R>(
  // oxlint-disable-next-line typescript/no-explicit-any -- the other trees may have other leaves
  f: (path: TreePath, leaf: LeafOf<T>, ...rest: any[]) => R,
  tree: T,
  ...rest: readonly unknown[]
): Mapped<T, R>;
export function mapWithPath<T, R>(
  f: (path: TreePath, leaf: never, ...rest: never[]) => R,
  tree: T,
  ...rest: readonly unknown[]
): Mapped<T, R>;
export function mapWithPath<T, R>(
  f: (path: TreePath, leaf: never, ...rest: never[]) => R,
  tree: T,
  ...rest: readonly unknown[]
): Mapped<T, R> {
  functionOf(f, "mapWithPath");
  const [trees, isLeaf] = withOption(rest);
  return mapAt(f as never, [], tree, trees, isLeaf) as Mapped<T, R>;
}

/**
 * The leaves of a tree in JAX's order: names by code point, indices by number, of a State as Flax sorts them.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_leaves`).
 * @example
 * tree.leaves({ b: 1, a: [2, null, 3] }) // => [2, 3, 1]
 */
export function leaves<T>(tree: T): LeafOf<T>[];
export function leaves(tree: Tree, isLeaf?: LeafArgument): unknown[];
export function leaves(tree: Tree, isLeaf?: LeafArgument): unknown[] {
  if (arguments.length > 2) refuseSurplus("tree.leaves", "tree isLeaf", arguments);
  return treeLeavesWithPath(tree, isLeafOf(isLeaf, "leaves")).map(([, leaf]) => leaf);
}

/**
 * The leaves of a tree with their paths.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_leaves_with_path`).
 * @example
 * tree.leavesWithPath({ b: 1, a: [2] }) // => [[["a", 0], 2], [["b"], 1]]
 */
export function leavesWithPath<T>(tree: T): [path: TreePath, leaf: LeafOf<T>][];
export function leavesWithPath(tree: Tree, isLeaf?: LeafArgument): [path: TreePath, leaf: unknown][];
export function leavesWithPath(tree: Tree, isLeaf?: LeafArgument): [path: TreePath, leaf: unknown][] {
  if (arguments.length > 2) refuseSurplus("tree.leavesWithPath", "tree isLeaf", arguments);
  return treeLeavesWithPath(tree, isLeafOf(isLeaf, "leavesWithPath"));
}

/**
 * The structure of a tree.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_structure`).
 * @example
 * String(tree.structure({ a: 1, b: [2] })) // => "PyTreeDef(['a'], ['b'][0])"
 */
export function structure(tree: Tree, isLeaf?: LeafArgument): TreeDef {
  if (arguments.length > 2) refuseSurplus("tree.structure", "tree isLeaf", arguments);
  const test = isLeafOf(isLeaf, "structure");
  const found = treeLeavesWithPath(tree, test);
  return new TreeDef(
    found.map(([path]) => path),
    (others) => {
      let at = 0;
      return mapAt(() => others[at++], [], tree, [], test);
    },
  );
}

/**
 * The leaves of a tree and its structure.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_flatten`).
 * @example
 * const [leaves, structure] = tree.flatten({ b: 1, a: 2 });
 * tree.unflatten(structure, leaves.map((x) => x * 10)) // => { a: 20, b: 10 }
 */
export function flatten<T>(tree: T): [leaves: LeafOf<T>[], structure: TreeDef];
export function flatten(tree: Tree, isLeaf?: LeafArgument): [leaves: unknown[], structure: TreeDef];
export function flatten(tree: Tree, isLeaf?: LeafArgument): [leaves: unknown[], structure: TreeDef] {
  if (arguments.length > 2) refuseSurplus("tree.flatten", "tree isLeaf", arguments);
  const test = isLeafOf(isLeaf, "flatten") ?? null;
  return [leaves(tree, test), structure(tree, test)];
}

/**
 * The leaves of a tree with their paths, and its structure.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_flatten_with_path`).
 * @example
 * tree.flattenWithPath({ a: [2] })[0] // => [[["a", 0], 2]]
 */
export function flattenWithPath<T>(tree: T): [leaves: [path: TreePath, leaf: LeafOf<T>][], structure: TreeDef];
export function flattenWithPath(
  tree: Tree,
  isLeaf?: LeafArgument,
): [leaves: [path: TreePath, leaf: unknown][], structure: TreeDef];
export function flattenWithPath(
  tree: Tree,
  isLeaf?: LeafArgument,
): [leaves: [path: TreePath, leaf: unknown][], structure: TreeDef] {
  if (arguments.length > 2) refuseSurplus("tree.flattenWithPath", "tree isLeaf", arguments);
  const test = isLeafOf(isLeaf, "flattenWithPath") ?? null;
  return [leavesWithPath(tree, test), structure(tree, test)];
}

/**
 * The tree of a structure with the leaves given.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_unflatten`).
 * @throws RangeError for another number of leaves; TypeError if `structure` is none
 * @example
 * tree.unflatten(tree.structure([0, { a: 0 }]), [5, 6]) // => [5, { a: 6 }]
 */
export function unflatten(structure: TreeDef, leaves: Iterable<unknown>): Tree {
  if (arguments.length > 2) refuseSurplus("tree.unflatten", "treedef leaves", arguments);
  if (!(structure instanceof TreeDef))
    throw new TypeError(`tree.unflatten: "structure" expected what tree.structure gives, got ${describe(structure)}`);
  return structure.unflatten(leaves);
}

const NOTHING = Symbol("nothing");

/**
 * One value of all leaves: `f` of the value so far and each leaf in turn.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_reduce`).
 * @param rest the value to begin with; the first leaf if left out. `{ isLeaf }` may come last
 * @throws TypeError if there are neither leaves nor a value, or `f` is not a function
 * @example
 * tree.reduce((sum, x) => sum + x, { a: 1, b: [2, 3] }, 0) // => 6
 */
export function reduce<T, R>(f: (value: R, leaf: LeafOf<T>) => R, tree: T, initializer: R, options?: LeafOptions): R;
export function reduce<T>(f: (value: LeafOf<T>, leaf: LeafOf<T>) => LeafOf<T>, tree: T): LeafOf<T>;
export function reduce<R>(f: (value: R, leaf: never) => R, tree: Tree, ...rest: readonly unknown[]): R;
export function reduce<R>(f: (value: R, leaf: never) => R, tree: Tree, ...rest: readonly unknown[]): R {
  functionOf(f, "reduce");
  const [given, isLeaf] = withOption(rest);
  let value: unknown = given.length > 0 ? given[0] : NOTHING;
  if (given.length > 1) refuseSurplus("tree.reduce", "f tree initializer", arguments);
  for (const leaf of leaves(tree, isLeaf ?? null)) value = value === NOTHING ? leaf : f(value as R, leaf as never);
  if (value === NOTHING)
    throw new TypeError('tree.reduce: "tree" expected leaves, got none. Pass a value to begin with');
  return value as R;
}

/** Whether a leaf is true: an array of one element that is not 0, or what JavaScript takes for true. */
function isTrue(leaf: unknown): boolean {
  const { item } = leaf as { item?: () => number };
  return typeof item === "function" ? item.call(leaf) !== 0 : Boolean(leaf);
}

/**
 * Whether all leaves are true.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_all`).
 * @throws ShapeError for a leaf of several elements
 * @example
 * tree.all({ a: true, b: [jnp.array(1)] }) // => true
 */
export function all(tree: Tree, isLeaf?: LeafArgument): boolean {
  if (arguments.length > 2) refuseSurplus("tree.all", "tree isLeaf", arguments);
  return leaves(tree, isLeafOf(isLeaf, "all") ?? null).every(isTrue);
}

/**
 * Whether everything in a list is a leaf.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`all_leaves`).
 * @example
 * tree.allLeaves([1, [2]]) // => false
 */
export function allLeaves(list: Iterable<unknown>, isLeaf?: LeafArgument): boolean {
  if (arguments.length > 2) refuseSurplus("tree.allLeaves", "list isLeaf", arguments);
  const test = isLeafOf(isLeaf, "allLeaves");
  return [...list].every((item) => {
    const found = treeLeavesWithPath(item, test);
    return found.length === 1 && found[0]![0].length === 0;
  });
}

/**
 * A tree of trees turned inside out: where the outer structure was, the inner one, and the other way.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_transpose`).
 * @throws RangeError if `tree` does not have as many leaves as the structures together
 * @example
 * const [outer, inner] = [tree.structure([0, 0]), tree.structure({ a: 0, b: 0 })];
 * tree.transpose(outer, inner, [{ a: 1, b: 2 }, { a: 3, b: 4 }]) // => { a: [1, 3], b: [2, 4] }
 */
export function transpose(outer: TreeDef, inner: TreeDef, tree: Tree): Tree {
  if (arguments.length > 3) refuseSurplus("tree.transpose", "outer inner tree", arguments);
  const found = leaves(tree);
  const [m, n] = [outer.numLeaves, inner.numLeaves];
  if (found.length !== m * n)
    throw new RangeError(`tree.transpose: "tree" expected ${m} times ${n} leaves, got ${found.length}`);
  return inner.unflatten(
    Array.from({ length: n }, (_, j) => outer.unflatten(Array.from({ length: m }, (__, i) => found[i * n + j]))),
  );
}
