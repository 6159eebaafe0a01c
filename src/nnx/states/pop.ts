import type { Filter } from "../graph/filter.ts";
import { toPredicates } from "../graph/filter.ts";
import type { Leaf, Entry } from "../graph/leaf.ts";
import { assertGraph, isTree } from "../graph/walk.ts";
import { childrenOf, removeChild } from "../graph/node.ts";
import type { Path, PathPart } from "../tree/path.ts";
import type { States } from "./state.ts";
import { State } from "./state.ts";

/**
 * Takes the leaves that filters match out of a model, in place, and gives them as a State, or as one State a filter.
 * A shared Variable is taken from its first path only. A list closes up.
 *
 * @throws TypeError if `node` is not a module; RangeError without filters, or if `nnx.Rest` is not the last
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`pop`).
 * @example
 * const copy = nnx.clone(model);
 * nnx.pop(copy, nnx.Param).get("kernel").shape // => [3, 4]
 * nnx.state(copy).size // => 0
 */
export function pop<F extends readonly [Filter, ...Filter[]]>(node: object, ...filters: F): States<F> {
  assertGraph(node, "pop");
  if ((filters as readonly Filter[]).length === 0)
    throw new RangeError(
      'nnx.pop: "filters" expected at least one, got none. nnx.pop(model, nnx.Intermediate) takes these',
    );
  const predicates = toPredicates(filters, "pop");
  const parts: Entry[][] = predicates.map(() => []);
  const removals: (readonly [object, PathPart])[] = [];
  const seen = new Set<unknown>();
  const visit = (container: object, tree: boolean, path: Path): void => {
    if (!tree) seen.add(container);
    for (const { key, value, role } of childrenOf(container, tree, path)) {
      const below = [...path, key];
      if (role === "static" || (role !== "array" && seen.has(value))) continue;
      if (role === "node" || role === "tree") {
        visit(value as object, role === "tree", below);
        continue;
      }
      const first = predicates.findIndex((matches) => matches(below, value as Leaf));
      if (first < 0) continue;
      seen.add(value);
      parts[first]!.push([below, value as Leaf]);
      removals.push([container, key]);
    }
  };
  visit(node, isTree(node), []);
  for (const [container, key] of removals.toReversed()) removeChild(container, key);
  const states = parts.map((part) => new State(part));
  return (states.length === 1 ? states[0] : states) as unknown as States<F>;
}
