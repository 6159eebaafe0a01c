import type { Tree, TreePath } from "./node.ts";
import { pathText } from "./paths.ts";

/**
 * The structure of a tree, without its leaves, as `jax.tree.structure` gives it.
 *
 * @example
 * const structure = tree.structure({ a: 1, b: [2, 3] });
 * structure.numLeaves // => 3
 * structure.equals(tree.structure({ a: 7, b: [8, 9] })) // => true
 */
export class TreeDef {
  /** How many leaves there are. */
  readonly numLeaves: number;
  // A closure, not a private member: devtools and proxies may read it.
  readonly build: (leaves: readonly unknown[]) => Tree;
  readonly paths: readonly TreePath[];

  /** Made by `tree.flatten` and `tree.structure`. @internal */
  constructor(paths: readonly TreePath[], build: (leaves: readonly unknown[]) => Tree) {
    this.numLeaves = paths.length;
    this.paths = paths;
    this.build = build;
  }

  /**
   * A tree of this structure with other leaves.
   *
   * @throws RangeError for another number of leaves
   */
  unflatten(leaves: Iterable<unknown>): Tree {
    const given = [...leaves];
    if (given.length !== this.numLeaves)
      throw new RangeError(`tree.unflatten: "leaves" expected ${this.numLeaves}, got ${given.length}`);
    return this.build(given);
  }

  /** Whether the leaves of another structure stand at the same places. */
  equals(other: TreeDef): boolean {
    return String(this) === String(other);
  }

  /** The places of the leaves. */
  toString(): string {
    return `PyTreeDef(${this.paths.map((path) => pathText(path) || "*").join(", ")})`;
  }
}
