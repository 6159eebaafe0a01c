import type { ArrayLike, NDArray } from "../array/index.ts";
import type { BRAND } from "../base/index.ts";
import { brandOf, describe, hasBrand, refuseSurplus, unknownError } from "../base/index.ts";
import type { Tree, TreeNode, TreePath } from "./node.ts";
import { nodeOf } from "./node.ts";

/** Whether what stands at a place of a tree is to be taken for a leaf. */
export type IsLeaf = (tree: Tree) => boolean;

/** The option of most functions of trees. */
export interface LeafOptions {
  /** What is taken for a leaf though it may have children. */
  readonly isLeaf?: IsLeaf | null;
}

/** What is a leaf, by JAX's place or by name. */
export type LeafArgument = LeafOptions | IsLeaf | null;

/**
 * The function of the last argument of a tree's function.
 *
 * @throws TypeError if it is none, or an object with other names
 */
export function isLeafOf(argument: LeafArgument | undefined, fn: string): IsLeaf | undefined {
  if (argument === null || argument === undefined || typeof argument === "function") return argument ?? undefined;
  const isObject = typeof argument === "object";
  const wrong = Object.keys(argument).find((name) => name !== "isLeaf");
  if (isObject && wrong !== undefined) throw unknownError(`tree.${fn}`, wrong, ["isLeaf"]);
  const isLeaf: unknown = isObject ? argument.isLeaf : argument;
  if (isLeaf !== null && isLeaf !== undefined && typeof isLeaf !== "function")
    throw new TypeError(`tree.${fn}: "isLeaf" expected a function, got ${describe(isLeaf)}`);
  return (isLeaf as IsLeaf | null | undefined) ?? undefined;
}

/** What is known here of a Variable of `nnx`: a node with one child, which is no step of a path. */
interface VariableLike {
  getRawValue(): unknown;
  replace(value: unknown): unknown;
}

/** The type of a tree with other leaves; a State stays one. */
export type Mapped<T, R> = unknown extends T
  ? T
  : T extends null | undefined
    ? T
    : T extends NDArray | number | boolean | string
      ? R
      : T extends { readonly [BRAND]: string }
        ? T
        : T extends object
          ? { [K in keyof T]: Mapped<T[K], R> }
          : R;

/**
 * The type of the leaves of a tree: arrays of a State or Variable. What has no type of its own, or lies deep, is `any`.
 */
export type LeafOf<T, Depth extends readonly unknown[] = []> = unknown extends T
  ? // oxlint-disable-next-line typescript/no-explicit-any -- whatever the program's trees have
    any
  : T extends null | undefined
    ? never
    : T extends NDArray | number | boolean | string
      ? T
      : T extends { readonly [BRAND]: string }
        ? NDArray
        : Depth["length"] extends 5
          ? // oxlint-disable-next-line typescript/no-explicit-any -- a type may name itself
            any
          : T extends readonly (infer Item)[]
            ? LeafOf<Item, [...Depth, 0]>
            : T extends object
              ? LeafOf<T[keyof T], [...Depth, 0]>
              : T;

/**
 * The tree of what a function makes of each leaf, of the same structure. `tree` may be a prefix of the trees in `rest`:
 * where it has a leaf, the function gets all that they have there. A State matches a plain object of the same names.
 *
 * @param f gets the leaf of `tree`, and of each tree in `rest` what stands at the same place
 * @throws RangeError with the place if one of the trees has other children than the first
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_map`).
 * @example
 * const params = { kernel: jnp.ones([2, 2]), bias: jnp.ones([2]) };
 * optax.tree.map((x) => x.ndim > 1, params) // => { kernel: true, bias: false }
 */
export function treeMap<T, R>(f: (leaf: NDArray, ...rest: NDArray[]) => R, tree: T, ...rest: Tree[]): Mapped<T, R> {
  return mapAt((_, ...leaves) => f(...(leaves as [NDArray])), [], tree, rest) as Mapped<T, R>;
}

/**
 * `map`, where the function gets the path of the leaf first: names, and numbers in lists.
 *
 * @throws RangeError as `map`
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_map_with_path`).
 * @example
 * const params = { layers: [{ kernel: jnp.ones([2]), bias: jnp.ones([2]) }] };
 * optax.tree.mapWithPath((path) => path.at(-1) === "kernel", params) // => { layers: [{ kernel: true, bias: false }] }
 */
export function treeMapWithPath<T, R>(
  f: (path: TreePath, leaf: NDArray, ...rest: NDArray[]) => R,
  tree: T,
  ...rest: Tree[]
): Mapped<T, R> {
  return mapAt(f as never, [], tree, rest) as Mapped<T, R>;
}

/**
 * The tree of what `f` makes of the path and the leaf at each place, and of what `rest` has there.
 *
 * @param fn how errors name the function
 */
