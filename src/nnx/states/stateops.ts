import type { Given } from "../../base/index.ts";
import { inOrder, refuseSurplus } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import type { Leaf, Entry } from "../graph/leaf.ts";
import type { Path } from "../tree/path.ts";
import { formatPaths, pathKey } from "../tree/path.ts";
import { StateError } from "../tree/stateerror.ts";
import { flattenOf } from "../graph/traversals.ts";
import type { States } from "./state.ts";
import { assertState, fromFlatState, partition, State } from "./state.ts";

/**
 * The parts of a state that filters match, each leaf in the first that does; what none matches is left out.
 *
 * @throws TypeError if `state` is not a State; RangeError if `nnx.Rest` is not the last filter
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`filter_state`), as are the other functions of this file.
 * @example
 * nnx.filterState(nnx.state(model), nnx.Param).size // => 1
 */
export function filterState<F extends readonly Filter[]>(state: State, ...filters: F): States<F> {
  const [states] = partition([...assertState(state, "filterState")], filters, "filterState");
  return (states.length === 1 ? states[0] : states) as States<F>;
}

/**
 * `filterState` that must leave nothing out.
 *
 * @throws StateError `UnexpectedKeys` if a leaf matches no filter
 *
 * @example
 * nnx.splitState(nnx.state(model), nnx.Param, nnx.Rest).map((part) => part.size) // => [1, 0]
 */
export function splitState<F extends readonly Filter[]>(state: State, ...filters: F): States<F> {
  const states = exhaustive([...assertState(state, "splitState")], filters, "splitState");
  return (states.length === 1 ? states[0] : states) as States<F>;
}

/** @throws StateError `UnexpectedKeys` if an entry matches no filter */
export function exhaustive(entries: readonly Entry[], filters: readonly Filter[], fn: string): State[] {
  const [states, rest] = partition(entries, filters, fn);
  if (rest.length > 0)
    throw new StateError(
      "UnexpectedKeys",
      `nnx.${fn}: "filters" expected to match every leaf, got none for ` +
        `${formatPaths(rest.map(([path]) => path))}. End with nnx.Rest to take what is left`,
    );
  return states;
}

/**
 * One state of several, or of plain nested objects; of equal paths the last counts.
 *
 * @throws StateError `PathConflict` if a leaf of one stands where another has more below
 *
 * @example
 * const [params, rest] = nnx.state(model, nnx.Param, nnx.Rest);
 * nnx.mergeState(params, rest).size // => 1
 */
export function mergeState(...states: readonly unknown[]): State {
  return fromFlatState(states.flatMap((state) => flattenOf(state, 'nnx.mergeState: "state"')));
}

/**
 * The state of what a function makes of each leaf.
 *
 * @example
 * nnx.mapState((path, leaf) => leaf.get().mul(0), nnx.state(model)).get("kernel").shape // => [3, 4]
 */
export function mapState(f: (path: Path, leaf: Leaf) => unknown, ...places: Given<[state: State], "state">): State;
export function mapState(): State {
  return inOrder(mapStateOf, arguments, 2, "nnx.mapState f state");
}

function mapStateOf(f: (path: Path, leaf: Leaf) => unknown, state: State): State {
  return new State([...assertState(state, "mapState")].map(([path, leaf]) => [path, f(path, leaf) as Leaf]));
}

/**
 * The leaves of a state whose paths another does not have.
 *
 * @example
 * nnx.diffState(nnx.state(model), nnx.state(model, nnx.Param)).size // => 0
 */
export function diffState(state: State, other: State): State {
  if (arguments.length > 2) refuseSurplus("nnx.diffState", "state other", arguments, false);
  const paths = new Set([...assertState(other, "diffState")].map(([path]) => pathKey(path)));
  return new State([...assertState(state, "diffState")].filter(([path]) => !paths.has(pathKey(path))));
}
