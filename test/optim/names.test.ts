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
    "applyUpdates biasCorrection centralize convexKlDivergence cosineDistance cosineSimilarity " +
    "ctcLossWithForwardProbs flatten freeze generalizedKlDivergence globalNorm hingeLoss huberLoss identity " +
    "incrementalUpdate initEmptyState injectHyperparams keepParamsNonnegative klDivergence " +
    "klDivergenceWithLogTargets l2Loss logCosh masked multiTransform periodicUpdate polyLossCrossEntropy " +
    "safeIncrement safeInt32Increment safeNorm safeRootMeanSquares safeSoftmaxCrossEntropy scaleBySign " +
    "setToZero sigmoidBinaryCrossEntropy sigmoidFocalLoss skipLargeUpdates skipNotFinite " +
    "softmaxCrossEntropy stateless statelessWithTreeMap tripletMarginLoss updateInfinityMoment updateMoment zeroNans"
  ).split(" "),
);

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
      new RegExp(`^optax\\.(\\w+\\.)?${name}(: | is not in flaxen: )`),
    );
  });
});
