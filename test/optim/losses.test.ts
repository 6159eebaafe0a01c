import { describe, expect, it } from "vitest";
import type { ArrayLike, NDArray } from "../../src/numpy.ts";
import * as jnp from "../../src/numpy.ts";
import { vjp } from "../../src/index.ts";
import * as optax from "../../src/optax.ts";
import { inaccuracy, rms, unconventional } from "../autodiff/acceptance.ts";
import { onEachBackend } from "../backends.ts";
import type { Encoded } from "../golden/load.ts";
import { numbersOf, recorded, revive, ulpsBetween } from "../golden/training.ts";

interface Recorded {
  readonly loss: string;
  readonly args: readonly Encoded[];
  readonly options: Record<string, unknown>;
  readonly kind: "accuracy" | "convention";
  readonly out: Encoded;
  readonly out64?: Encoded;
  /** The places of the arguments that were differentiated. */
  readonly wrt: readonly number[];
  /** Towards each of them, for a cotangent of ones. */
  readonly grads: readonly Encoded[];
  readonly grads64?: readonly Encoded[];
}

const { cases } = recorded<{ cases: readonly Recorded[] }>("losses");

function lossOf({ loss, options }: Recorded, args: readonly unknown[]): NDArray {
  // Recorded with the one argument and the strength bound.
  if (loss === "smoothLabels") return optax.smoothLabels(args[0] as ArrayLike, 0.1);
  const f = (optax as unknown as Record<string, (...args: unknown[]) => NDArray>)[loss]!;
  return f(...args, options);
}

/** The gradients of a recorded loss, for a cotangent of ones. */
function gradientsOf(one: Recorded): NDArray[] {
  const args = one.args.map(revive);
  const f = (...xs: NDArray[]): NDArray =>
    lossOf(
      one,
      args.map((x, i) => (one.wrt.includes(i) ? xs[one.wrt.indexOf(i)] : x)),
    );
  const [out, vjpFn] = vjp(f, ...one.wrt.map((i) => args[i] as NDArray));
  return vjpFn(jnp.ones(out.shape)) as NDArray[];
}

onEachBackend("losses against JAX", () => {
  it.each(cases.map((one, i) => [`${one.loss} #${i}`, one] as const))("%s", (_, one) => {
    const got = lossOf(one, one.args.map(revive));
    expect(got.shape).toEqual(one.out.shape);
    const values = Array.from(got.data);
    const want = numbersOf(one.out);
    if (one.kind === "convention") {
      values.forEach((value, i) =>
        expect(ulpsBetween(value, want[i]!), `[${i}] ${value} ${want[i]}`).toBeLessThanOrEqual(4),
      );
      return;
    }
    const exact = numbersOf(one.out64!);
    expect(inaccuracy(values, want, exact, rms([exact]))).toBe("");
  });

  it.each(cases.map((one, i) => [`${one.loss} #${i}: gradients`, one] as const))("%s", (_, one) => {
    const got = gradientsOf(one).map((x) => x.data);
    const want = one.grads.map(numbersOf);
    const exact = one.grads64?.map(numbersOf);
    for (const [i, gradient] of got.entries())
      expect(exact ? inaccuracy(gradient, want[i]!, exact[i]!, rms(exact)) : unconventional(gradient, want[i]!)).toBe(
        "",
      );
  });
});

const X = jnp.array([
  [1, 2, 3],
  [4, 0, -1],
]);

