import type { ArrayLike, NDArray } from "../../../array/index.ts";
import { add, asarray, divide, mean, multiply, power, subtract, variance, zeros } from "../../../array/index.ts";
import { assertTakes, describe } from "../../../base/index.ts";
import { valuesOf } from "./average.ts";
import type { MetricArguments } from "./metric.ts";
import { Metric, MetricState } from "./metric.ts";

/** What `Welford` computes. */
export interface Statistics {
  readonly mean: NDArray;
  /** The standard deviation over the root of the number of values. */
  readonly standardErrorOfMean: NDArray;
  /** Its divisor is the number of values. */
  readonly standardDeviation: NDArray;
}

/**
 * The mean and the standard deviation of all values of one name, gathered by Welford's algorithm.
 *
 * @example
 * const spread = new nnx.metrics.Welford();
 * spread.update({ values: jnp.array([1, 3]) });
 * const { mean, standardDeviation } = spread.compute();
 * [mean.item(), standardDeviation.item()] // => [2, 1]
 */
export class Welford extends Metric {
  /** The name under which `update` gets the values. */
  readonly argname: string;
  readonly count: MetricState<NDArray> = new MetricState<NDArray>(zeros([], "int32"));
  readonly mean: MetricState<NDArray> = new MetricState<NDArray>(zeros([]));
  /** The sum of the squared differences to the mean. */
  readonly m2: MetricState<NDArray> = new MetricState<NDArray>(zeros([]));

  /** @throws TypeError if `argname` is not a string */
  constructor(argname = "values") {
    super();
    assertTakes(arguments, "nnx.metrics.Welford", "argname");
    if (typeof argname !== "string")
      throw new TypeError(`nnx.metrics.Welford: "argname" expected a string, got ${describe(argname)}`);
    this.argname = argname;
  }

  reset(): void {
    this.count.set(zeros([], "int32"));
    this.mean.set(zeros([]));
    this.m2.set(zeros([]));
  }

  /**
   * Takes in the values of a step.
   *
   * @throws TypeError if there are none of the name
   */
  update(values: MetricArguments): void {
    assertTakes(arguments, "nnx.metrics.Welford.update", "values");
    const given = valuesOf(this, this.argname, values);
    const array = asarray(given as ArrayLike);
    const n = array.size;
    const before = this.count.get();
    const count = add(before, asarray(n, "int32"));
    const delta = subtract(mean(array), this.mean.get());
    const within = multiply(variance(array), n);
    const between = divide(multiply(multiply(multiply(delta, delta), n), before), count);
    const [center, squares] = [
      add(this.mean.get(), divide(multiply(delta, n), count)),
      add(this.m2.get(), add(within, between)),
    ];
    this.count.set(count);
    this.mean.set(center);
    this.m2.set(squares);
  }

  /** Mean, standard error of the mean and standard deviation, float32: NaN of nothing but the mean, which is 0. */
  compute(): Statistics {
    const count = this.count.get();
    const standardDeviation = power(divide(this.m2.get(), count), 0.5);
    return {
      mean: this.mean.get(),
      standardErrorOfMean: divide(standardDeviation, power(count, 0.5)),
      standardDeviation,
    };
  }
}
