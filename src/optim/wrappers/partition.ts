import { assertNames, describe, inTrees, refuseSurplus } from "../../base/index.ts";
import type { GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { setToZero } from "../transforms/basic.ts";
import { treeBroadcast, treeLeaves, treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation } from "./chain.ts";
import type { Mask, MaskedState, MaskOptions, TreeFunction } from "./masked.ts";
import { masked } from "./masked.ts";

/** The states of the groups by name. */
export interface PartitionState {
  readonly inner_states: Readonly<Record<string, MaskedState>>;
}

/** Transformations by the name of their group. */
type Transforms = Readonly<Record<string, GradientTransformation>>;

/** The group of each leaf: a tree of names, a prefix of one, or a function of the tree that gives such. */
type Labels = string | object | TreeFunction;

/**
 * A transformation for each group of leaves.
 *
 * @param transforms by the name of the group
 * @param paramLabels the group of each leaf: a tree of names, a prefix of one, or a
 * function of the tree that gives such
 *
 * Source: optax 0.2.8 `optax/transforms/_combining.py` (`partition`).
 * @throws TypeError if one is not a transformation; RangeError if a leaf has no group among them
 * @example
 * const tx = optax.partition({ fast: optax.scale(-1), frozen: optax.setToZero() }, { a: "fast", b: "frozen" });
 * const params = { a: jnp.ones([1]), b: jnp.ones([1]) };
 * const [u] = tx.update(params, tx.init(params), params);
 * [u.a.tolist(), u.b.tolist()] // => [[-1], [0]]
 */
export function partition(
  transforms: Transforms,
  named: { readonly paramLabels: Labels } & MaskOptions,
): GradientTransformation<PartitionState>;
export function partition(
  transforms: Transforms,
  paramLabels: Labels,
  options?: MaskOptions,
): GradientTransformation<PartitionState>;
export function partition(
  named: { readonly transforms: Transforms; readonly paramLabels: Labels } & MaskOptions,
): GradientTransformation<PartitionState>;
export function partition(): GradientTransformation<PartitionState> {
  return inTrees(partitionOf, arguments, 2, "optax.partition transforms paramLabels | * maskCompatibleExtraArgs:b");
}

function partitionOf(
  transforms: Transforms,
  paramLabels: Labels,
  options: MaskOptions = {},
): GradientTransformation<PartitionState> {
  if (typeof transforms !== "object" || transforms === null)
    throw new TypeError(`optax.partition: "transforms" expected transformations by name, got ${describe(transforms)}`);
  if (paramLabels === undefined || paramLabels === null)
    throw new TypeError(`optax.partition: "paramLabels" expected names or a function, got ${describe(paramLabels)}`);
  for (const [name, tx] of Object.entries(transforms)) assertTransformation(tx, `partition: "transforms.${name}"`);
  const groups = Object.keys(transforms);
  const labelsOf = (tree: Tree): Tree => {
    const labels = treeBroadcast(
      typeof paramLabels === "function" ? (paramLabels as TreeFunction)(tree) : paramLabels,
      tree,
    );
    for (const label of treeLeaves(labels)) if (!groups.includes(String(label))) throw labelError(label, groups);
    return labels;
  };
  const group = (name: string, labels: Tree): GradientTransformation<MaskedState> =>
    masked(transforms[name]!, treeMap((label) => String(label) === name, labels) as object, options);
  return transformation<PartitionState>(
    (params) => {
      const labels = labelsOf(params);
      return { inner_states: Object.fromEntries(groups.map((name) => [name, group(name, labels).init(params)])) };
    },
    (updates, state, params, extra) => {
      const labels = labelsOf(updates);
      const next: Record<string, MaskedState> = {};
      let changed = updates;
      for (const name of groups)
        [changed, next[name]] = group(name, labels).update(changed, state.inner_states[name]!, params, extra);
      return [changed, { inner_states: next }];
    },
  );
}

function labelError(label: unknown, groups: readonly string[]): RangeError {
  return new RangeError(
    `optax.partition: "paramLabels" expected names among ${groups.join(", ")}, got ${describe(label)}`,
  );
}

/**
 * The transformation that makes zeros of the updates of leaves that a mask chooses, so that their parameters stay.
 *
 * Source: optax 0.2.8 `optax/transforms/_freezing.py` (`freeze`), as is the other function below.
 * @example
 * const tx = optax.freeze({ a: true, b: false });
 * const [u] = tx.update({ a: jnp.ones([1]), b: jnp.ones([1]) }, tx.init({ a: jnp.ones([1]), b: jnp.ones([1]) }));
 * [u.a.tolist(), u.b.tolist()] // => [[0], [1]]
 */
export function freeze(mask: Mask): GradientTransformation<MaskedState> {
  if (arguments.length > 1) refuseSurplus("optax.freeze", "mask", arguments, false);
  return masked(setToZero(), mask);
}

/**
 * An optimizer for the leaves that `freezeMask` leaves free; those that it chooses stay and have no state.
 *
 * @throws TypeError if the optimizer is not a transformation or the mask is not a tree
 * @example
 * const tx = optax.selectiveTransform(optax.scale(-1), { freezeMask: { a: true, b: false } });
 * const params = { a: jnp.ones([1]), b: jnp.ones([1]) };
 * const [u] = tx.update(params, tx.init(params));
 * [u.a.tolist(), u.b.tolist()] // => [[0], [-1]]
 */
export function selectiveTransform(
  optimizer: GradientTransformation,
  options: { readonly freezeMask: Tree },
): GradientTransformation<PartitionState> {
  if (arguments.length > 2) refuseSurplus("optax.selectiveTransform", "optimizer options", arguments, false);
  if (typeof options === "object" && options !== null) assertNames(options, "optax.selectiveTransform", ["freezeMask"]);
  assertTransformation(optimizer, 'selectiveTransform: "optimizer"');
  const freezeMask = (options as typeof options | undefined)?.freezeMask;
  if (typeof freezeMask !== "object" || freezeMask === null)
    throw new TypeError(
      `optax.selectiveTransform: "freezeMask" expected a tree of booleans, got ${describe(freezeMask)}`,
    );
  return partition({ train: optimizer, freeze: setToZero() }, () =>
    treeMap((frozen) => ((frozen as unknown) === true ? "freeze" : "train"), freezeMask),
  );
}
