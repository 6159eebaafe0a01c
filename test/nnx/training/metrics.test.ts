import { describe, expect, it } from "vitest";
import type { NDArray } from "../../../src/numpy.ts";
import { nnx, numpy as jnp } from "../../../src/index.ts";
import { onEachBackend } from "../../backends.ts";
import type { Encoded } from "../../golden/load.ts";
import { rms, ulp } from "../../autodiff/acceptance.ts";
import { isEncoded, numbersOf, recorded, revive } from "../../golden/training.ts";

interface Recorded {
  readonly metric: string;
  readonly options?: { readonly threshold: number };
  readonly updates?: readonly (Encoded | number)[];
  readonly logits?: Encoded;
  readonly labels?: Encoded;
  readonly mask?: Encoded;
  readonly computed: unknown;
  readonly state?: Record<string, Encoded>;
}

const { cases } = recorded<{ cases: readonly Recorded[] }>("metrics");
const { Accuracy, Average, Metric, MetricState, Welford } = nnx.metrics;

function find(metric: string, threshold = false): Recorded {
  return cases.find((one) => one.metric === metric && (one.options !== undefined) === threshold)!;
}

/** Within 4 float32 of the value, or of `scale`, the size of what was added up: sums have another order than XLA's. */
function close(got: NDArray, want: number | null, scale = 0): void {
  if (want === null) expect(got.item()).toBeNaN();
  else expect(Math.abs(got.item() - want)).toBeLessThanOrEqual(4 * ulp(Math.max(Math.abs(want), scale)));
}

/** The size of all values of some updates. */
function sizeOf(updates: readonly (Encoded | number)[]): number {
  return rms(updates.map((values) => (isEncoded(values) ? numbersOf(values) : [values])));
}

onEachBackend("metrics against Flax", () => {
  it("Average: values of four updates, and the state", () => {
    const { updates, computed, state } = find("Average");
    const average = new Average();
    for (const [i, values] of updates!.entries()) {
      average.update({ values: isEncoded(values) ? revive(values) : values });
      close(average.compute(), (computed as number[][])[i]![0]!, sizeOf(updates!.slice(0, i + 1)));
    }
    for (const [name, want] of Object.entries(state!)) {
      const leaf = nnx.state(average).get<nnx.Variable>(name);
      expect(leaf.dtype).toBe(want.dtype);
      close(leaf.get(), numbersOf(want)[0]!, name === "count" ? 0 : 12 * sizeOf(updates!));
    }
  });

  it("Welford: statistics of four updates, and the state", () => {
    const { updates, computed, state } = find("Welford");
    const welford = new Welford();
    for (const [i, values] of updates!.entries()) {
      welford.update({ values: isEncoded(values) ? revive(values) : values });
      const { mean, standardErrorOfMean, standardDeviation } = welford.compute();
      const want = (computed as (number | null)[][])[i]!;
      [mean, standardErrorOfMean, standardDeviation].forEach((got, at) =>
        close(got, want[at]!, sizeOf(updates!.slice(0, i + 1))),
      );
    }
    for (const [name, want] of Object.entries(state!)) {
      const leaf = nnx.state(welford).get<nnx.Variable>(name);
      expect(leaf.dtype).toBe(want.dtype);
      close(leaf.get(), numbersOf(want)[0]!, name === "count" ? 0 : sizeOf(updates!));
    }
  });

  it("Accuracy: of classes, with a mask, and of a threshold", () => {
    const { logits, labels, mask, computed } = find("Accuracy");
    const accuracy = new Accuracy();
    accuracy.update({ logits: revive(logits), labels: revive(labels) });
    close(accuracy.compute(), (computed as number[])[0]!);
    accuracy.update({ logits: revive(logits), labels: revive(labels), mask: revive(mask) });
    close(accuracy.compute(), (computed as number[])[1]!);
    const binary = find("Accuracy", true);
    const threshold = new Accuracy(binary.options);
    threshold.update({ logits: revive(binary.logits), labels: revive(binary.labels) });
    close(threshold.compute(), (binary.computed as number[])[0]!);
  });

  it("MultiMetric: all of them by name", () => {
    const { logits, labels } = find("Accuracy");
    const [first] = find("Average").updates!;
    const metrics = new nnx.MultiMetric({ accuracy: new Accuracy(), loss: new Average("loss") });
    metrics.update({ logits: revive(logits), labels: revive(labels), loss: revive(first) });
    const want = find("MultiMetric").computed as { accuracy: number; loss: number };
    const got = metrics.compute();
    expect(Object.keys(got)).toEqual(["accuracy", "loss"]);
    close(got.accuracy, want.accuracy);
    close(got.loss, want.loss, sizeOf([first!]));
  });
});

