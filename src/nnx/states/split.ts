import type { NDArray } from "../../array/index.ts";
import { array, asarray, isAbstract } from "../../array/index.ts";
import { assertNames, describe, hasBrand, refuseSurplus } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import type { Leaf } from "../graph/leaf.ts";
import { assertGraph } from "../graph/walk.ts";
import type { GraphDef } from "../graph/graphdef.ts";
import { flatten, leafPaths, unflatten } from "../graph/graphdef.ts";
import type { Path } from "../tree/path.ts";
import { formatPaths, pathKey } from "../tree/path.ts";
import type { LeafOf } from "./state.ts";
import { State } from "./state.ts";
import { StateError } from "../tree/stateerror.ts";
import { exhaustive, mapState } from "./stateops.ts";
import { flattenMapping, flattenOf } from "../graph/traversals.ts";
import type { Variable } from "../variables/variable.ts";

/** A GraphDef, and one State a filter: all in one without filters. */
export type Split<M extends object, F extends readonly Filter[]> = F extends readonly []
  ? [GraphDef<M>, State]
  : [GraphDef<M>, ...{ [I in keyof F]: State<LeafOf<F[I]>> }];

/**
 * A model as its structure and its state; with filters the state in parts, each leaf in the first that matches.
 *
 * The Variables in the state are the model's own. Something shared is in the state once, at its first path.
 *
 * @throws TypeError if `node` is not a module; StateError `UnexpectedKeys` if a leaf matches no filter
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`split`).
 * @example
 * const [graphdef, params, rest] = nnx.split(model, nnx.Param, nnx.Rest);
 * nnx.merge(graphdef, params, rest)(jnp.ones([3])).tolist() // => model(jnp.ones([3])).tolist()
 */
export function split<M extends object, F extends readonly Filter[]>(node: M, ...filters: F): Split<M, F> {
  assertGraph(node, "split");
  const { graphdef: def, entries } = flatten(node);
  return [def, ...exhaustive(entries, filters, "split")] as unknown as Split<M, F>;
}

/**
 * The structure of a model alone.
 *
 * @throws TypeError if `node` is not a module
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`graphdef`).
 * @example
 * nnx.graphdef(model).toString().split("\n")[0] // => "GraphDef ModuleBasics (0)"
 */
export function graphdef<M extends object>(node: M): GraphDef<M> {
  if (arguments.length > 1) refuseSurplus("nnx.graphdef", "node", arguments, false);
  assertGraph(node, "graphdef");
  return flatten(node).graphdef;
}

/** How `merge` treats the Variables it gets. */
export interface MergeOptions {
  /** Puts copies of the Variables into the model, so that it shares nothing with the state. */
  readonly copy?: boolean;
}

/**
 * The model of a structure and a state, or of a state in parts, or of plain nested objects of arrays.
 *
 * **The Variables of the state are put into the model as they are**: with the state of a `split` the new model and the
 * old one share them, unless `{ copy: true }`. No constructor runs; private `#fields` of a class are not carried over.
 *
 * @throws TypeError if `graphdef` is none; StateError `MissingKeys` or `UnexpectedKeys`, with all paths, if the state
 * does not have the leaves the structure asks for, `PathConflict` if two states have one path
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`merge`).
 * @example
 * const [graphdef, state] = nnx.split(model);
 * nnx.merge(graphdef, state).kernel === model.kernel // => true
 * nnx.merge(graphdef, state, { copy: true }).kernel === model.kernel // => false
 */
export function merge<M extends object>(graphdef: GraphDef<M>, ...states: readonly unknown[]): M {
  if (!hasBrand(graphdef, "GraphDef"))
    throw new TypeError(
      `nnx.merge: "graphdef" expected a GraphDef, got ${describe(graphdef)}. nnx.split(model) gives [graphdef, state]`,
    );
  const last = states.at(-1);
  const { copy = false } = isMergeOptions(last) ? last : {};
  const given = (isMergeOptions(last) ? states.slice(0, -1) : states).flatMap((state) =>
    flattenOf(state, 'nnx.merge: "state"'),
  );
  const leaves = new Map<string, unknown>();
  const paths = new Map<string, Path>();
  const twice: Path[] = [];
  for (const [path, leaf] of given) {
    const key = pathKey(path);
    if (leaves.has(key)) twice.push(path);
    leaves.set(
      key,
      copy && hasBrand(leaf, "Variable")
        ? (leaf as Variable).copy()
        : hasBrand(leaf, "Variable") || hasBrand(leaf, "Key")
          ? leaf
          : asarray(leaf as never),
    );
    paths.set(key, path);
  }
  if (twice.length > 0)
    throw new StateError(
      "PathConflict",
      `nnx.merge: "state" expected one leaf for every path of the structure, got more for ${formatPaths(twice)}. ` +
        "nnx.mergeState takes the last of each",
    );
  const wanted = leafPaths(graphdef.root);
  const missing = wanted.filter((path) => !leaves.has(pathKey(path)));
  if (missing.length > 0)
    throw new StateError(
      "MissingKeys",
      `nnx.merge: "state" expected a leaf for every path of the structure, got none for ${formatPaths(missing)}`,
    );
  for (const path of wanted) paths.delete(pathKey(path));
  if (paths.size > 0)
    throw new StateError(
      "UnexpectedKeys",
      `nnx.merge: "state" expected no leaf that the structure does not have, got ${formatPaths([...paths.values()])}`,
    );
  return unflatten(graphdef.root, leaves) as M;
}

