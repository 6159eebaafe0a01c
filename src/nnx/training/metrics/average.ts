import type { ArrayLike, NDArray } from "../../../array/index.ts";
import { add, asarray, divide, multiply, sum, zeros } from "../../../array/index.ts";
import { assertTakes, describe } from "../../../base/index.ts";
import type { MetricArguments } from "./metric.ts";
import { Metric, MetricState } from "./metric.ts";

/**
 * The mean of all values of one name, those of an array each for itself.
 *
 * `total` is a float32, `count` an int32. A number adds itself and 1, an array its sum and its size, with `mask` the
 * sum of what the mask leaves and how much that is.
 *
 * @example
 * const loss = new nnx.metrics.Average("loss");
 * loss.update({ loss: jnp.array([1, 2]) });
 * loss.update({ loss: 6 });
 * loss.compute().item() // => 3
 */
export class Average extends Metric {
  /** The name under which `update` gets the values. */
  readonly argname: string;
  readonly total: MetricState<NDArray> = new MetricState<NDArray>(zeros([]));
  readonly count: MetricState<NDArray> = new MetricState<NDArray>(zeros([], "int32"));

  /** @throws TypeError if `argname` is not a string */
  constructor(argname = "values") {
    super();
    assertTakes(arguments, `nnx.metrics.${this.constructor.name}`, "argname");
    if (typeof argname !== "string")
      throw new TypeError(
        `nnx.metrics.${this.constructor.name}: "argname" expected a string, got ${describe(argname)}`,
      );
    this.argname = argname;
  }

  reset(): void {
    this.total.set(zeros([]));
    this.count.set(zeros([], "int32"));
  }

  /**
   * Takes in the values of a step.
   *
   * @throws TypeError if there are none of the name, or a mask of a number; ShapeError if the mask does not broadcast
   */
  update(values: MetricArguments): void {
    assertTakes(arguments, `nnx.metrics.${this.constructor.name}.update`, "values");
    this.take(valuesOf(this, this.argname, values), values["mask"] as ArrayLike | null | undefined);
  }

  /** Takes in values that were found. @internal */
  protected take(values: unknown, mask: ArrayLike | null | undefined): void {
    const masked = mask !== undefined && mask !== null;
    if (typeof values === "number") {
      if (masked)
        throw new TypeError(
          `nnx.metrics.${this.constructor.name}.update: "${this.argname}" expected an array where there is a ` +
            `mask, got ${describe(values)}`,
        );
      this.gather(asarray(values), asarray(1, "int32"));
      return;
    }
    const array = asarray(values as ArrayLike);
    if (!masked) this.gather(sum(array), asarray(array.size, "int32"));
    else {
      const chosen = asarray(mask);
      this.gather(sum(multiply(array, chosen.astype(array.dtype))), sum(chosen).astype("int32"));
    }
  }

  private gather(total: NDArray, count: NDArray): void {
    const [before, number] = [add(this.total.get(), total), add(this.count.get(), count)];
    this.total.set(before);
    this.count.set(number);
  }

  /** The mean, float32: NaN of nothing. */
  compute(): NDArray {
    return divide(this.total.get(), this.count.get());
  }
}

/**
 * The values of a name.
 *
 * @throws TypeError if there are none
 */
export function valuesOf(metric: Metric, argname: string, values: MetricArguments): unknown {
  const found = (typeof values === "object" && values !== null ? values : {})[argname];
  if (found !== undefined && found !== null) return found;
  const { name } = metric.constructor;
  throw new TypeError(
    `nnx.metrics.${name}.update: "${argname}" expected values, got ${describe(found)}.\n  right: ` +
      `metric.update({ ${argname}: values })`,
  );
}
