/** The error of a wrong argument begins with the name of the function that was called. */
import { describe, expect, it } from "vitest";
import { numpy as jnp, optax } from "../../src/index.ts";

type Fn = (...args: unknown[]) => unknown;

const FUNCTIONS = Object.entries<unknown>({ ...optax, ...optax.losses, ...optax.contrib }).filter(
  (entry): entry is [string, Fn] => typeof entry[1] === "function" && /^[a-z]/.test(entry[0]),
);

const x = jnp.ones([2, 3]);

/** Wrong arguments of the functions that an unknown option does not reach. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  ctcLoss: [x, x, x],
  multiclassHingeLoss: [x, jnp.ones([4, 5])],
  multiclassPerceptronLoss: [x, jnp.ones([4, 5])],
  ntxent: [x, jnp.ones([4, 5])],
  perceptronLoss: [x, jnp.ones([4, 5])],
  softmaxCrossEntropyWithIntegerLabels: [x, jnp.ones([4, 5], { dtype: "int32" })],
  squaredError: [x, jnp.ones([4, 5])],
};

/** Functions that check nothing themselves: what they call names itself, or nothing is thrown at once. */
const UNNAMED = new Set(
  (
    "applyUpdates biasCorrection centralize ctcLossWithForwardProbs flatten freeze globalNorm identity " +
    "incrementalUpdate initEmptyState injectHyperparams keepParamsNonnegative masked multiTransform " +
    "periodicUpdate safeIncrement safeInt32Increment scaleBySign setToZero skipLargeUpdates skipNotFinite " +
    "stateless statelessWithTreeMap updateInfinityMoment updateMoment zeroNans"
  ).split(" "),
);

/** Another name of one function. */
const ALIASES: Readonly<Record<string, string>> = { convexKlDivergence: "generalizedKlDivergence" };

it("joinSchedules and selectiveTransform say what they expected", () => {
  const { joinSchedules, selectiveTransform } = optax as unknown as Record<string, Fn>;
  const constant = optax.constantSchedule(1);
  expect(() => joinSchedules!({})).toThrow('optax.joinSchedules: "schedules" expected a list, got Object');
  expect(() => joinSchedules!([constant])).toThrow('optax.joinSchedules: "boundaries" expected a list, got undefined');
  expect(() => selectiveTransform!(optax.scale(-1))).toThrow(
    'optax.selectiveTransform: "freezeMask" expected a tree of booleans, got undefined',
  );
  expect(() => selectiveTransform!({}, { freezeMask: {} })).toThrow("optax.selectiveTransform: ");
});

describe("the name of the function begins its errors", () => {
  it.each(FUNCTIONS.filter(([name]) => !UNNAMED.has(name)))("%s", (name, fn) => {
    expect(() => fn(...(WRONG[name] ?? [{ noSuchOption: 1 }]))).toThrow(
      new RegExp(`^optax\\.(\\w+\\.)?${ALIASES[name] ?? name}(: | is not in flaxen: )`),
    );
  });
});

/** Losses of two arrays, by the names of their arguments. */
const PAIRS: Readonly<Record<string, readonly [string, string]>> = {
  cosineDistance: ["predictions", "targets"],
  cosineSimilarity: ["predictions", "targets"],
  generalizedKlDivergence: ["logPredictions", "targets"],
  hingeLoss: ["predictorOutputs", "targets"],
  huberLoss: ["predictions", "targets"],
  klDivergence: ["logPredictions", "targets"],
  klDivergenceWithLogTargets: ["logPredictions", "logTargets"],
  l2Loss: ["predictions", "targets"],
  logCosh: ["predictions", "targets"],
  polyLossCrossEntropy: ["logits", "labels"],
  safeSoftmaxCrossEntropy: ["logits", "labels"],
  sigmoidBinaryCrossEntropy: ["logits", "labels"],
  sigmoidFocalLoss: ["logits", "labels"],
  softmaxCrossEntropy: ["logits", "labels"],
  squaredError: ["predictions", "targets"],
  tripletMarginLoss: ["anchors", "positives"],
};

describe("a loss names itself and the argument", () => {
  it.each(Object.entries(PAIRS))("%s", (name, [first, second]) => {
    const fn = { ...optax, ...optax.losses }[name as "hingeLoss"] as Fn;
    const prefix = `optax\\.(losses\\.)?${name}: `;
    expect(() => fn("text", x, x)).toThrow(new RegExp(`^${prefix}"${first}" expected an array.*, got "text"`));
    expect(() => fn(x, "text", x)).toThrow(new RegExp(`^${prefix}"${second}" expected an array.*, got "text"`));
    expect(() => fn(x, jnp.ones([4, 5]), x)).toThrow(
      new RegExp(`^${prefix}(shapes \\[2, 3\\] and \\[4, 5\\] do not broadcast|"targets" expected the shape)`),
    );
  });
});