function isMergeOptions(x: unknown): x is MergeOptions {
  return (
    typeof x === "object" && x !== null && typeof (x as MergeOptions).copy === "boolean" && Object.keys(x).length === 1
  );
}

/** What a clone shares with its original. */
export interface CloneOptions {
  /** New Variables, the default; false shares them. */
  readonly variables?: boolean;
  /** New arrays in the new Variables too. Arrays do not change, so that this matters only for memory. */
  readonly arrays?: boolean;
}

/**
 * A copy of a model with Variables of its own. What is shared inside the model is shared inside the copy.
 *
 * @throws TypeError if `node` is not a module; RangeError for `arrays` without `variables`
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`clone`).
 * @example
 * const copy = nnx.clone(model);
 * copy.kernel.set(jnp.zeros([3, 4]));
 * [copy.kernel.get() === model.kernel.get(), copy(jnp.ones([3])).tolist()] // => [false, [0, 0, 0, 0]]
 */
export function clone<M extends object>(node: M, options: CloneOptions = {}): M {
  assertNames(options, "nnx.clone", ["variables", "arrays"]);
  const { variables = true, arrays = false } = options;
  assertGraph(node, "clone");
  if (arrays && !variables)
    throw new RangeError(
      'nnx.clone: "arrays" expected false where "variables" is false, got true: shared Variables share their arrays',
    );
  const { graphdef: def, entries } = flatten(node);
  const leaves = entries.map(([path, leaf]) => [pathKey(path), variables ? copyLeaf(leaf, arrays) : leaf] as const);
  return unflatten(def.root, new Map(leaves)) as M;
}

function copyLeaf(leaf: Leaf, arrays: boolean): Leaf {
  if (!hasBrand(leaf, "Variable")) return arrays ? (copyArray(leaf) as Leaf) : leaf;
  const variable = leaf as Variable;
  return arrays ? variable.replace(copyArray(variable.getRawValue()) as never) : variable.copy();
}

function copyArray(value: unknown): unknown {
  if (!hasBrand(value, "NDArray")) return value;
  const x = asarray(value as NDArray);
  return isAbstract(x) ? x : array(x);
}

/**
 * A copy of a model whose leaves are what a function makes of each: a Variable, or an array to put in its place.
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`map`).
 * @example
 * const zeroed = nnx.map((path, leaf) => leaf.replace(jnp.zeros(leaf.shape)), model);
 * zeroed(jnp.ones([3])).tolist() // => [0, 0, 0, 0]
 */
export function map<M extends object>(f: (path: Path, leaf: Leaf) => unknown, node: M): M {
  if (arguments.length > 2) refuseSurplus("nnx.map", "f node", arguments, false);
  assertGraph(node, "map");
  const [def, all] = split(node);
  return merge(def, mapState(f, all as State));
}

/**
 * Plain nested data with every Variable, and every State, replaced by the arrays inside: a model's state as
 * `toPureDict` gives it, an array for a Variable.
 *
 * Source: Flax 0.12.8 `flax/nnx/graphlib.py` (`as_pure`).
 * @example
 * nnx.asPure({ a: new nnx.Param([1, 2]) }).a.tolist() // => [1, 2]
 */
export function asPure(tree: unknown): unknown {
  if (arguments.length > 1) refuseSurplus("nnx.asPure", "tree", arguments);
  if (hasBrand(tree, "Variable")) return asPure((tree as Variable).getRawValue());
  if (hasBrand(tree, "State"))
    return new State(flattenMapping(tree).map(([path, leaf]) => [path, asPure(leaf) as Leaf] as const));
  if (Array.isArray(tree)) return tree.map(asPure);
  if (
    typeof tree === "object" &&
    tree !== null &&
    [null, Object.prototype].includes(Object.getPrototypeOf(tree) as null)
  )
    return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, asPure(value)]));
  return tree;
}
