import type { Path } from "../tree/path.ts";
import { isTree } from "../graph/walk.ts";
import { childrenOf, setChild } from "../graph/node.ts";
import { lending } from "../variables/ownership.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import type { Leaf } from "../graph/leaf.ts";

/** A place of a model that holds a value: a Variable, or an attribute that is a bare array or key. */
export interface Slot {
  readonly path: Path;
  /** The Variable, or the array that is there. */
  readonly leaf: Leaf;
  get(): VariableValue;
  set(value: VariableValue): void;
}

/** The places of a model, sorted by path; what is shared is there once, at its first path. */
export function slotsOf(node: object): Slot[] {
  const slots: Slot[] = [];
  const seen = new Set<unknown>();
  const visit = (container: object, tree: boolean, path: Path): void => {
    if (!tree) seen.add(container);
    for (const { key, value, role } of childrenOf(container, tree, path)) {
      if (role === "static" || seen.has(value)) continue;
      const below = [...path, key];
      if (role === "tree" || role === "node") visit(value as object, role === "tree", below);
      else if (role === "array") slots.push(attributeSlot(container, key, value as VariableValue, below));
      else {
        seen.add(value);
        slots.push(variableSlot(value as Variable<VariableValue>, below));
      }
    }
  };
  visit(node, isTree(node), []);
  return slots;
}

/** A Variable as a place. */
export function variableSlot(variable: Variable<VariableValue>, path: Path): Slot {
  return {
    path,
    leaf: variable,
    get: () => variable.getRawValue(),
    set: (value) => lending(() => variable.setRawValue(value as never)),
  };
}

function attributeSlot(container: object, key: string | number, leaf: VariableValue, path: Path): Slot {
  return {
    path,
    leaf,
    get: () => (container as Record<string | number, VariableValue>)[key]!,
    set: (value) => setChild(container, key, value),
  };
}
