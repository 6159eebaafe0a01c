import { describe, hasBrand } from "../base/index.ts";
import { fit, Problems, sameBits, sameKind } from "./fit.ts";
import type { Leaf } from "./leaf.ts";
import { assertGraph, isTree } from "./graph.ts";
import type { Child } from "./node.ts";
import { childOf, setChild } from "./node.ts";
import { kindOf } from "./nodekind.ts";
import type { Path } from "./path.ts";
import { formatPath, toIndex } from "./path.ts";
import { flattenMapping } from "./traversals.ts";
import type { Variable, VariableValue } from "./variable.ts";
import { toValue } from "./variable.ts";

/** What is to happen to one Variable. */
interface Assignment {
  readonly path: Path;
  readonly value: VariableValue;
  /** Where the value came in a Variable, whose metadata is taken over too. */
  readonly from: Variable<VariableValue> | undefined;
}

/**
 * Writes states into a model in place: States, or plain nested objects of arrays. Leaves that are not mentioned stay,
 * new leaves of a module are added to it. Of several states with one path the last counts.
 *
 * **All or nothing**: everything is checked before anything changes. Unlike Flax, which takes any value, the new values
 * must have the shapes and dtypes of the old ones (plain numbers take the dtype).
 *
 * @throws TypeError if `node` is no module or a state no state; StateError, with every path concerned: `ShapeMismatch`,
 * `DtypeMismatch`; `GraphMismatch` where one has a leaf and the other more below, or Variables of different kinds;
 * `UnexpectedKeys` for leaves below something that does not exist; `AliasConflict` if one shared Variable is given two
 * values
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`update`).
 * @example
 * const copy = nnx.clone(model);
 * nnx.update(copy, { kernel: jnp.ones([3, 4]) });
 * copy([1, 2, 3]).tolist() // => [6, 6, 6, 6]
 */
export function update(node: object, ...states: readonly unknown[]): void {
  assertGraph(node, "update");
  const problems = new Problems();
  const assignments = new Map<Variable<VariableValue>, Assignment>();
  const settings = new Map<object, Map<string | number, unknown>>();
  const set = (container: object, key: string | number, value: unknown): void =>
    void (settings.get(container) ?? settings.set(container, new Map()).get(container)!).set(key, value);
  for (const state of states) {
    const mine = new Map<Variable<VariableValue>, Assignment>();
    for (const [path, given] of flattenMapping(state)) {
      const place = locate(node, path, problems);
      if (place === undefined) continue;
      const { container, child, key } = place;
      if (child === undefined)
        set(container, key, hasBrand(given, "Variable") ? (given as Variable).copy() : toValue(given));
      else if (child.role === "array") set(container, child.key, fit(child.value as never, given, path, problems));
      else if (child.role === "variable") assign(child.value as Variable<VariableValue>, given, path, mine, problems);
      else
        problems.add(
          "GraphMismatch",
          `"${formatPath(path)}" expected ${child.role === "static" ? "no value, for it is configuration" : `a mapping for ${describe(child.value)}`}, got ${describe(given)}`,
        );
    }
    for (const [variable, assignment] of mine) assignments.set(variable, assignment);
  }
  problems.throwIfAny("update");
  for (const [variable, { value, from }] of assignments) {
    if (from) variable.updateFromState(from);
    else variable.setRawValue(value);
  }
  for (const [container, values] of settings)
    for (const [key, value] of values) setChild(container, key, value as Leaf);
}

function assign(
  variable: Variable<VariableValue>,
  given: unknown,
  path: Path,
  mine: Map<Variable<VariableValue>, Assignment>,
  problems: Problems,
): void {
  const from = hasBrand(given, "Variable") ? (given as Variable<VariableValue>) : undefined;
  if (from && !sameKind(variable, from))
    problems.add("GraphMismatch", `"${formatPath(path)}" expected ${article(variable)}, got ${article(from)}`);
  const value = fit(variable.getRawValue(), from ? from.getRawValue() : given, path, problems);
  const before = mine.get(variable);
  if (before && !sameBits(before.value, value))
    problems.add(
      "AliasConflict",
      `"${formatPath(before.path)}" and "${formatPath(path)}" expected one value, for they are one ${variable.constructor.name}, got two that differ`,
    );
  mine.set(variable, { path, value, from });
}

function article(x: object): string {
  return `a ${x.constructor.name}`;
}

interface Place {
  readonly container: object;
  readonly key: string | number;
  /** What is there; undefined where a leaf may be added. */
  readonly child: Child | undefined;
}

/** Where a path leads; undefined, with a problem noted, where it leads nowhere. */
function locate(node: object, path: Path, problems: Problems): Place | undefined {
  let container = node;
  let tree = isTree(node);
  for (const [i, key] of path.entries()) {
    const child = childOf(container, tree, key);
    const last = i === path.length - 1;
    if (child === undefined && last && mayAdd(container, tree, key))
      return { container, key: kindOf(container).intKeys ? toIndex(key) : key, child };
    if (child === undefined) {
      problems.add(
        "UnexpectedKeys",
        `"${formatPath(path)}" expected to be in the model, got nothing at ${formatPath(path.slice(0, i + 1))}`,
      );
      return undefined;
    }
    if (last) return { container, key: child.key, child };
    if (child.role !== "node" && child.role !== "tree") {
      problems.add(
        "GraphMismatch",
        `"${formatPath(path)}" expected a leaf at ${formatPath(path.slice(0, i + 1))}, got a mapping`,
      );
      return undefined;
    }
    container = child.value as object;
    tree = child.role === "tree";
  }
  problems.add("GraphMismatch", `"${formatPath(path)}" expected a mapping, got a leaf`);
  return undefined;
}

/** Lists grow at their end; modules get any attribute that hides none of their methods; streams and trees stay as they are. */
function mayAdd(container: object, tree: boolean, key: string | number): boolean {
  if (tree || !hasBrand(container, "Module")) return false;
  if (kindOf(container).intKeys) return (container as { length?: unknown }).length === toIndex(key);
  return typeof key === "string" && (key === "__proto__" || !(key in container));
}
