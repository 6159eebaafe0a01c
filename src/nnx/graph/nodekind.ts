import type { PathPart } from "../tree/path.ts";

/** How a kind of node differs from a module whose children are its attributes. */
export interface NodeKind {
  /** The keys of the children are list indices. */
  readonly intKeys?: boolean;
  /** An instance without children. */
  empty?(prototype: object): object;
  set?(node: object, key: PathPart, value: unknown): void;
  remove?(node: object, key: PathPart): void;
  /** @throws if `node` does not know some of its own children */
  check?(node: object, keys: readonly PathPart[]): void;
}

/** The prototypes of nodes that are not plain modules say so under this symbol. */
export const NODE_KIND: unique symbol = Symbol.for("flaxen.nodeKind") as never;

const PLAIN: NodeKind = {};

export function kindOf(node: object): NodeKind {
  return (node as { readonly [NODE_KIND]?: NodeKind })[NODE_KIND] ?? PLAIN;
}