describe("what metrics are", () => {
  it("parts of nnx: their states have Flax's paths, merge and clone go on", () => {
    const metrics = new nnx.MultiMetric({ loss: new Average("loss"), accuracy: new Accuracy() });
    metrics.update({ loss: 2, logits: [[1, 3]], labels: [1] });
    expect(nnx.toFlatState(nnx.state(metrics, MetricState)).map(([path]) => path.join("/"))).toEqual([
      "accuracy/count",
      "accuracy/total",
      "loss/count",
      "loss/total",
    ]);
    const [graphdef, state] = metrics.split();
    for (const one of [nnx.merge(graphdef, state, { copy: true }), nnx.clone(metrics)]) {
      one.update({ loss: 4, logits: [[1, 3]], labels: [0] });
      expect(one.compute().loss.item()).toBe(3);
      expect(one.compute().accuracy.item()).toBe(0.5);
    }
    expect(metrics.compute().loss.item()).toBe(2);
  });

  it("NaN of nothing, before and after a reset", () => {
    const metrics = new nnx.MultiMetric({ a: new Average(), w: new Welford() });
    const empty = (): unknown[] => [metrics.compute().a.item(), metrics.compute().w.standardDeviation.item()];
    expect(empty()).toEqual([NaN, NaN]);
    metrics.update({ values: [1, 2] });
    expect(empty()).toEqual([1.5, 0.5]);
    metrics.reset();
    expect(empty()).toEqual([NaN, NaN]);
    expect(metrics.compute().w.mean.item()).toBe(0);
  });

  it("an Average of booleans counts, of integers is a float32", () => {
    const average = new Average();
    average.update({ values: jnp.array([true, false]) });
    average.update({ values: jnp.array([3, 4], "int32") });
    expect(average.compute().item()).toBe(2);
    expect(average.total.dtype).toBe("float32");
    expect(average.count.get().item()).toBe(4);
  });

  it("a mask for one metric of several", () => {
    const metrics = new nnx.MultiMetric({ a: new Average("x"), b: new Average("x") });
    metrics.update({ x: jnp.array([1, 5]), mask: { a: jnp.array([true, false]) } });
    expect([metrics.compute().a.item(), metrics.compute().b.item()]).toEqual([1, 3]);
  });
});

describe("metrics and bad input", () => {
  const labels = jnp.array([0, 1], "int32");
  it.each([
    ["no values", () => new Average("loss").update({ values: 1 }), TypeError, /"loss" expected values, got undefined/],
    ["nothing at all", () => new Average().update(undefined as never), TypeError, /"values" expected values/],
    ["a name that is none", () => new Average(5 as never), TypeError, /"argname" expected a string/],
    [
      "a mask of a number",
      () => new Average().update({ values: 1, mask: jnp.array([true]) }),
      TypeError,
      /expected an array where there is a mask/,
    ],
    ["a text for values", () => new Average().update({ values: "1" }), TypeError, /expected an array/],
    [
      "logits of the wrong rank",
      () => new Accuracy().update({ logits: jnp.ones([2]), labels }),
      RangeError,
      /"logits" expected 2 axes for labels of 1/,
    ],
    [
      "classes where there is a threshold",
      () => new Accuracy({ threshold: 0 }).update({ logits: jnp.ones([2, 3]), labels }),
      RangeError,
      /"logits" expected 1 axes/,
    ],
    [
      "labels that are floats",
      () => new Accuracy().update({ logits: jnp.ones([2, 3]), labels: jnp.ones([2]) }),
      TypeError,
      /"labels" expected int32/,
    ],
    [
      "labels in fractions",
      () => new Accuracy().update({ logits: jnp.ones([2, 3]), labels: [0.5, 1] }),
      TypeError,
      /"labels" expected int32/,
    ],
    [
      "a threshold that is none",
      () => new Accuracy({ threshold: "0" as never }),
      TypeError,
      /"threshold" expected a number/,
    ],
    [
      "something else for a metric",
      () => new nnx.MultiMetric({ a: new nnx.Linear(1, 1, { rngs: new nnx.Rngs(0) }) as never }),
      TypeError,
      /"a" expected a metric/,
    ],
    [
      "the name of a method",
      () => new nnx.MultiMetric({ update: new Average() }),
      TypeError,
      /no methods, got "update"/,
    ],
  ] as const)("%s", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });

  it("a MultiMetric of which one fails is as before", () => {
    const metrics = new nnx.MultiMetric({ loss: new Average("loss"), accuracy: new Accuracy() });
    metrics.update({ loss: 1, logits: [[1, 3]], labels: [1] });
    expect(() => metrics.update({ loss: 5, logits: [[1, 3]] })).toThrow(/"labels" expected values/);
    expect([metrics.compute().loss.item(), metrics.compute().accuracy.item()]).toEqual([1, 1]);
  });

  it("a metric of the user's", () => {
    class Largest extends Metric {
      readonly value = new MetricState(-Infinity);
      reset(): void {
        this.value.set(-Infinity);
      }
      update({ values }: { readonly values?: NDArray }): void {
        this.value.set(jnp.maximum(this.value, values!.max()));
      }
      compute(): NDArray {
        return this.value.get() as NDArray;
      }
    }
    const metrics = new nnx.MultiMetric({ largest: new Largest(), mean: new Average() });
    metrics.update({ values: jnp.array([1, 7]) });
    expect([metrics.compute().largest.item(), metrics.compute().mean.item()]).toEqual([7, 4]);
  });
});
