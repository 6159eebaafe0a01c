import { assertFunction, hasBrand, inOrder, inTrees, refuseSurplus } from "../../base/index.ts";
import { checkFits, Mismatches } from "./checkfits.ts";
import type { Leaf } from "../graph/leaf.ts";
import type { Path } from "../tree/path.ts";
import { formatPath, pathKey, toIndex } from "../tree/path.ts";
import { assertState, State } from "./state.ts";
import type { Level, Mapping, Nested } from "../graph/traversals.ts";
import { flattenMapping, flattenOf, nest, unflattenMapping, withItems } from "../graph/traversals.ts";
import type { Variable, VariableValue } from "../variables/variable.ts";

/**
 * A state as plain nested objects of arrays. Keys are names: the index 0 of a list is "0". The objects have no
 * prototype, so that any name is a name.
 *
 * @param extractFn what becomes of each leaf; by default a Variable's value
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`to_pure_dict`).
 * @example
 * nnx.toPureDict(nnx.state(model)).kernel.shape // => [3, 4]
 */
export function toPureDict<T = VariableValue>(
  state: State,
  extractFn?: ((leaf: Leaf) => T) | null | { readonly extractFn?: (leaf: Leaf) => T },
): Mapping<T>;
export function toPureDict<T>(): Mapping<T> {
  return inOrder(toPureDictOf<T>, arguments, 2, "nnx.toPureDict state extractFn:x");
}

function toPureDictOf<T>(state: State, extractFn = valueOf as (leaf: Leaf) => T): Mapping<T> {
  assertFunction(extractFn, 'nnx.toPureDict: "extractFn"');
  return unflattenMapping(
    [...assertState(state, "toPureDict")].map(([path, leaf]) => [path, extractFn(leaf)] as const),
  );
}

function valueOf(leaf: Leaf): VariableValue {
  return hasBrand(leaf, "Variable") ? (leaf as Variable<VariableValue>).getValue() : (leaf as VariableValue);
}

/** What becomes of a leaf and its new value. */
type ReplaceFn = (leaf: Leaf, value: unknown) => unknown;

/**
 * Replaces leaves of a state, in place, by the values of a plain nested object. A path is looked for as it is written,
 * then with its names that are numbers as list indices; a list may be a plain array. The state gets new Variables; the
 * model it came from changes at `nnx.update(model, state)`.
 *
 * @param replaceFn what becomes of a leaf and its value; by default a Variable of the same class with the value
 * @throws StateError `UnexpectedKeys`, with all paths, if the state does not have one; `ShapeMismatch`,
 * `DtypeMismatch` without a `replaceFn`. Nothing has changed then
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`replace_by_pure_dict`).
 * @example
 * const state = nnx.state(model);
 * nnx.replaceByPureDict(state, { kernel: jnp.zeros([3, 4]) });
 * state.get("kernel").get().tolist()[0] // => [0, 0, 0, 0]
 */
export function replaceByPureDict(
  state: State,
  pureDict: Mapping,
  replaceFn?: ReplaceFn | null | { readonly replaceFn?: ReplaceFn },
): void;
export function replaceByPureDict(
  state: State,
  named: { readonly pureDict: Mapping; readonly replaceFn?: ReplaceFn },
): void;
export function replaceByPureDict(): void {
  inTrees(replaceByPureDictOf, arguments, 2, "nnx.replaceByPureDict state pureDict replaceFn:x");
}

function replaceByPureDictOf(state: State, pureDict: Mapping, replaceFn?: ReplaceFn): void {
  if (replaceFn !== undefined) assertFunction(replaceFn, 'nnx.replaceByPureDict: "replaceFn"');
  const entries = new Map(
    [...assertState(state, "replaceByPureDict")].map(([path, leaf]) => [pathKey(path), [path, leaf] as const]),
  );
  const mismatches = new Mismatches();
  const lists = new Set(
    [...state].flatMap(([path]) =>
      path.flatMap((part, i) => (typeof part === "number" ? [pathKey(path.slice(0, i))] : [])),
    ),
  );
  const isList = (path: Path): boolean => lists.has(pathKey(path)) || lists.has(pathKey(path.map(toIndex)));
  for (const [path, value] of withItems(flattenOf(pureDict, 'nnx.replaceByPureDict: "pureDict"'), isList)) {
    const key = [pathKey(path), pathKey(path.map(toIndex))].find((known) => entries.has(known));
    if (key === undefined) {
      mismatches.add("UnexpectedKeys", `"${formatPath(path)}" expected to be in the state`);
      continue;
    }
    const [at, leaf] = entries.get(key)!;
    entries.set(key, [at, (replaceFn ? replaceFn(leaf, value) : replaced(leaf, value, path, mismatches)) as Leaf]);
  }
  mismatches.throwIfAny("replaceByPureDict");
  State.refill(state, [...entries.values()]);
}

function replaced(leaf: Leaf, given: unknown, path: Path, mismatches: Mismatches): Leaf {
  if (!hasBrand(leaf, "Variable")) return checkFits(leaf as VariableValue, given, path, mismatches);
  const variable = leaf as Variable<VariableValue>;
  const value = checkFits(
    variable.getRawValue(),
    hasBrand(given, "Variable") ? (given as Variable).getRawValue() : given,
    path,
    mismatches,
  );
  return variable.replace(value as never);
}

/**
 * Nested Maps of a plain nested object in which the names "0", "1", ... are numbers again, as a state has them. Names
 * that are numbers written in another way ("00", "-0", "1e0") stay names.
 *
 * Source: Flax 0.12.8 `flax/nnx/statelib.py` (`restore_int_paths`).
 * @example
 * [...nnx.restoreIntPaths({ 0: 1, "00": 2 }).keys()] // => [0, "00"]
 */
export function restoreIntPaths(pureDict: Mapping): Nested {
  if (arguments.length > 1) refuseSurplus("nnx.restoreIntPaths", "pureDict", arguments, false);
  return plain(nest(flattenMapping(pureDict).map(([path, leaf]) => [path.map(toIndex), leaf] as const)) as Level);
}

/** The levels as Maps that anyone may read. */
function plain(level: Level): Nested {
  return new Map(
    [...level].map(([key, value]) => [
      key,
      value instanceof Map && value.constructor === level.constructor ? plain(value as Level) : value,
    ]),
  );
}
