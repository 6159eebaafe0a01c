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
  applyUpdates: [{ a: x }, { b: x }],
  ctcLoss: [x, x, x],
  freeze: [undefined],
  globalNorm: ["text"],
  multiclassHingeLoss: [x, jnp.ones([4, 5])],
  multiclassPerceptronLoss: [x, jnp.ones([4, 5])],
  ntxent: [x, jnp.ones([4, 5])],
  partition: [{}],
  multiTransform: [{}],
  perceptronLoss: [x, jnp.ones([4, 5])],
  skipLargeUpdates: ["text"],
  skipNotFinite: ["text"],
  softmaxCrossEntropyWithIntegerLabels: [x, jnp.ones([4, 5], { dtype: "int32" })],
  squaredError: [x, jnp.ones([4, 5])],
};

/** Functions without an argument that could be wrong: they take none, or look at none. */
const UNNAMED = new Set([
  "centralize",
  "identity",
  "initEmptyState",
  "keepParamsNonnegative",
  "scaleBySign",
  "setToZero",
  "zeroNans",
]);

/** Another name of one function. */
const ALIASES: Readonly<Record<string, string>> = {
  convexKlDivergence: "generalizedKlDivergence",
  freeze: "masked",
  multiTransform: "partition",
  safeInt32Increment: "safeIncrement",
};

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
    const rest = name === "tripletMarginLoss" ? [x] : [];
    expect(() => fn("text", x, ...rest)).toThrow(new RegExp(`^${prefix}"${first}" expected an array.*, got "text"`));
    expect(() => fn(x, "text", ...rest)).toThrow(new RegExp(`^${prefix}"${second}" expected an array.*, got "text"`));
    expect(() => fn(x, jnp.ones([4, 5]), ...rest)).toThrow(
      new RegExp(`^${prefix}(shapes \\[2, 3\\] and \\[4, 5\\] do not broadcast|"targets" expected the shape)`),
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

const one = jnp.array(1, "int32");
const wide = jnp.ones([4, 5]);

describe("a function of trees names itself and the argument", () => {
  it.each<[fn: string, argument: string, args: readonly unknown[]]>([
    ["applyUpdates", "params", ["text", x]],
    ["applyUpdates", "updates", [{ a: x }, { a: "text" }]],
    ["incrementalUpdate", "newTensors", ["text", x, 0.5]],
    ["incrementalUpdate", "oldTensors", [x, "text", 0.5]],
    ["incrementalUpdate", "stepSize", [x, x]],
    ["updateMoment", "updates", ["text", x, 0.5, 1]],
    ["updateMoment", "moments", [x, "text", 0.5, 2]],
    ["updateMoment", "decay", [x, x, undefined, 2]],
    ["updateInfinityMoment", "updates", ["text", x, 0.5, 0]],
    ["updateInfinityMoment", "moments", [x, "text", 0.5, 0]],
    ["updateInfinityMoment", "decay", [x, x, "text", 0]],
    ["updateInfinityMoment", "eps", [x, x, 0.5]],
    ["biasCorrection", "moment", ["text", 0.5, one]],
    ["biasCorrection", "decay", [x, "text", one]],
    ["biasCorrection", "count", [x, 0.5]],
    ["periodicUpdate", "steps", [x, x, "text", 1]],
    ["periodicUpdate", "updatePeriod", [x, x, 1, jnp.ones([2])]],
    ["globalNorm", "updates", [{ a: "text" }]],
    ["safeIncrement", "count", []],
    ["safeNorm", "minNorm", [x]],
    ["safeRootMeanSquares", "minRms", [x, "text"]],
    ["skipLargeUpdates", "updates", ["text", 0, null, 1]],
    ["skipLargeUpdates", "maxSquaredNorm", [x, 0, null]],
    ["skipNotFinite", "updates", [{ a: "text" }]],
    ["ctcLossWithForwardProbs", "logitPaddings", [jnp.ones([2, 3, 4]), "text", jnp.ones([2, 1], "int32"), x]],
    ["ctcLoss", "labelPaddings", [jnp.ones([2, 3, 4]), x, jnp.ones([2, 1], "int32"), "text"]],
  ])("%s: %s", (fn, argument, args) => {
    expect(() => places(fn)(...args)).toThrow(new RegExp(`^optax\\.${fn}: "${argument}" expected (an array|a number)`));
  });

  it.each<[fn: string, args: readonly unknown[]]>([
    ["applyUpdates", [x, wide]],
    ["incrementalUpdate", [x, wide, 0.5]],
    ["updateMoment", [x, wide, 0.5, 1]],
    ["updateInfinityMoment", [x, wide, 0.5, 0]],
    ["biasCorrection", [x, 0.5, jnp.ones([4, 5], "int32")]],
    ["safeNorm", [x, wide]],
    ["safeRootMeanSquares", [x, wide]],
  ])("%s: shapes", (fn, args) => {
    expect(() => places(fn)(...args)).toThrow(`optax.${fn}: shapes [2, 3] and [4, 5] do not broadcast`);
  });

  it.each<[fn: string, rest: readonly unknown[]]>([
    ["applyUpdates", []],
    ["incrementalUpdate", [0.5]],
    ["updateMoment", [0.5, 1]],
    ["updateInfinityMoment", [0.5, 0]],
  ])("%s: structures", (fn, rest) => {
    expect(() => places(fn)({ a: x }, { b: x }, ...rest)).toThrow(
      `optax.${fn}: trees expected one structure, got a and b at the root`,
    );
  });

  it("a moment is of order 1 or 2", () => {
    expect(() => optax.updateMoment(x, x, 0.5, 3 as never)).toThrow(
      'optax.updateMoment: "order" expected 1 or 2, got 3',
    );
  });

  it("a count may be an array that broadcasts with the average", () => {
    const counts = jnp.array([[1], [2]], "int32");
    expect(optax.biasCorrection(jnp.ones([2]), 0.5, counts).tolist()).toEqual([
      [2, 2],
      [expect.closeTo(4 / 3, 6), expect.closeTo(4 / 3, 6)],
    ]);
  });
});

describe("a wrapper names itself and the argument", () => {
  it.each<[message: string, args: readonly unknown[]]>([
    ['flatten: "inner" expected a gradient transformation, got 1', [1]],
    ['masked: "inner" expected a gradient transformation, got function', [optax.identity, true]],
    ['masked: "mask" expected true or false for each leaf, got undefined', [optax.identity()]],
    ['partition: "transforms" expected transformations by name, got 1', [1, "a"]],
    ['partition: "paramLabels" expected names or a function, got undefined', [{}]],
    ['stateless: "f" expected a function, got 1', [1]],
    ['statelessWithTreeMap: "f" expected a function, got undefined', []],
    ['injectHyperparams: "innerFactory" expected a function, got 1', [1]],
  ])("%s", (message, args) => {
    expect(() => places(message.split(":")[0]!)(...args)).toThrow(`optax.${message}`);
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