export function mapAt(
  f: (path: TreePath, ...leaves: unknown[]) => unknown,
  path: TreePath,
  tree: Tree,
  rest: readonly Tree[],
  isLeaf?: IsLeaf,
  fn = "tree",
): Tree {
  if (isLeaf?.(tree) === true) return f(path, tree, ...rest);
  const brand = brandOf(tree);
  if (brand === "Variable") {
    const value = mapAt(f, path, (tree as VariableLike).getRawValue(), rest.map(unwrap), isLeaf, fn);
    return brandOf(value) === undefined ? value : (tree as VariableLike).replace(value);
  }
  if (tree === null || tree === undefined) return tree;
  const node = nodeOf(tree);
  if (node === undefined) return f(path, tree, ...(brand === "NDArray" ? rest.map(unwrap) : rest));
  const others = rest.map((other) => matching(node, other, path, fn));
  return node.build(
    node.keys.map((key, i) =>
      mapAt(
        f,
        [...path, key],
        node.child(key),
        others.map((other) => other.child(other.keys[i]!)),
        isLeaf,
        fn,
      ),
    ),
  );
}

function unwrap(tree: Tree): Tree {
  return hasBrand(tree, "Variable") ? (tree as VariableLike).getRawValue() : tree;
}

/** The node of `other`, with the children of `node`. */
function matching(node: TreeNode, other: Tree, path: TreePath, fn: string): TreeNode {
  const found = nodeOf(unwrap(other));
  if (found?.keys.length === node.keys.length && node.keys.every((key, i) => String(key) === String(found.keys[i])))
    return found;
  throw structureError(node, found, path, fn);
}

function structureError(node: TreeNode, found: TreeNode | undefined, path: TreePath, fn: string): RangeError {
  return new RangeError(
    `${fn}: trees expected one structure, got ${keysOf(node)} and ${found ? keysOf(found) : "a leaf"} at ` +
      (path.join("/") || "the root"),
  );
}

function keysOf({ keys }: TreeNode): string {
  return keys.length === 0 ? "nothing" : keys.join(", ");
}

/**
 * A tree of the structure of `tree` with the leaves of a prefix of it: each leaf of `prefix` for all that is below its
 * place.
 *
 * @param isLeaf what is taken for a leaf of `prefix` though it may have children, as null has none
 * @throws RangeError with the place if `prefix` is none
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_broadcast`).
 * @example
 * optax.tree.broadcast({ a: true, b: false }, { a: [1, 2], b: 3 }) // => { a: [true, true], b: false }
 */
export function treeBroadcast(prefix: Tree, tree: Tree, isLeaf?: LeafArgument): Tree {
  if (arguments.length > 3) refuseSurplus("tree.broadcast", "prefix tree isLeaf", arguments, false);
  return broadcastAt(prefix, tree, [], isLeafOf(isLeaf, "broadcast"));
}

function broadcastAt(prefix: Tree, tree: Tree, path: TreePath, isLeaf: IsLeaf | undefined): Tree {
  if (isLeaf?.(prefix) === true) return mapAt(() => prefix, [], tree, []);
  const given = unwrap(prefix);
  const from = nodeOf(given);
  if (from === undefined) return mapAt(() => given, [], tree, []);
  const to = nodeOf(unwrap(tree));
  if (to === undefined) throw structureError(from, to, path, "tree");
  const node = matching(from, unwrap(tree), path, "tree");
  return node.build(
    from.keys.map((key, i) => broadcastAt(from.child(key), node.child(node.keys[i]!), [...path, key], isLeaf)),
  );
}

/**
 * The leaves of a tree in the order of JAX: names by code point, indices by number, of a State as Flax sorts them.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_leaves`).
 * @example
 * optax.tree.leaves({ b: 1, a: [2, null, 3] }) // => [2, 3, 1]
 */
export function treeLeaves(tree: Tree): unknown[] {
  return treeLeavesWithPath(tree).map(([, leaf]) => leaf);
}

/**
 * The leaves of a tree with their paths, in the order of `leaves`.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_leaves_with_path`).
 * @example
 * optax.tree.leavesWithPath({ b: 1, a: [2] }) // => [[["a", 0], 2], [["b"], 1]]
 */
export function treeLeavesWithPath(tree: Tree, isLeaf?: IsLeaf): [path: TreePath, leaf: unknown][] {
  const found: [TreePath, unknown][] = [];
  const visit = (at: Tree, path: TreePath): void => {
    if (isLeaf?.(at) === true) {
      found.push([path, at]);
      return;
    }
    const value = unwrap(at);
    const node = nodeOf(value);
    if (node === undefined) found.push([path, value]);
    else for (const key of node.keys) visit(node.child(key), [...path, key]);
  };
  visit(tree, []);
  return found;
}

/** A tree of the structure of another that has other leaves. */
export type Unflatten = (leaves: Iterable<unknown>) => Tree;

/**
 * The leaves of a tree, and a function that puts other leaves in their places.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`tree_flatten`).
 * @example
 * const [leaves, unflatten] = optax.tree.flatten({ b: 1, a: 2 });
 * unflatten(leaves.map((x) => x * 10)) // => { a: 20, b: 10 }
 */
export function treeFlatten(tree: Tree): [leaves: unknown[], unflatten: Unflatten] {
  const leaves = treeLeaves(tree);
  return [
    leaves,
    (given) => {
      const others = [...given];
      if (others.length !== leaves.length)
        throw new RangeError(`optax.tree.flatten: "leaves" expected ${leaves.length}, got ${others.length}`);
      let at = 0;
      return mapAt(() => others[at++], [], tree, []);
    },
  ];
}

/** The leaves of a tree as arrays: numbers become arrays, anything else must be array-like. */
export function arrayLeaves(tree: Tree): ArrayLike[] {
  return treeLeaves(tree) as ArrayLike[];
}
