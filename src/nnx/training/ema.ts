import type { NDArray } from "../../array/index.ts";
import { describe, hasBrand, orderedTrees } from "../../base/index.ts";
import type { Filter } from "../graph/filter.ts";
import type { GraphDef } from "../graph/graphdef.ts";
import { assertGraph } from "../graph/walk.ts";
import { merge, split } from "../states/split.ts";
import { State, state } from "../states/state.ts";
import { StateError } from "../tree/stateerror.ts";
import { mergeState } from "../states/stateops.ts";
import type { Path } from "../tree/path.ts";
import { formatPath } from "../tree/path.ts";
import type { VariableValue } from "../variables/variable.ts";
import { Variable } from "../variables/variable.ts";

/** What `EMA` takes besides model and decay. */
export interface EMAOptions {
  /** Which Variables are averaged. Default all: an error where keys are among them. */
  readonly only?: Filter;
}

/**
 * A moving average of a model's weights, for inference with smoothed weights: `ema = decay * ema + (1 - decay) *
 * weight` at every `update`, each operation rounded by itself.
 *
 * @throws TypeError if `decay` is not a number, or a Variable among them has no array
 *
 * Source: Flax 0.12.8 `flax/nnx/training/ema.py` (`EMA`).
 * @example
 * const layer = new nnx.Linear(1, 1, { kernelInit: nnx.initializers.ones, rngs: new nnx.Rngs(0) });
 * const ema = new nnx.EMA(layer, 0.75, { only: nnx.Param });
 * const averaged = ema.applyTo(layer);
 * layer.kernel.set([[5]]);
 * ema.update(layer);
 * [averaged([1]).tolist(), layer([1]).tolist()] // => [[2], [5]]
 */
export class EMA {
  readonly decay: number;
  readonly filter: Filter;
  /** The averages, Variables of their own. */
  readonly params: State;

  constructor(params: object, decay: number, options?: EMAOptions);
  constructor(params: object, options: EMAOptions & { readonly decay: number });
  constructor(options: EMAOptions & { readonly params: object; readonly decay: number });
  constructor() {
    const [params, decay, { only = true } = {}] = orderedTrees(arguments, 2, "nnx.EMA params decay | only") as [
      params: object,
      decay: number,
      options?: EMAOptions,
    ];
    if (typeof decay !== "number") throw new TypeError(`nnx.EMA: "decay" expected a number, got ${describe(decay)}`);
    assertGraph(params, "EMA", "params");
    this.decay = decay;
    this.filter = only;
    this.params = new State(
      [...state(params, only)].flatMap(([path, leaf]) =>
        leaf instanceof Variable ? [[path, averageOf(path, leaf)] as const] : [],
      ),
    );
  }

  /**
   * Moves the averages towards the weights of `updates`, the model or one like it: all of
   * them, or none if there is an error.
   *
   * @throws TypeError if `updates` is no module; StateError `MissingKeys` if a Variable that is averaged is not there
   */
  update(updates: object): void {
    assertGraph(updates, "EMA.update", "updates");
    const given = state(updates, this.filter);
    const moved: [Variable, NDArray][] = [];
    for (const [path, leaf] of this.params) {
      const average = leaf as Variable;
      if (!given.has(...path))
        throw new StateError(
          "MissingKeys",
          `nnx.EMA.update: "updates" expected a Variable at ${formatPath(path)}, got none`,
        );
      const weight = given.get(...path) as Variable;
      moved.push([
        average,
        average
          .get()
          .mul(this.decay)
          .add(weight.get().mul(1 - this.decay)),
      ]);
    }
    for (const [average, value] of moved) average.set(value);
  }

  /**
   * A model like `model` with the averages in place of its weights, which it shares: it follows further
   * updates. All else is that of `model`.
   */
  applyTo<M extends object>(model: M): M {
    assertGraph(model, "EMA.applyTo", "model");
    const [graphdef, own] = split(model) as [GraphDef<M>, State];
    return merge(graphdef, mergeState(own, this.params));
  }
}

function averageOf(path: Path, variable: Variable<VariableValue>): Variable<VariableValue> {
  if (hasBrand(variable.getRawValue(), "NDArray")) return variable.copy();
  throw new TypeError(
    `nnx.EMA: "params" expected arrays, got ${describe(variable.getRawValue())} at ${formatPath(path)}. { only: ` +
      "nnx.Param } leaves out the rest",
  );
}
