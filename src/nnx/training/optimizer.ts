import type { NDArray } from "../../array/index.ts";
import { add, asarray, zeros } from "../../array/index.ts";
import { describe, hasBrand, orderedTrees } from "../../base/index.ts";
import type { GradientTransformation } from "../../optim/index.ts";
import { applyUpdates } from "../../optim/index.ts";
import type { Filter } from "../graph/filter.ts";
import { assertGraph, leavesOf } from "../graph/walk.ts";
import { Module } from "../modules/module.ts";
import type { PathPart } from "../tree/path.ts";
import { formatPath, pathKey } from "../tree/path.ts";
import { asPure } from "../states/split.ts";
import type { State } from "../states/state.ts";
import { partition } from "../states/state.ts";
import { mapState } from "../states/stateops.ts";
import { update } from "../states/update.ts";
import { assertOwn } from "../variables/ownership.ts";
import type { Metadata, Variable, VariableValue } from "../variables/variable.ts";
import { Param } from "../variables/kinds.ts";
import { gradientsOf, gradsError } from "./gradients.ts";
import { aliasedTree, planTree, pureTree } from "./opttree.ts";
import { OptState } from "./optvariables.ts";

/** What `Optimizer` takes besides the model and the transformation. */
export interface OptimizerOptions {
  /** Which of the model's Variables are trained: `nnx.Param` for most. */
  readonly wrt: Filter;
}

/** The transformation, by name. */
interface Transformed {
  readonly tx: GradientTransformation;
}

/**
 * Trains a model by a transformation of `optax`: it keeps the state of the transformation, and
 * `update` changes the model in place.
 *
 * It is a part of nnx like a model: `nnx.state(optimizer)`, `nnx.split`, `nnx.merge` and `nnx.update` work, and its
 * paths are those of Flax (`step`, `opt_state/0/mu/linear/kernel`), so that checkpoints agree.
 *
 * Source: Flax 0.12.8 `flax/nnx/training/optimizer.py` (`Optimizer`), as is the other class of this file.
 * @example
 * const layer = new nnx.Linear(2, 1, { kernelInit: nnx.initializers.ones, rngs: new nnx.Rngs(0) });
 * const optimizer = new nnx.Optimizer(layer, optax.sgd(0.5), { wrt: nnx.Param });
 * optimizer.update(layer, { kernel: jnp.ones([2, 1]), bias: jnp.ones([1]) });
 * [layer.kernel.get().tolist(), optimizer.step.get().item()] // => [[[0.5], [0.5]], 1]
 */
export class Optimizer<M extends object = object> extends Module {
  /** How many updates there were, uint32. */
  readonly step: OptState<NDArray>;
  /** The transformation. */
  readonly tx: GradientTransformation;
  /** Which of the model's Variables are trained. */
  readonly wrt: Filter;
  /** The state of the transformation, with Variables in place of its arrays: `optState` in camel case. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each transformation has its own state
  opt_state: any;

  /**
   * @throws TypeError if `model` is no module, `tx` is not a transformation, `wrt` is left out, or a Variable that it
   * chooses holds no array
   */
  constructor(model: M, tx: GradientTransformation, options: OptimizerOptions);
  constructor(model: M, options: OptimizerOptions & Transformed);
  constructor(options: OptimizerOptions & Transformed & { readonly model: M });
  constructor() {
    super();
    const [model, tx, { wrt } = {}] = argumentsOf<M>(arguments, this.constructor.name);
    const { name } = this.constructor;
    assertGraph(model, name, "model");
    if (wrt === undefined) throw wrtError(name);
    assertTransformation(tx, name);
    const trained = trainedOf(model, wrt, name);
    for (const [path, leaf] of trained) {
      const value = hasBrand(leaf, "Variable") ? (leaf as Variable).getRawValue() : leaf;
      if (!hasBrand(value, "NDArray"))
        throw new TypeError(
          `nnx.Optimizer: "wrt" expected to choose arrays, got ${describe(value)} at ${formatPath(path)}. { ` +
            "wrt: nnx.Param } leaves out the rest",
        );
    }
    this.step = new OptState<NDArray>(zeros([], "uint32"));
    this.tx = tx;
    this.opt_state = planTree(tx.init(asPure(trained)), undefined, () => metadataOf(trained)).tree;
    this.wrt = wrt;
  }

