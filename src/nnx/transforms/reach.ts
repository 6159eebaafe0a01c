import type { NDArray } from "../../array/index.ts";
import { brandOf } from "../../base/index.ts";
import type { State } from "../states/state.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";
import { peek } from "../variables/variable.ts";

/** What is done with what is found. */
export interface Visitor {
  /** @param variable the Variable whose value it is */
  array(x: NDArray, variable?: object): void;
  /** A function that is not a module, outside of modules: it may have arrays that cannot be seen. */
  closure?(): void;
}

/**
 * Visits all arrays in a value: in Variables, States, modules and their attributes, lists, Maps, Sets and objects of
 * any class. An array that is in several places is visited as often.
 */
export function eachArray(value: unknown, visitor: Visitor): void {
  // A result is an array as a rule.
  if (brandOf(value) === "NDArray") visitor.array(value as NDArray);
  else walk(value, visitor, new Set(), false);
}

function walk(value: unknown, visitor: Visitor, seen: Set<unknown>, inModule: boolean): void {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
  switch (brandOf(value)) {
    case "NDArray":
      visitor.array(value as NDArray);
      return;
    case "Variable":
      walkValue(value as Variable<VariableValue>, visitor, seen, inModule);
      return;
    case "State":
      for (const [, leaf] of value as State) walk(leaf, visitor, seen, inModule);
      return;
    case "Key":
    case "GraphDef":
      return;
    case "Module":
    case "Rngs":
    case "RngStream":
      walkItems(value, visitor, seen, true);
      return;
  }
  if (typeof value === "function" && !inModule) visitor.closure?.();
  if (!ArrayBuffer.isView(value)) walkItems(value, visitor, seen, inModule);
}

function walkValue(variable: Variable<VariableValue>, visitor: Visitor, seen: Set<unknown>, inModule: boolean): void {
  const value = peek(variable);
  if (brandOf(value) === "NDArray") visitor.array(value as NDArray, variable);
  else walk(value, visitor, seen, inModule);
}

function walkItems(value: object, visitor: Visitor, seen: Set<unknown>, inModule: boolean): void {
  if (seen.has(value)) return;
  seen.add(value);
  if (Array.isArray(value) || value instanceof Set) for (const item of value) walk(item, visitor, seen, inModule);
  else if (value instanceof Map)
    for (const [key, item] of value) {
      walk(key, visitor, seen, inModule);
      walk(item, visitor, seen, inModule);
    }
  else for (const item of Object.values(value)) walk(item, visitor, seen, inModule);
}
