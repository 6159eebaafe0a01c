import type { Filter } from "../../graph/filter.ts";
import { Module } from "../../modules/module.ts";
import type { Split } from "../../states/split.ts";
import { split } from "../../states/split.ts";
import type { VariableValue } from "../../variables/variable.ts";
import { Variable } from "../../variables/variable.ts";

/**
 * What a metric has gathered.
 *
 * Source: Flax 0.12.8 `flax/nnx/training/metrics.py` (`MetricState`), as are the other classes of this folder.
 * @example
 * nnx.state(new nnx.metrics.Average(), nnx.metrics.MetricState).size // => 2
 */
export class MetricState<T extends VariableValue = VariableValue> extends Variable<T> {
  static override readonly kind = "MetricState";
}

/** What an update of metrics is given: arrays and numbers by name. Each metric takes what it knows. */
export type MetricArguments = Readonly<Record<string, unknown>>;

/**
 * The base class of metrics: what is gathered over steps. A subclass writes `reset`, `update` and `compute`, and keeps
 * what it gathers in `MetricState`s.
 *
 * @example
 * class Count extends nnx.Metric {
 *   count = new nnx.metrics.MetricState(0);
 *   reset() { this.count.set(0); }
 *   update() { this.count.set(this.count.get().add(1)); }
 *   compute() { return this.count.get(); }
 * }
 * const count = new Count();
 * count.update({});
 * count.compute().item() // => 1
 */
export abstract class Metric extends Module {
  /** Forgets everything. */
  abstract reset(): void;
  /** Takes in the values of a step. */
  abstract update(values: MetricArguments): void;
  /** The value of all that was taken in since `reset`. */
  abstract compute(): unknown;

  /** `nnx.split(this, ...filters)`. */
  split<F extends readonly Filter[]>(...filters: F): Split<this, F> {
    return split(this, ...filters);
  }
}
