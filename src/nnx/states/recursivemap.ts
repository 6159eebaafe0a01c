import { refuseSurplus } from "../../base/index.ts";
import { roleOf } from "../tree/data.ts";
import { assertGraph, isTree } from "../graph/walk.ts";
import { childrenOf, setChild } from "../graph/node.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import { clone } from "./split.ts";

/**
 * A copy of a model in which everything, children before what holds them, is what a function makes of it. The copy
 * shares the Variables that the function leaves alone.
 *
 * @throws RangeError if the model has a cycle: the function cannot have seen all below
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`recursive_map`).
 * @example
 * const paths = [];
 * nnx.recursiveMap((path, value) => (paths.push(path.join("/")), value), model);
 * paths // => ["kernel", ""]
 */
export function recursiveMap<M extends object>(f: (path: Path, value: unknown) => unknown, node: M): M {
  if (arguments.length > 2) refuseSurplus("nnx.recursiveMap", "f node", arguments, false);
  assertGraph(node, "recursiveMap");
  const results = new Map<unknown, unknown>();
  const entered = new Set<unknown>();
  const visit = (value: unknown, path: Path): unknown => {
    const role = path.length === 0 && isTree(value) ? "tree" : roleOf(value, true);
    const shared = role === "node" || role === "variable";
    if (shared && results.has(value)) return results.get(value);
    if (entered.has(value))
      throw new RangeError(`nnx.recursiveMap: "node" expected a model without cycles, got one at ${formatPath(path)}`);
    if (role === "node" || role === "tree") {
      entered.add(value);
      for (const child of childrenOf(value as object, role === "tree", path)) {
        const made = visit(child.value, [...path, child.key]);
        if (made !== child.value) setChild(value as object, child.key, made);
      }
    }
    const made = f(path, value);
    if (shared) results.set(value, made);
    return made;
  };
  return visit(clone(node, { variables: false }), []) as M;
}
