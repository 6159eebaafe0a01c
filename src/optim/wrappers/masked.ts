import { isArray } from "../../array/index.ts";
import { describe, inTrees } from "../../base/index.ts";
import type { ExtraArgs, GradientTransformation } from "../base.ts";
import { transformation } from "../base.ts";
import { MASKED_NODE } from "../tree/emptynodes.ts";
import { treeBroadcast, treeLeavesWithPath, treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";
import { assertTransformation } from "./chain.ts";

/** Which leaves of a tree are meant: a tree of booleans, a prefix of one, or a function of the tree that gives such. */
export type Mask = boolean | object | TreeFunction;

/** A function of a tree, of whatever type the program's trees have. */
// oxlint-disable-next-line typescript/no-explicit-any -- so that it can be written without a type
export type TreeFunction = (tree: any) => unknown;

/** The state of the transformation inside, which has nothing for what is left out. */
export interface MaskedState<S = unknown> {
  readonly inner_state: S;
}

/** What `masked` and `partition` take at the end. */
export interface MaskOptions {
  /** Whether extra arguments that are trees as the updates are masked as they are. Default false. */
  readonly maskCompatibleExtraArgs?: boolean;
}

/**
 * A transformation for the leaves that a mask chooses. The others pass as they are, and have no state.
 *
 * A function as mask gets the parameters at `init` and the updates at `update`.
 *
 * Source: optax 0.2.8 `optax/transforms/_masking.py` (`masked`).
 * @throws TypeError if `inner` is not a transformation, or a mask has something other than booleans; RangeError if
 * the mask is not a prefix of the tree
 * @example
 * const tx = optax.masked(optax.scale(2), { a: true, b: false });
 * const [u] = tx.update({ a: jnp.ones([1]), b: jnp.ones([1]) }, tx.init({ a: jnp.ones([1]), b: jnp.ones([1]) }));
 * [u.a.tolist(), u.b.tolist()] // => [[2], [1]]
 */
export function masked<S>(
  inner: GradientTransformation<S>,
  named: { readonly mask: Mask } & MaskOptions,
): GradientTransformation<MaskedState<S>>;
export function masked<S>(
  inner: GradientTransformation<S>,
  mask: Mask,
  options?: MaskOptions,
): GradientTransformation<MaskedState<S>>;
export function masked<S>(
  named: { readonly inner: GradientTransformation<S>; readonly mask: Mask } & MaskOptions,
): GradientTransformation<MaskedState<S>>;
export function masked<S>(): GradientTransformation<MaskedState<S>> {
  return inTrees(maskedOf<S>, arguments, 2, "optax.masked inner mask | * maskCompatibleExtraArgs:b");
}

function maskedOf<S>(
  inner: GradientTransformation<S>,
  mask: Mask,
  { maskCompatibleExtraArgs = false }: MaskOptions = {},
): GradientTransformation<MaskedState<S>> {
  assertTransformation(inner, 'masked: "inner"');
  if (typeof mask !== "function" && (typeof mask !== "object" || mask === null)) toFlag(mask);
  const flagsOf = (tree: Tree): Tree =>
    treeMap(toFlag, treeBroadcast(typeof mask === "function" ? (mask as TreeFunction)(tree) : mask, tree));
  return transformation(
    (params) => ({ inner_state: inner.init(withoutMasked(params, flagsOf(params))) }),
    (updates, state, params, extra) => {
      const flags = flagsOf(updates);
      const [changed, next] = inner.update(
        withoutMasked(updates, flags),
        state.inner_state,
        params === undefined ? params : withoutMasked(params, flags),
        maskCompatibleExtraArgs ? maskExtra(extra, updates, flags) : extra,
      );
      return [chosen(flags, changed, updates), { inner_state: next }];
    },
  );
}

function toFlag(flag: unknown): boolean {
  if (typeof flag === "boolean") return flag;
  if (isArray(flag) && flag.dtype === "bool" && flag.size === 1) return flag.item() !== 0;
  throw new TypeError(`optax.masked: "mask" expected true or false for each leaf, got ${describe(flag)}`);
}

/** A tree with a MaskedNode in place of each leaf whose flag is false. */
function withoutMasked(tree: Tree, flags: Tree): Tree {
  return treeMap((leaf, flag) => ((flag as unknown) === true ? leaf : MASKED_NODE), tree, flags);
}

/** The changed leaves where the flag is true, else those before. */
function chosen(flags: Tree, changed: Tree, before: Tree): Tree {
  return treeMap((flag, now, old) => ((flag as unknown) === true ? now : old), flags, changed, before);
}

function maskExtra(extra: ExtraArgs, updates: Tree, flags: Tree): ExtraArgs {
  const structure = pathsOf(updates);
  return Object.fromEntries(
    Object.entries(extra).map(([name, value]) => [
      name,
      pathsOf(value) === structure ? withoutMasked(value, flags) : value,
    ]),
  );
}

function pathsOf(tree: Tree): string {
  return JSON.stringify(treeLeavesWithPath(tree).map(([path]) => path.map(String)));
}