  /**
   * The state of the transformation as it is now, with Variables in place of its arrays: `optimizer.optState[0].mu`.
   * Names of several words are there in camel case too: `optimizer.optState.hyperparams.learningRate.set(1e-4)`.
   */
  // oxlint-disable-next-line typescript/no-explicit-any -- each transformation has its own state
  get optState(): any {
    return aliasedTree(this.opt_state);
  }

  /**
   * Changes the model by one step: the gradients go through the transformation, and what comes out is added to the
   * model's Variables. Everything is computed and checked before anything changes.
   *
   * @param grads what `nnx.grad` gives of this model: a State with a leaf for each Variable that is trained
   * @param extra what the transformation asks for besides: `{ value: loss }` for `optax.polyakSgd`
   * @returns the updates
   * @throws TypeError if `model` is no module, or there are no gradients; StateError `MissingKeys`, `UnexpectedKeys` or
   * `ShapeMismatch`, with all paths, if they do not fit the model
   */
  update(model: M, grads: unknown, extra: Readonly<Record<string, unknown>> = {}): State {
    return step(this, model, grads, extra);
  }
}

/** The arguments of an optimizer in order. A transformation is an object too, but `init` and `update` are not names. */
function argumentsOf<M>(
  args: IArguments,
  name: string,
): [model: M, tx: GradientTransformation, options?: Partial<OptimizerOptions>] {
  return orderedTrees(args, 2, `nnx.${name} model tx | wrt`) as ReturnType<typeof argumentsOf<M>>;
}

/** The model is not part of an Optimizer since Flax 0.11; of a `ModelAndOptimizer` it is an attribute of its own. */
Object.defineProperty(Optimizer.prototype, "model", {
  get(this: object): never {
    throw new TypeError(
      `${this.constructor.name}.model does not exist: an Optimizer does not hold its model, as in Flax since ` +
        "0.11.\n  right: optimizer.update(model, grads)\n  or, deprecated: new nnx.ModelAndOptimizer(model, tx)",
    );
  },
});

/** One step of an optimizer: `Optimizer.update`. */
function step<M extends object>(
  optimizer: Optimizer<M>,
  model: M,
  grads: unknown,
  extra: Readonly<Record<string, unknown>>,
): State {
  if (grads === undefined || grads === null) throw gradsError(grads);
  const fn = `${optimizer.constructor.name}.update`;
  assertOwn(optimizer.step, fn);
  assertGraph(model, fn, "model");
  const { tx, wrt } = optimizer;
  const trained = trainedOf(model, wrt, fn);
  const params = asPure(trained) as State;
  const gradients = gradientsOf(grads, params, wrt);
  const before = pureTree(optimizer.opt_state);
  const others = asPure(extra) as Readonly<Record<string, unknown>>;
  const fused = (tx as Steppable)[STEP]?.(gradients, before, params, others);
  const [changed, next] = fused
    ? [fused.updates, fused.state]
    : tx.update(gradients as unknown, before, params, others);
  const plan = planTree(next, optimizer.opt_state, () => metadataOf(trained));
  const updated = fused ? (fused.params as State) : applyUpdates(params, changed);
  const updates = updatesOf(params, changed);
  const count = add(optimizer.step.get(), asarray(1, "uint32"));
  write(model, trained, updated, fused !== undefined);
  plan.commit();
  if (plan.changed) optimizer.opt_state = plan.tree;
  optimizer.step.setRawValue(count);
  return updates;
}

