/** Classes whose objects are nodes of trees. */
import { describe } from "../base/index.ts";
import type { Tree, TreeNode } from "./node.ts";
import { PYTREE_NODE } from "./node.ts";

/** A class that says itself how its objects are nodes. */
export interface PytreeClass<T extends object> {
  new (...args: never[]): T;
  /** An object of children, and of what `treeFlatten` gave besides them. */
  treeUnflatten(aux: unknown, children: readonly Tree[]): T;
}

/** Puts what makes a node of an object on the prototype of its class, so that no table knows of it. */
function register(
  target: abstract new (...args: never[]) => object,
  nodeOf: (object: never) => TreeNode,
  fn: string,
): void {
  if (typeof (target as unknown) !== "function")
    throw new TypeError(`tree.${fn}: "target" expected a class, got ${describe(target)}`);
  Object.defineProperty(target.prototype as object, PYTREE_NODE, { value: nodeOf, configurable: true });
}

/** A node of children by number. */
function listed(children: readonly Tree[], build: (children: readonly Tree[]) => Tree): TreeNode {
  return { keys: children.map((_, i) => i), child: (key) => children[key as number], build };
}

/**
 * Makes objects of a class nodes of trees.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`register_pytree_node`).
 * @param flatten gives the children of an object, and what else it takes to make it
 * @param unflatten makes an object of the two
 * @throws TypeError if `target` is not a class
 * @example
 * class Pair { constructor(a, b) { this.a = a; this.b = b; } }
 * tree.registerPytreeNode(Pair, (pair) => [[pair.a, pair.b], null], (_, [a, b]) => new Pair(a, b));
 * tree.map((x) => x + 1, new Pair(1, 2)).b // => 3
 */
export function registerPytreeNode<T extends object>(
  target: abstract new (...args: never[]) => T,
  flatten: (object: T) => readonly [children: readonly Tree[], aux: unknown],
  unflatten: (aux: never, children: never) => T,
): void {
  register(
    target,
    (object: T) => {
      const [children, aux] = flatten(object);
      return listed(children, (others) => unflatten(aux as never, others as never));
    },
    "registerPytreeNode",
  );
}

/**
 * `registerPytreeNode` of a class whose objects have `treeFlatten()` and which has `treeUnflatten(aux, children)`.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`register_pytree_node_class`).
 * @returns the class
 * @throws TypeError if it is none
 * @example
 * class Box {
 *   constructor(value) { this.value = value; }
 *   treeFlatten() { return [[this.value], null]; }
 *   static treeUnflatten(_, [value]) { return new Box(value); }
 * }
 * tree.leaves(new (tree.registerPytreeNodeClass(Box))(5)) // => [5]
 */
export function registerPytreeNodeClass<
  T extends { treeFlatten(): readonly [children: readonly Tree[], aux: unknown] },
  C extends PytreeClass<T>,
>(target: C): C {
  registerPytreeNode(
    target,
    (object: T) => object.treeFlatten(),
    (aux, children) => target.treeUnflatten(aux, children),
  );
  return target;
}

/**
 * Makes objects of a class nodes, whose children are the attributes named.
 *
 * Source: JAX 0.10.2 `jax/_src/tree_util.py` (`register_dataclass`).
 * @param dataFields the attributes with children, by name
 * @param metaFields the attributes that every copy keeps
 * @returns the class
 * @throws TypeError if it is none
 * @example
 * class Batch { constructor() { this.image = 1; this.name = "a"; } }
 * tree.registerDataclass(Batch, ["image"], ["name"]);
 * tree.map((x) => x * 10, new Batch()).image // => 10
 */
export function registerDataclass<C extends abstract new (...args: never[]) => object>(
  target: C,
  dataFields: readonly string[],
  metaFields: readonly string[] = [],
): C {
  register(
    target,
    (object: Record<string, Tree>) => ({
      keys: dataFields,
      child: (key) => object[key],
      build(children) {
        const built = Object.create(target.prototype as object) as Record<string, Tree>;
        for (const name of metaFields) built[name] = object[name];
        for (const [i, name] of dataFields.entries()) built[name] = children[i];
        return built;
      },
    }),
    "registerDataclass",
  );
  return target;
}
