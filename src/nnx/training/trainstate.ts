import type { NDArray } from "../../array/index.ts";
import { add, asarray } from "../../array/index.ts";
import { describe, hasBrand } from "../../base/index.ts";
import type { GradientTransformation } from "../../optim/index.ts";
import { applyUpdates } from "../../optim/index.ts";
import type { GraphDef } from "../graph/graphdef.ts";
import { merge, split } from "../states/split.ts";
import type { State } from "../states/state.ts";

/** What `TrainState.create` takes: the fields, and any others of the program's own. */
export interface TrainStateOptions<M extends object> {
  readonly graphdef: GraphDef<M>;
  readonly params: State;
  readonly tx: GradientTransformation;
  /** How many updates there were. Default 0. */
  readonly step?: number;
  readonly [name: string]: unknown;
}

/** What a TrainState holds. */
interface TrainStateFields<M extends object> {
  readonly graphdef: GraphDef<M>;
  readonly params: State;
  readonly optState: unknown;
  readonly step: NDArray;
  readonly tx: GradientTransformation;
  readonly [name: string]: unknown;
}

/**
 * A model in training as a value that does not change: its structure, its parameters, and the state of a
 * transformation. For programs in a functional style; `nnx.Optimizer` trains in place.
 *
 * Source: Flax 0.12.8 `flax/nnx/helpers.py` (`TrainState`).
 * @example
 * const [graphdef, params] = nnx.split(nnx.clone(model), nnx.Param);
 * const start = nnx.TrainState.create({ graphdef, params, tx: optax.sgd(1) });
 * const next = start.applyGradients({ grads: params });
 * [start.step.item(), next.step.item(), next.params.get("kernel").get().tolist()[0]] // => [0, 1, [0, 0, 0, 0]]
 */
export class TrainState<M extends object = object> {
  declare readonly graphdef: GraphDef<M>;
  /** The parameters. */
  declare readonly params: State;
  /** The state of the transformation. */
  // oxlint-disable-next-line typescript/no-explicit-any -- each transformation has its own state
  declare readonly optState: any;
  /** How many updates there were, int32. */
  declare readonly step: NDArray;
  declare readonly tx: GradientTransformation;
  /** Fields of the program's own. */
  readonly [name: string]: unknown;

  /** @internal */
  constructor(fields: TrainStateFields<M>) {
    Object.assign(this, fields);
  }

  /**
   * The state before the first step.
   *
   * @throws TypeError if `graphdef`, `params` or `tx` is none
   */
  static create<M extends object>({ graphdef, params, tx, step = 0, ...others }: TrainStateOptions<M>): TrainState<M> {
    for (const [name, value, brand] of [
      ["graphdef", graphdef, "GraphDef"],
      ["params", params, "State"],
    ] as const)
      if (!hasBrand(value, brand))
        throw new TypeError(
          `nnx.TrainState.create: "${name}" expected a ${brand}, got ${describe(value)}.\n  right: const ` +
            "[graphdef, params] = nnx.split(model, nnx.Param)",
        );
    if (typeof (tx as Partial<GradientTransformation> | undefined)?.update !== "function")
      throw new TypeError(`nnx.TrainState.create: "tx" expected a transformation of optax, got ${describe(tx)}`);
    return new TrainState({ ...others, graphdef, params, tx, optState: tx.init(params), step: asarray(step, "int32") });
  }

  /**
   * The model's forward pass on states: `state.apply("params")(x)` gives the result, and
   * structure and state afterwards.
   *
   * @param states States, or the names of fields that are
   * @throws TypeError if a field is not a State; StateError if they are not all that the structure asks for
   */
  apply(...states: readonly (State | string)[]): (...args: never[]) => [result: unknown, [GraphDef<M>, State]] {
    const given = states.map((state) => {
      const found = typeof state === "string" ? this[state] : state;
      if (hasBrand(found, "State")) return found;
      throw new TypeError(`nnx.TrainState.apply: "${String(state)}" expected a State, got ${describe(found)}`);
    });
    return (...args) => {
      const model = merge(this.graphdef, ...given, { copy: true });
      const result = (model as unknown as (...args: never[]) => unknown)(...args);
      return [result, split(model) as unknown as [GraphDef<M>, State]];
    };
  }

  /** The state with other fields. */
  replace(fields: Partial<TrainStateFields<M>>): TrainState<M> {
    return new TrainState<M>({ ...(this as unknown as TrainStateFields<M>), ...fields } as TrainStateFields<M>);
  }

  /**
   * The state after one step, with other fields where some are given.
   *
   * @throws TypeError if there are no gradients; RangeError if they do not fit the parameters
   */
  applyGradients({ grads, ...fields }: { readonly grads: State; readonly [name: string]: unknown }): TrainState<M> {
    if (!hasBrand(grads, "State"))
      throw new TypeError(
        `nnx.TrainState.applyGradients: "grads" expected the State that nnx.grad gives, got ${describe(grads)}`,
      );
    const [updates, optState] = this.tx.update(grads, this.optState, this.params);
    const params = applyUpdates(this.params, updates);
    return this.replace({ ...fields, params, optState, step: add(this.step, asarray(1, "int32")) });
  }
}
