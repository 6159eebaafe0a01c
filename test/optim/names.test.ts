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

const places = (name: string): Fn =>
  name.split(".").reduce<unknown>((space, part) => (space as never)[part], optax) as Fn;
const whole = jnp.ones([2, 3], "int32");
const ids = jnp.zeros([2], "int32");
const pads = jnp.zeros([2, 3]);

describe("a loss names the argument that is of another kind, and itself", () => {
  it.each<[fn: string, argument: string, args: readonly unknown[]]>([
    ["sigmoidBinaryCrossEntropy", "logits", [whole, x]],
    ["sigmoidFocalLoss", "logits", [whole, x]],
    ["squaredError", "predictions", [whole, x]],
    ["huberLoss", "predictions", [whole, x]],
    ["logCosh", "predictions", [whole, x]],
    ["cosineSimilarity", "predictions", [whole, x]],
    ["cosineSimilarity", "targets", [x, whole]],
    ["ntxent", "embeddings", [whole, ids]],
    ["losses.tripletMarginLoss", "anchors", [whole, x, x]],
    ["losses.tripletMarginLoss", "positives", [x, whole, x]],
    ["losses.tripletMarginLoss", "negatives", [x, x, whole]],
    ["softmaxCrossEntropyWithIntegerLabels", "logits", [whole, ids]],
    ["softmaxCrossEntropy", "logits", [whole, x]],
    ["safeSoftmaxCrossEntropy", "logits", [whole, x]],
    ["losses.polyLossCrossEntropy", "logits", [whole, x]],
    ["klDivergence", "logPredictions", [whole, x]],
    ["klDivergence", "targets", [x, whole]],
    ["losses.klDivergenceWithLogTargets", "logPredictions", [whole, x]],
    ["losses.klDivergenceWithLogTargets", "logTargets", [x, whole]],
    ["smoothLabels", "labels", [whole, 0.5]],
    ["ctcLoss", "logits", [jnp.ones([2, 3, 4], "int32"), pads, ids, pads]],
  ])("%s: %s", (fn, argument, args) => {
    expect(() => places(fn)(...args)).toThrow(`optax.${fn}: "${argument}" expected floats, got NDArray int32`);
  });

  it.each<[fn: string, args: readonly unknown[]]>([
    ["ntxent", [x, jnp.full([2], 0.5)]],
    ["softmaxCrossEntropyWithIntegerLabels", [x, jnp.full([2], 0.5)]],
    ["losses.multiclassHingeLoss", [x, jnp.full([2], 0.5)]],
    ["losses.multiclassPerceptronLoss", [x, jnp.full([2], 0.5)]],
    ["ctcLoss", [jnp.ones([2, 3, 4]), pads, jnp.full([2, 1], 0.5), jnp.zeros([2, 1])]],
  ])("%s: labels", (fn, args) => {
    expect(() => places(fn)(...args)).toThrow(`optax.${fn}: "labels" expected whole numbers, got NDArray float32`);
  });
});

describe("a transformation that needs parameters says so", () => {
  it.each<[name: string, tx: optax.GradientTransformation]>([
    ["contrib.prodigy", optax.contrib.prodigy()],
    ["contrib.dadaptAdamw", optax.contrib.dadaptAdamw()],
    ["contrib.scheduleFree", optax.contrib.scheduleFreeSgd()],
    ["contrib.scaleByCocob", optax.contrib.scaleByCocob()],
    ["contrib.scaleByMadgrad", optax.contrib.scaleByMadgrad(0.1)],
    ["scaleByTrustRatio", optax.scaleByTrustRatio()],
    ["scaleByParamBlockNorm", optax.scaleByParamBlockNorm()],
    ["scaleByParamBlockRms", optax.scaleByParamBlockRms()],
    ["scaleByNovograd", optax.scaleByNovograd()],
    ["scaleByFactoredRms", optax.scaleByFactoredRms()],
    ["addDecayedWeights", optax.addDecayedWeights(0.1)],
    ["adaptiveGradClip", optax.adaptiveGradClip(0.1)],
    ["keepParamsNonnegative", optax.keepParamsNonnegative()],
  ])("%s", (name, tx) => {
    expect(() => tx.update(x, tx.init(x))).toThrow(`optax.${name}: `);
  });
});

describe("a schedule names itself where the count is none", () => {
  it.each<[name: string, schedule: (count: number) => unknown]>([
    ["constantSchedule", optax.constantSchedule(1)],
    ["linearSchedule", optax.linearSchedule(0, 1, 5)],
    ["polynomialSchedule", optax.polynomialSchedule(0, 1, 2, 5)],
    ["exponentialDecay", optax.exponentialDecay(1, 5, 0.5)],
    ["cosineDecaySchedule", optax.cosineDecaySchedule(1, 5)],
    ["piecewiseConstantSchedule", optax.piecewiseConstantSchedule(1, { 5: 0.5 })],
    ["piecewiseInterpolateSchedule", optax.piecewiseInterpolateSchedule("linear", 1, { 5: 0.5 })],
  ])("%s", (name, schedule) => {
    expect(() => schedule(NaN)).toThrow(`optax.${name}: "count" expected a number, got NaN`);
  });

  it.each<[name: string, steps: string, make: () => unknown]>([
    ["linearOnecycleSchedule", "transitionSteps", () => optax.linearOnecycleSchedule(0, 1)],
    ["cosineOnecycleSchedule", "transitionSteps", () => optax.cosineOnecycleSchedule(0, 1)],
    ["cosineDecaySchedule", "decaySteps", () => optax.cosineDecaySchedule(1, 0)],
  ])("%s: no steps", (name, steps, make) => {
    expect(make).toThrow(`optax.${name}: "${steps}" expected more than 0, got 0`);
  });
});

it("a decay rate of 1 has an end value that it does not pass", () => {
  // As of rates above 1, the end is the most that it gives.
  expect([0, 5].map((n) => optax.exponentialDecay(2, 5, 1, { endValue: 1 })(n).item())).toEqual([1, 1]);
});