describe("options of losses", () => {
  it("softmaxCrossEntropyWithIntegerLabels: an axis of the classes, or several as one", () => {
    const plain = optax.softmaxCrossEntropyWithIntegerLabels(X, [2, 0]).tolist();
    expect(optax.softmaxCrossEntropyWithIntegerLabels(X.T, [2, 0], { axis: 0 }).tolist()).toEqual(plain);
    const folded = X.reshape([2, 3, 1]);
    expect(optax.softmaxCrossEntropyWithIntegerLabels(folded, [2, 0], { axis: [1, 2] }).tolist()).toEqual(plain);
  });

  it("softmaxCrossEntropyWithIntegerLabels: classes that do not count, and rows of none", () => {
    const where = jnp.array([
      [true, true, false],
      [false, false, false],
    ]);
    const [first, second] = optax.softmaxCrossEntropyWithIntegerLabels(X, [1, 0], { where }).tolist() as number[];
    expect(first).toBe(optax.softmaxCrossEntropyWithIntegerLabels([[1, 2]], [1]).item());
    expect(second).toBe(0);
  });

  it("softmaxCrossEntropyWithIntegerLabels: NaN for a label outside the classes, the end for a negative one", () => {
    const [far, last] = optax.softmaxCrossEntropyWithIntegerLabels(X, [3, -1]).tolist() as number[];
    expect(far).toBeNaN();
    expect(last).toBe(optax.softmaxCrossEntropyWithIntegerLabels(X, [0, 2]).slice(1).item());
  });

  it("softmaxCrossEntropy: classes that do not count", () => {
    const where = jnp.array([true, true, false]);
    const hot = jnp.array([
      [0, 1, 1],
      [1, 0, 1],
    ]);
    const got = optax.softmaxCrossEntropy(X, hot, { where: jnp.broadcastTo(where, [2, 3]) }).tolist();
    expect(got).toEqual(optax.softmaxCrossEntropy(X.slice(":", ":2"), hot.slice(":", ":2")).tolist());
  });

  it("cosineSimilarity and klDivergence: an axis, and elements that do not count", () => {
    const where = jnp.array([
      [true, true, false],
      [true, true, false],
    ]);
    expect(optax.cosineSimilarity(X, X.mul(2), { where }).tolist()).toEqual(
      optax.cosineSimilarity(X.slice(":", ":2"), X.slice(":", ":2").mul(2)).tolist(),
    );
    expect(optax.cosineSimilarity(X.T, X.T, { axis: 0 }).shape).toEqual([2]);
    const p = jnp.full([2, 3], 0.25);
    expect(optax.klDivergence(jnp.log(p), p, { where }).tolist()).toEqual([0, 0]);
    expect(optax.klDivergence(jnp.log(p), p, { axis: null }).shape).toEqual([]);
  });

  it("smoothLabels: the classes that count", () => {
    const where = jnp.array([[true, true, false]]);
    expect(optax.smoothLabels([[1, 0, 0]], 0.5, { where }).tolist()).toEqual([[0.75, 0.25, 0.25]]);
  });

  it("huberLoss: another delta", () => {
    expect(optax.huberLoss([3], [0], { delta: 2 }).tolist()).toEqual([4]);
  });
});

describe("losses and bad arguments", () => {
  it.each([
    [
      "integers for logits",
      () => optax.softmaxCrossEntropyWithIntegerLabels(jnp.ones([2, 3], "int32"), [0, 1]),
      TypeError,
      /"logits" expected floats.*astype/,
    ],
    [
      "one-hot labels for integers",
      () => optax.softmaxCrossEntropyWithIntegerLabels(X, X),
      RangeError,
      /"labels" expected shape \[2\], got \[2, 3\]\. optax\.softmaxCrossEntropy takes one-hot labels/,
    ],
    [
      "labels of another batch",
      () => optax.softmaxCrossEntropyWithIntegerLabels(X, [0, 1, 2]),
      RangeError,
      /"labels" expected shape \[2\], got \[3\]/,
    ],
    [
      "an axis that is none",
      () => optax.softmaxCrossEntropyWithIntegerLabels(X, [0, 1], { axis: 2 }),
      RangeError,
      /"axis" expected axes/,
    ],
    [
      "targets that would broadcast",
      () => optax.l2Loss(X, [1, 2, 3]),
      RangeError,
      /"targets" expected the shape \[2, 3\]/,
    ],
    [
      "a delta that is no number",
      () => optax.huberLoss(X, X, { delta: "1" as never }),
      TypeError,
      /"delta" expected a number/,
    ],
    [
      "an axis that is not there",
      () => optax.smoothLabels(X, 0.1, { axis: 5 }),
      RangeError,
      /smoothLabels: "axis" expec/,
    ],
    ["an alpha that is no number", () => optax.smoothLabels(X, "0.1" as never), TypeError, /"alpha" expected a number/],
    [
      "paddings of another shape",
      () => optax.ctcLoss(jnp.zeros([1, 2, 3]), [[0]], [[1]], [[0]]),
      RangeError,
      /"logitPaddings" expected shape \[1, 2\]/,
    ],
    [
      "a blank that is no class",
      () => optax.ctcLoss(jnp.zeros([1, 1, 2]), [[0]], [[1]], [[0]], { blankId: 2 }),
      RangeError,
      /"blankId" expected 0 to 1/,
    ],
    ["labels of another length", () => optax.ntxent(X, [0, 1, 2]), RangeError, /"labels" of shape \[batch\]/],
  ] as const)("%s", (_, run, type, message) => {
    expect(run).toThrow(type);
    expect(run).toThrow(message);
  });
});