/** The leaves that are trained. */
function trainedOf(model: object, wrt: Filter, fn: string): State {
  return partition([...leavesOf(model)], [wrt], fn)[0][0]!;
}

/** Gives the Variables of `trained` their values. Those of a step in one pass have the shapes and dtypes that were. */
function write(model: object, trained: State, updated: State, fits: boolean): void {
  const variables = fits ? [...trained].map(([, leaf]) => leaf) : [];
  if (!fits || updated.size !== trained.size || !variables.every((leaf) => hasBrand(leaf, "Variable"))) {
    update(model, updated);
    return;
  }
  let i = 0;
  for (const [, value] of updated) (variables[i++] as Variable).setRawValue(value as NDArray);
}

/** Optimizers of optax have a method that makes a step in one pass where it can: `optim/fused`. */
const STEP: unique symbol = Symbol.for("flaxen.step") as never;

interface Steppable {
  readonly [STEP]?: (
    updates: State,
    state: unknown,
    params: State,
    extra: Readonly<Record<string, unknown>>,
  ) => { readonly updates: unknown; readonly state: unknown; readonly params: unknown } | undefined;
}

/** Updates as a State with the paths of the parameters: transformations may have made plain objects of it. */
function updatesOf(params: State, changed: unknown): State {
  if (hasBrand(changed, "State")) return changed as State;
  return mapState((path) => path.reduce(childAt, changed), params);
}

function childAt(node: unknown, key: PathPart): unknown {
  return hasBrand(node, "State") ? (node as State).get(key) : (node as Record<PathPart, unknown>)[key];
}

function metadataOf(trained: State): Map<string, Metadata> {
  return new Map(
    [...trained].flatMap(([path, leaf]) =>
      hasBrand(leaf, "Variable") ? [[pathKey(path), (leaf as Variable<VariableValue>).metadata] as const] : [],
    ),
  );
}

function assertTransformation(tx: unknown, name: string): void {
  const { init, update } = (typeof tx === "object" && tx !== null ? tx : {}) as Partial<GradientTransformation>;
  if (typeof init === "function" && typeof update === "function") return;
  const hint = typeof tx === "function" ? ". Call it: optax.adam(1e-3), not optax.adam" : "";
  throw new TypeError(`nnx.${name}: "tx" expected a transformation of optax, got ${describe(tx)}${hint}`);
}

function wrtError(name: string): TypeError {
  return new TypeError(
    `nnx.${name}: "wrt" expected a filter of the Variables to train, got undefined. Flax asks for it since ` +
      `0.11.\n  right: new nnx.${name}(model, tx, { wrt: nnx.Param })`,
  );
}

/**
 * An Optimizer that holds its model: `update(grads)`. Flax keeps it for programs from before
 * 0.11; new ones use `Optimizer`.
 *
 * @example
 * const optimizer = new nnx.ModelAndOptimizer(nnx.clone(model), optax.sgd(0.5));
 * const gradients = nnx.state(nnx.clone(model), nnx.Param);
 * optimizer.update(gradients);
 * [optimizer.model !== model, optimizer.step.get().item()] // => [true, 1]
 */
export class ModelAndOptimizer<M extends object = object> extends Optimizer<M> {
  declare readonly model: M;

  constructor(model: M, tx: GradientTransformation, options?: Partial<OptimizerOptions>);
  constructor(model: M, options: Partial<OptimizerOptions> & Transformed);
  constructor(options: Partial<OptimizerOptions> & Transformed & { readonly model: M });
  constructor() {
    const [model, tx, { wrt = Param } = {}] = argumentsOf<M>(arguments, "ModelAndOptimizer");
    super(model, tx, { wrt });
    Object.defineProperty(this, "model", { value: model, enumerable: true, configurable: true, writable: true });
  }

  /**
   * Changes the model by one step.
   *
   * @throws as `Optimizer.update`
   */
  override update(grads: unknown, extra: Readonly<Record<string, unknown>> = {}): State {
    return step(this, this.model, grads, extra);
  }
}
