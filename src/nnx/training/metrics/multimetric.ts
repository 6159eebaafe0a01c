import { describe, hasBrand } from "../../../base/index.ts";
import { isPlain } from "../../tree/data.ts";
import { leavesOf } from "../../graph/walk.ts";
import type { Variable, VariableValue } from "../../variables/variable.ts";
import type { MetricArguments } from "./metric.ts";
import { Metric } from "./metric.ts";

/**
 * Several metrics by name: an update goes to all of them, each takes what it knows.
 *
 * @example
 * const metrics = new nnx.MultiMetric({ loss: new nnx.metrics.Average("loss"), accuracy: new nnx.metrics.Accuracy() });
 * metrics.update({ loss: 0.5, logits: jnp.array([[1, 3]]), labels: jnp.array([1], "int32") });
 * const { loss, accuracy } = metrics.compute();
 * [loss.item(), accuracy.item()] // => [0.5, 1]
 */
export class MultiMetric<T extends Readonly<Record<string, Metric>> = Readonly<Record<string, Metric>>> extends Metric {
  /** @throws TypeError if one is not a metric, or has the name of a method */
  constructor(metrics: T) {
    super();
    for (const [name, metric] of Object.entries(metrics)) {
      if (name in MultiMetric.prototype)
        throw new TypeError(`nnx.MultiMetric: expected names that are no methods, got ${describe(name)}`);
      if (!isMetric(metric))
        throw new TypeError(`nnx.MultiMetric: "${name}" expected a metric, got ${describe(metric)}`);
      (this as unknown as Record<string, Metric>)[name] = metric;
    }
  }

  reset(): void {
    for (const [, metric] of metricsOf(this)) metric.reset();
  }

  /**
   * Takes in the values of a step: all metrics do, or none if there is an error. `mask` is for all metrics, or an
   * object of masks by their names.
   *
   * @throws as the metrics do
   */
  update({ mask, ...values }: MetricArguments): void {
    const before = [...leavesOf(this)].flatMap(([, leaf]) =>
      hasBrand(leaf, "Variable") ? [[leaf as Variable, (leaf as Variable<VariableValue>).getRawValue()] as const] : [],
    );
    try {
      for (const [name, metric] of metricsOf(this)) {
        const own = isMaskTable(mask) ? mask[name] : mask;
        metric.update(own === undefined || own === null ? values : { ...values, mask: own });
      }
    } catch (error) {
      for (const [variable, value] of before)
        if (variable.getRawValue() !== value) variable.setRawValue(value as never);
      throw error;
    }
  }

  /** The values of the metrics by name. */
  compute(): { readonly [K in keyof T]: ReturnType<T[K]["compute"]> } {
    return Object.fromEntries(metricsOf(this).map(([name, metric]) => [name, metric.compute()])) as never;
  }
}

function metricsOf(metrics: object): [string, Metric][] {
  return Object.entries(metrics).filter((entry): entry is [string, Metric] => isMetric(entry[1]));
}

function isMetric(x: unknown): x is Metric {
  return hasBrand(x, "Module") && typeof (x as Partial<Metric>).compute === "function";
}

function isMaskTable(mask: unknown): mask is Readonly<Record<string, unknown>> {
  return typeof mask === "object" && mask !== null && !Array.isArray(mask) && isPlain(mask);
}
