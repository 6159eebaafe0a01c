import type { ArrayLike, NDArray } from "../../../array/index.ts";
import { argmax, asarray, equal, greater, greaterEqual } from "../../../array/index.ts";
import { assertTakes, describe, ShapeError } from "../../../base/index.ts";
import { Average, valuesOf } from "./average.ts";
import type { MetricArguments } from "./metric.ts";

/** What `Accuracy` takes. */
export interface AccuracyOptions {
  /**
   * From which logit on an example counts as a one; there are two classes then. Default
   * none: the greatest logit counts.
   */
  readonly threshold?: number | null;
}

/**
 * The part of examples whose label is found: where the greatest logit along the last axis is that of the label, or
 * with a `threshold` where (logit >= threshold) equals (label > 0).
 *
 * @example
 * const accuracy = new nnx.metrics.Accuracy();
 * accuracy.update({ logits: jnp.array([[1, 3], [2, 0]]), labels: jnp.array([1, 1], "int32") });
 * accuracy.compute().item() // => 0.5
 */
export class Accuracy extends Average {
  readonly threshold: number | null;

  /** @throws TypeError if `threshold` is not a number */
  constructor({ threshold = null }: AccuracyOptions = {}) {
    super();
    assertTakes(arguments, "nnx.metrics.Accuracy", "options", ["threshold"]);
    if (threshold !== null && typeof threshold !== "number")
      throw new TypeError(`nnx.metrics.Accuracy: "threshold" expected a number, got ${describe(threshold)}`);
    this.threshold = threshold;
  }

  /**
   * Takes in `logits` [..., classes] and `labels` [...], int32; with a threshold both of one
   * rank. `mask` says which count.
   *
   * @throws TypeError if one is missing or the labels are not int32; ShapeError if their ranks do not fit
   */
  override update(values: MetricArguments): void {
    assertTakes(arguments, "nnx.metrics.Accuracy.update", "values");
    const logits = asarray(valuesOf(this, "logits", values) as ArrayLike);
    const labels = labelsOf(valuesOf(this, "labels", values) as ArrayLike);
    const wanted = labels.ndim + (this.threshold === null ? 1 : 0);
    if (logits.ndim !== wanted)
      throw new ShapeError(
        `nnx.metrics.Accuracy.update: "logits" expected ${wanted} axes for labels of ${labels.ndim}, got ` +
          `${describe(logits)}`,
      );
    const right =
      this.threshold === null
        ? equal(argmax(logits, -1), labels)
        : equal(greaterEqual(logits, this.threshold), greater(labels, 0));
    this.take(right, values["mask"] as ArrayLike | null | undefined);
  }
}

/** Labels as int32; JavaScript's own numbers count where they are whole. */
function labelsOf(given: ArrayLike): NDArray {
  const labels = asarray(given);
  if (labels.dtype === "int32") return labels;
  if ((Array.isArray(given) || typeof given === "number") && labels.data.every(Number.isInteger))
    return labels.astype("int32");
  throw new TypeError(
    `nnx.metrics.Accuracy.update: "labels" expected int32, got ${describe(labels)}. Cast them with .astype("int32")`,
  );
}
