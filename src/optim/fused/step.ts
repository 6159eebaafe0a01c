import {
  add,
  asarray,
  DATA,
  divide,
  interpreter,
  isAbstract,
  multiply,
  NDArray,
  sameShape,
} from "../../array/index.ts";
import { hasBrand, shapesOnly } from "../../base/index.ts";
import type { ArrayData } from "../../data/index.ts";
import { adamData, deferredData, momentumData, sgdData } from "../../data/index.ts";
import type { ExtraArgs, Stepped } from "../base.ts";
import { safeIncrement } from "../count.ts";
import { biasCorrection, correctionOf, oneMinus } from "../moments.ts";
import { rootOf } from "../transforms/adam.ts";
import type { ScaleByAdamState } from "../transforms/adam.ts";
import type { TraceState } from "../transforms/momentum.ts";
import type { ScaleByScheduleState } from "../transforms/scale.ts";
import { treeMap } from "../tree/map.ts";
import type { Tree } from "../tree/node.ts";
import type { Plan } from "./plan.ts";

/**
 * A step of a chain and `applyUpdates` in one pass over the arrays, with the same bits. undefined where leaves are not
 * float32, or where every operation has to be seen (gradients of an update, `debugNans`): nothing is done then.
 */
export function fusedStep(
  plan: Plan,
  updates: Tree,
  state: unknown,
  params: Tree,
  extra: ExtraArgs,
): Stepped | undefined {
  if (interpreter.current !== undefined || shapesOnly.on) return undefined;
  return run(plan, updates, state, params, extra);
}

function run(plan: Plan, updates: Tree, state: unknown, params: Tree, extra: ExtraArgs): Stepped | undefined {
  if (!Array.isArray(state) || state.length !== plan.length) return undefined;
  const next = [...(state as unknown[])];
  let changed = updates;
  for (const [i, tx] of plan.before.entries()) [changed, next[i]] = tx.update(changed, state[i], params, extra);
  if (plan.inner !== undefined) {
    const place = plan.length - 1;
    const stepped = run(plan.inner, changed, state[place], params, extra);
    if (stepped === undefined) return undefined;
    next[place] = stepped.state;
    return { ...stepped, state: next };
  }
  const { place, part } = plan.scale!;
  let rate: number;
  if (typeof part.stepSize === "number") rate = part.stepSize;
  else {
    const { count } = state[place] as ScaleByScheduleState;
    rate = asarray(part.stepSize(count.item())).item();
    next[place] = { count: safeIncrement(count) };
  }
  const { direction } = plan;
  if (direction === undefined) return descend(changed, params, rate, next);
  const { place: at, part: how } = direction;
  if (how.kind === "trace")
    return descendByTrace(changed, state[at] as TraceState, params, rate, how, (trace) => {
      next[at] = { trace };
      return next;
    });
  return descendByAdam(
    changed,
    state[at] as ScaleByAdamState,
    params,
    { ...how, rate, weightDecay: plan.decay?.strength ?? 0 },
    (mine) => {
      next[at] = mine;
      return next;
    },
  );
}

/** A leaf's arrays after the step: no plain object, for that would be a tree. */
class Leaf {
  readonly update: NDArray;
  readonly arrays: readonly NDArray[];

  constructor(like: ArrayData, update: () => NDArray, arrays: readonly ArrayData[]) {
    this.update = new NDArray(deferredData(like.shape, "float32", () => update()[DATA]));
    this.arrays = arrays.map((array) => new NDArray(array));
  }
}

/** What is left of the trees of a step: its leaves, and trees of the structure of the parameters. */
interface Leaves {
  /** Array `i` of all leaves. */
  arrays(i: number): Tree;
  readonly updates: Tree;
}

/**
 * The leaves after a step, where all are float32 arrays of one shape at each place; undefined where one is not. Nothing
 * is computed then.
 */
function leavesOf(trees: readonly [Tree, ...Tree[]], step: (...leaves: ArrayData[]) => Leaf): Leaves | undefined {
  const [params, ...rest] = trees;
  const places: NDArray[][] = [];
  treeMap((...leaves) => places.push(leaves), params, ...rest);
  if (!places.every(([p, ...others]) => isPlainFloat(p) && others.every((leaf) => isLike(leaf, p!)))) return undefined;
  const after = places.map((leaves) => step(...leaves.map((leaf) => leaf[DATA])));
  return {
    arrays: (i) => withLeaves(params, (place) => after[place]!.arrays[i]!),
    updates: withLeaves(params, (place) => after[place]!.update),
  };
}

