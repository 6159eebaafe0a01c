import { describe, hasBrand } from "../../base/index.ts";
import { checkFits, Mismatches, sameBits, sameKind } from "./checkfits.ts";
import type { Leaf } from "../graph/leaf.ts";
import { assertGraph, isTree } from "../graph/walk.ts";
import type { Child } from "../graph/node.ts";
import { childOf, setChild } from "../graph/node.ts";
import { kindOf } from "../graph/nodekind.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import { flattenOf, withItems } from "../graph/traversals.ts";
import { assertOwn } from "../variables/ownership.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";

/** What a child that holds no value takes. */
function expectedOf({ role, value }: Child): string {
  return role === "static" ? "no value, for it is configuration" : `a mapping for ${describe(value)}`;
}

/** What is to happen to one Variable. */
interface Assignment {
  readonly path: Path;
  readonly value: VariableValue;
  /** Where the value came in a Variable, whose metadata is taken over too. */
  readonly from: Variable<VariableValue> | undefined;
}

/**
 * Writes states into a model in place: States, or plain nested objects of arrays; a list may be a plain array. Leaves
 * that are not mentioned stay. Of several states with one path the last counts.
 *
 * **All or nothing**: everything is checked before anything changes. Unlike Flax, which takes any value and adds what
 * the model does not have, every path must be the model's, and the new values must have the shapes and dtypes of the
 * old ones (plain numbers take the dtype).
 *
 * @throws TypeError if `node` is not a module or a state is not a State; StateError, with every path concerned:
 * `ShapeMismatch`, `DtypeMismatch`; `GraphMismatch` where one has a leaf and the other more below, or Variables of
 * different kinds; `UnexpectedKeys` for what the model does not have; `AliasConflict` if one shared Variable is given
 * two values
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`update`).
 * @example
 * const copy = nnx.clone(model);
 * nnx.update(copy, { kernel: jnp.ones([3, 4]) });
 * copy([1, 2, 3]).tolist() // => [6, 6, 6, 6]
 */
export function update(node: object, ...states: readonly unknown[]): void {
  assertGraph(node, "update");
  const mismatches = new Mismatches();
  const assignments = new Map<Variable<VariableValue>, Assignment>();
  const settings = new Map<object, Map<string | number, unknown>>();
  const set = (container: object, key: string | number, value: unknown): void =>
    void (settings.get(container) ?? settings.set(container, new Map()).get(container)!).set(key, value);
  for (const state of states) {
    const mine = new Map<Variable<VariableValue>, Assignment>();
    const isList = (path: Path): boolean => kindOf(nodeAt(node, path) ?? {}).intKeys === true;
    for (const [path, given] of withItems(flattenOf(state, 'nnx.update: "state"'), isList)) {
      const place = locate(node, path, mismatches);
      if (place === undefined) continue;
      const { container, child } = place;
      if (child.role === "array") set(container, child.key, checkFits(child.value as never, given, path, mismatches));
      else if (child.role === "variable") assign(child.value as Variable<VariableValue>, given, path, mine, mismatches);
      else
        mismatches.add("GraphMismatch", `"${formatPath(path)}" expected ${expectedOf(child)}, got ${describe(given)}`);
    }
    for (const [variable, assignment] of mine) assignments.set(variable, assignment);
  }
  mismatches.throwIfAny("update");
  for (const variable of assignments.keys()) assertOwn(variable, "nnx.update");
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
  mismatches: Mismatches,
): void {
  const from = hasBrand(given, "Variable") ? (given as Variable<VariableValue>) : undefined;
  if (from && !sameKind(variable, from))
    mismatches.add("GraphMismatch", `"${formatPath(path)}" expected ${article(variable)}, got ${article(from)}`);
  const value = checkFits(variable.getRawValue(), from ? from.getRawValue() : given, path, mismatches);
  const before = mine.get(variable);
  if (before && !sameBits(before.value, value))
    mismatches.add(
      "AliasConflict",
      `"${formatPath(before.path)}" and "${formatPath(path)}" expected one value, for they are one ` +
        `${variable.constructor.name}, got two that differ`,
    );
  mine.set(variable, { path, value, from });
}

function article(x: object): string {
  return `a ${x.constructor.name}`;
}

interface Place {
  readonly container: object;
  readonly child: Child;
}

/** Where a path leads; undefined, with a problem noted, where it leads nowhere. */
function locate(node: object, path: Path, mismatches: Mismatches): Place | undefined {
  let container = node;
  let tree = isTree(node);
  for (const [i, key] of path.entries()) {
    const child = childOf(container, tree, key);
    const last = i === path.length - 1;
    if (child === undefined) {
      mismatches.add(
        "UnexpectedKeys",
        `"${formatPath(path)}" expected to be in the model, got nothing at ${formatPath(path.slice(0, i + 1))}`,
      );
      return undefined;
    }
    if (last) return { container, child };
    if (child.role !== "node" && child.role !== "tree") {
      mismatches.add(
        "GraphMismatch",
        `"${formatPath(path)}" expected a leaf at ${formatPath(path.slice(0, i + 1))}, got a mapping`,
      );
      return undefined;
    }
    container = child.value as object;
    tree = child.role === "tree";
  }
  mismatches.add("GraphMismatch", `"${formatPath(path)}" expected a mapping, got a leaf`);
  return undefined;
}

/** The module or container that a path leads to. */
function nodeAt(node: object, path: Path): object | undefined {
  let container = node;
  for (const key of path) {
    const child = childOf(container, isTree(container), key);
    if (child?.role !== "node") return undefined;
    container = child.value as object;
  }
  return container;
}
