import { byCodePoint, hasBrand } from "../base/index.ts";

/**
 * Nested arrays: an array; an `nnx` State or Variable; a plain JavaScript array or object of trees. null and undefined
 * are trees without leaves. Everything else is a leaf.
 */
export type Tree = unknown;

/** One step from a tree to a child. */
export type TreeKey = string | number;

/** The steps from a tree's root to one of its nodes or leaves. */
export type TreePath = readonly TreeKey[];

/** A tree that has children, read one level at a time. */
export interface TreeNode {
  /** In the order in which JAX flattens: names by code point, indices by number. */
  readonly keys: readonly TreeKey[];
  child(key: TreeKey): Tree;
  /** The same kind of node with other children, in the order of `keys`. */
  build(children: readonly Tree[]): Tree;
}

/** The prototypes of nodes that never have children say so under this symbol. */
export const EMPTY_NODE: unique symbol = Symbol.for("flaxen.emptyNode") as never;

/** The prototypes of classes that `tree.registerPytreeNode` made nodes say how under this symbol. */
export const PYTREE_NODE: unique symbol = Symbol.for("flaxen.pytreeNode") as never;

/** What is known here of a State of `nnx`: leaves with their paths, sorted as Flax sorts them. */
interface StateLike extends Iterable<readonly [TreePath, unknown]> {
  readonly constructor: Function;
}

/** The one level of a tree below `tree`; undefined for a leaf, and for a Variable, which is no step of a path. */
export function nodeOf(tree: Tree): TreeNode | undefined {
  if (tree === null || tree === undefined) return emptyNode(tree);
  if (typeof tree !== "object") return undefined;
  if (hasBrand(tree, "NDArray")) return undefined;
  if (Array.isArray(tree)) return listNode(tree);
  if (hasBrand(tree, "State")) return stateNode(tree as unknown as StateLike);
  if (EMPTY_NODE in tree) return emptyNode(tree);
  if (PYTREE_NODE in tree) return (tree[PYTREE_NODE] as (node: Tree) => TreeNode)(tree);
  return isPlainObject(tree) ? objectNode(tree as Record<string, Tree>) : undefined;
}

function emptyNode(tree: Tree): TreeNode {
  return { keys: [], child: () => undefined, build: () => tree };
}

/** A list may have holes, which have no children. */
function listNode(list: readonly Tree[]): TreeNode {
  const keys = Object.keys(list).map(Number);
  return {
    keys,
    child: (key) => list[key as number],
    build(children) {
      const built: Tree[] = [];
      built.length = list.length;
      for (const [i, key] of keys.entries()) built[key] = children[i];
      return built;
    },
  };
}

function objectNode(object: Readonly<Record<string, Tree>>): TreeNode {
  const keys = Object.keys(object).sort(byCodePoint);
  return {
    keys,
    child: (key) => object[key],
    build(children) {
      const built = Object.create(Object.getPrototypeOf(object) as object | null) as Record<string, Tree>;
      for (const key of Object.keys(object)) put(built, key, undefined);
      for (const [i, key] of keys.entries()) put(built, key, children[i]);
      return built;
    },
  };
}

function put(object: Record<string, Tree>, key: string, value: Tree): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

function stateNode(state: StateLike): TreeNode {
  const State = state.constructor as new (entries: readonly (readonly [TreePath, unknown])[]) => StateLike;
  const groups = new Map<TreeKey, [TreePath, unknown][]>();
  for (const [path, leaf] of state) {
    const group = groups.get(path[0]!);
    if (group === undefined) groups.set(path[0]!, [[path.slice(1), leaf]]);
    else group.push([path.slice(1), leaf]);
  }
  const keys = [...groups.keys()];
  return {
    keys,
    child(key) {
      const group = groups.get(key)!;
      const [path, leaf] = group[0]!;
      return path.length === 0 ? leaf : new State(group);
    },
    build(children) {
      const entries: [TreePath, unknown][] = [];
      for (const [i, key] of keys.entries()) {
        const child = children[i];
        if (hasBrand(child, "State"))
          for (const [path, leaf] of child as unknown as StateLike) entries.push([[key, ...path], leaf]);
        else entries.push([[key], child]);
      }
      return new State(entries);
    },
  };
}

/** Whether a value is an object literal, or what `Object.create(null)` gives, of any realm. */
function isPlainObject(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, "isPrototypeOf"));
}