/** A tree of the structure of `tree` with other leaves, by their place in it. */
function withLeaves(tree: Tree, leaf: (place: number) => NDArray): Tree {
  let place = 0;
  if (!hasBrand(tree, "State")) return treeMap(() => leaf(place++), tree);
  const state = tree as Iterable<readonly [unknown, unknown]> & { readonly constructor: Function };
  const State = state.constructor as new (entries: readonly (readonly [unknown, NDArray])[]) => Tree;
  return new State([...state].map(([path], i) => [path, leaf(i)]));
}

function isLike(leaf: NDArray, p: NDArray): boolean {
  return isPlainFloat(leaf) && sameShape(leaf.shape, p.shape);
}

function isPlainFloat(leaf: unknown): boolean {
  if (!hasBrand(leaf, "NDArray")) return false;
  const array = leaf as NDArray;
  return array.dtype === "float32" && array[DATA].plain === undefined && !isAbstract(array);
}

function descend(updates: Tree, params: Tree, rate: number, state: unknown): Stepped | undefined {
  const leaves = leavesOf(
    [params, updates],
    (p, g) => new Leaf(p!, () => multiply(rate, new NDArray(g!)), [sgdData(p!, g!, rate)]),
  );
  return leaves === undefined ? undefined : { updates: leaves.updates, state, params: leaves.arrays(0) };
}

interface TraceNumbers {
  readonly decay: number;
  readonly nesterov: boolean;
}

function descendByTrace(
  updates: Tree,
  { trace }: TraceState,
  params: Tree,
  rate: number,
  { decay, nesterov }: TraceNumbers,
  stateOf: (trace: Tree) => unknown,
): Stepped | undefined {
  const leaves = leavesOf([params, updates, trace], (p, g, t) => {
    const [next, traced] = momentumData(p!, g!, t!, rate, decay, nesterov);
    const direction = (): NDArray =>
      nesterov ? add(new NDArray(g!), multiply(decay, new NDArray(traced))) : new NDArray(traced);
    return new Leaf(p!, () => multiply(rate, direction()), [next, traced]);
  });
  if (leaves === undefined) return undefined;
  return { updates: leaves.updates, state: stateOf(leaves.arrays(1)), params: leaves.arrays(0) };
}

interface AdamStep {
  readonly b1: number;
  readonly b2: number;
  readonly eps: number;
  readonly epsRoot: number;
  readonly rate: number;
  readonly weightDecay: number;
}

function descendByAdam(
  updates: Tree,
  state: ScaleByAdamState,
  params: Tree,
  { b1, b2, eps, epsRoot, rate, weightDecay }: AdamStep,
  stateOf: (state: ScaleByAdamState) => unknown,
): Stepped | undefined {
  const count = safeIncrement(state.count);
  const [rest1, rest2] = [oneMinus(b1) as number, oneMinus(b2) as number];
  const [c1, c2] = [correctionOf(b1, count).item(), correctionOf(b2, count).item()];
  const numbers = { rate, b1, rest1, c1, b2, rest2, c2, eps, epsRoot, weightDecay };
  const leaves = leavesOf([params, updates, state.mu, state.nu], (p, g, m, v) => {
    const [next, mu, nu] = adamData(p!, g!, m!, v!, numbers);
    const update = (): NDArray => {
      const root = rootOf(biasCorrection(new NDArray(nu), b2, count), epsRoot, eps) as NDArray;
      const own = divide(biasCorrection(new NDArray(mu), b1, count), root);
      return multiply(rate, weightDecay === 0 ? own : add(own, multiply(weightDecay, new NDArray(p!))));
    };
    return new Leaf(p!, update, [next, mu, nu]);
  });
  if (leaves === undefined) return undefined;
  const next = stateOf({ count, mu: leaves.arrays(1), nu: leaves.arrays(2) });
  return { updates: leaves.updates, state: next, params: leaves.arrays(0) };
}
