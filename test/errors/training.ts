/** Every error of optax, optimizers, metrics and batches. */
import { data, jax, nnx, numpy as jnp, optax, random } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const ones = (...shape: number[]) => jnp.ones(shape);
const linear = () => new nnx.Linear(2, 3, { rngs: new nnx.Rngs(0) });
const gradients = (model: object): nnx.State =>
  nnx.mapState((_, leaf) => (leaf as nnx.Param).replace(ones(...leaf.shape)), nnx.state(model, nnx.Param));

/** One update of a transformation, with a gradient and parameters of ones. */
function step(tx: optax.GradientTransformation, params?: unknown, extra = {}): unknown {
  return tx.update(ones(2), tx.init(ones(2)), params, extra);
}

/** One update of a Linear by some gradients. */
function train(grads: unknown, tx: optax.GradientTransformation = optax.sgd(1)): unknown {
  const model = linear();
  return new nnx.Optimizer(model, tx, { wrt: nnx.Param }).update(model, grads);
}

const structure = (): [nnx.GraphDef<nnx.Linear>, nnx.State] => nnx.split(linear(), nnx.Param) as never;
const trainState = (): nnx.TrainState<nnx.Linear> => {
  const [graphdef, params] = structure();
  return nnx.TrainState.create({ graphdef, params, tx: optax.sgd(1), epoch: 3 });
};

export const TRAINING: readonly Failure[] = [
  // Arguments of transformations.
  ['TypeError: optax.safeIncrement: "count" expected numbers, got bools', () => optax.safeIncrement(jnp.array([true]))],
  ["TypeError: optax.scale: expected at most 1 argument, got 2", () => optax.scale(1, 2 as never)],
  [
    "TypeError: optax.piecewiseConstantSchedule: expected at most 2 arguments, got 3",
    () => (optax.piecewiseConstantSchedule as unknown as (...args: unknown[]) => void)(1, {}, 2),
  ],
  [
    'TypeError: optax.piecewiseConstantSchedule: "options" expected boundariesAndScales, got "boundaries"',
    () => optax.piecewiseConstantSchedule(1, { boundaries: {} } as never),
  ],
  [
    'TypeError: ops.segmentSum: "segmentIds" expected integers, got dtype float32. Use .astype("int32")',
    () => jax.ops.segmentSum([1], [0]),
  ],
  [
    'ShapeError: ops.segmentSum: "segmentIds" expected the first axes of "data", of shape [2], got [1]',
    () => jax.ops.segmentSum([1, 2], [0n]),
  ],
  [
    'TypeError: optax.adam: "options" expected learningRate, b1, b2, eps, epsRoot, muDtype, nesterov, got "beta1"',
    () => optax.adam(0.1, { beta1: 0.9 } as never),
  ],
  [
    'TypeError: optax.adam: "learningRate" expected once, got it by position and by name',
    () => optax.adam(0.1, { learningRate: 1 } as never),
  ],
  ['TypeError: optax.adam: "learningRate" expected a value, got none', () => (optax.adam as () => void)()],
  [
    'TypeError: optax.adam: "learningRate" expected a number or a schedule, got "0.1"',
    () => optax.adam("0.1" as never),
  ],
  [
    'TypeError: optax.adam: "learningRate" expected a number or a schedule, got NDArray float32[2]',
    () => optax.adam(ones(2)),
  ],
  ['TypeError: optax.adam: "b1" expected a number, got "0.9"', () => optax.adam(0.1, { b1: "0.9" as never })],
  ['TypeError: optax.adam: "nesterov" expected a boolean, got 1', () => optax.adam(0.1, { nesterov: 1 as never })],
  ['TypeError: optax.addDecayedWeights: "params" expected the parameters, got none.', () => step(optax.adamw(0.1))],
  [
    'TypeError: optax.scaleByPolyak: "value" expected a value at every update, got undefined.',
    () => step(optax.polyakSgd()),
  ],
  [
    'TypeError: optax.scaleByLearningRate: "learningRate" expected a number or a schedule, got "1"',
    () => optax.scaleByLearningRate("1" as never),
  ],
  [
    'TypeError: optax.scaleBySchedule: "stepSizeFn" expected a schedule, got 1',
    () => optax.scaleBySchedule(1 as never),
  ],
  ['RangeError: optax.applyEvery: "k" expected a whole number from 1, got 0.5', () => optax.applyEvery(0.5)],
  [
    'TypeError: optax.adaptiveGradClip: "params" expected the parameters, got none.',
    () => step(optax.adaptiveGradClip(1), undefined),
  ],
  [
    'ShapeError: optax.adaptiveGradClip: "updates" expected at most 5 axes, got shape [2, 2, 2, 2, 2, 2]. { axis } says which to take',
    () => optax.adaptiveGradClip(1).update(ones(2, 2, 2, 2, 2, 2), new optax.EmptyState(), ones(2, 2, 2, 2, 2, 2)),
  ],
  [
    'RangeError: optax.scaleByLion: "mode" expected "hard", "smooth" or "refined", got "soft"',
    () => optax.scaleByLion({ mode: "soft" as never }),
  ],
  [
    'RangeError: optax.scaleByPolyak: "variant" expected "sps" or "sps+", got "sps-"',
    () => optax.scaleByPolyak({ variant: "sps-" as never }),
  ],
  [
    'RangeError: optax.contrib.scaleByMuon: "preconditioning" expected "frobenius", "aol" or "schatten", got "spectral"',
    () => optax.contrib.scaleByMuon({ preconditioning: "spectral" as never }),
  ],
  [
    'RangeError: optax.contrib.scaleByMuon: "nsCoeffs" expected three numbers, or three a step, got an array of length 2',
    () => optax.contrib.scaleByMuon({ nsCoeffs: [1, 2] as never }),
  ],
  [
    'RangeError: optax.contrib.scaleByMuon: "nsCoeffs" expected at most 2 rows, as many as "nsSteps", got 5',
    () => optax.contrib.scaleByMuon({ nsCoeffs: "dion", nsSteps: 2 }),
  ],
  [
    'RangeError: optax.contrib.scaleByMuon: "updates" expected matrices, got NDArray float32[2]',
    () => step(optax.contrib.scaleByMuon()),
  ],
  [
    'RangeError: optax.contrib.reduceOnPlateau: "factor" expected a number between 0 and 1, got 1',
    () => optax.contrib.reduceOnPlateau({ factor: 1 }),
  ],
  [
    'RangeError: optax.contrib.reduceOnPlateau: "rtol" expected a number from 0 to 1, got 2',
    () => optax.contrib.reduceOnPlateau({ rtol: 2 }),
  ],
  [
    'RangeError: optax.contrib.reduceOnPlateau: "atol" expected a number from 0 on, got -1',
    () => optax.contrib.reduceOnPlateau({ atol: -1 }),
  ],
  [
    'RangeError: optax.contrib.reduceOnPlateau: "rtol" expected a positive number where atol is 0, got 0',
    () => optax.contrib.reduceOnPlateau({ rtol: 0 }),
  ],
  [
    'RangeError: optax.contrib.sam: "syncPeriod" expected a whole number from 1, got 0',
    () => optax.contrib.sam(optax.sgd(1), optax.sgd(1), 0),
  ],
  [
    'RangeError: optax.lookahead: "syncPeriod" expected a whole number from 1, got 0',
    () => optax.lookahead(optax.sgd(1), 0, 0.5),
  ],
  [
    'TypeError: optax.lookahead: "params" expected LookaheadParams, got NDArray float32[1].',
    () => optax.lookahead(optax.sgd(1), 1, 0.5).update(ones(1), {} as never, ones(1)),
  ],
  [
    'TypeError: optax.contrib.scheduleFreeEvalParams: "state" expected that of scheduleFree',
    () => optax.contrib.scheduleFreeEvalParams({} as never, ones(2)),
  ],
  [
    'TypeError: optax.contrib.scheduleFree: "params" expected the parameters, got none.',
    () => step(optax.contrib.scheduleFreeAdamw()),
  ],
  [
    'TypeError: optax.contrib.scheduleFree: "baseOptimizer" expected a gradient transformation, got function sgd. Call it: optax.adam(1e-3), not optax.adam',
    () => optax.contrib.scheduleFree(optax.sgd as never, 1),
  ],

  // Hyperparameters.
  [
    "TypeError: optax.injectHyperparams: expected the arguments by name, because those of function  are not known.",
    () => optax.injectHyperparams((x: number) => optax.scale(x))(1),
  ],
  [
    'RangeError: optax.injectHyperparams: "staticArgs" expected names among learningRate, momentum, nesterov, accumulatorDtype, got "lr"',
    () => optax.injectHyperparams(optax.sgd, { staticArgs: "lr" })(1),
  ],
  [
    'RangeError: optax.injectHyperparams: "state.hyperparams" expected learning_rate alone, got "lr" too',
    () => {
      const tx = optax.injectHyperparams(optax.sgd)(1);
      const state = tx.init(ones(2));
      return tx.update(ones(2), { ...state, hyperparams: { learning_rate: 1, lr: 2 } });
    },
  ],

  // Trees.
  [
    "RangeError: tree: trees expected one structure, got b and a leaf at a",
    () => optax.tree.map((x) => x, { a: { b: 1 } }, { a: 1 }),
  ],
  [
    "RangeError: tree: trees expected one structure, got nothing and a leaf at a",
    () => optax.tree.map((x) => x, { a: new optax.MaskedNode() }, { a: 1 }),
  ],
  [
    "RangeError: tree: trees expected one structure, got b and a leaf at a",
    () => optax.tree.broadcast({ a: { b: true } }, { a: 1 }),
  ],
  ['RangeError: optax.tree.flatten: "leaves" expected 2, got 1', () => optax.tree.flatten([1, 2])[1]([1])],
  ['RangeError: optax.tree.norm: "ord" expected 1, 2 or Infinity, got 3', () => optax.tree.norm(1, { ord: 3 })],

  // What wraps transformations.
  [
    'TypeError: optax.chain: "transforms[0]" expected a gradient transformation, got function adam. Call it: optax.adam(1e-3), not optax.adam',
    () => optax.chain(optax.adam as never),
  ],
  [
    'TypeError: optax.chain: "transforms[0]" expected a gradient transformation, got Object',
    () => optax.chain({} as never),
  ],
  [
    'RangeError: optax.chain: "state" expected the 1 states that init gives, got an array of length 0',
    () => optax.chain(optax.scale(1)).update(ones(2), [] as never),
  ],
  [
    'TypeError: optax.namedChain: "transforms[0]" expected a name and a transformation, got Object',
    () => optax.namedChain(optax.scale(1) as never),
  ],
  [
    "RangeError: optax.namedChain: expected names that differ, got a, a",
    () => optax.namedChain(["a", optax.scale(1)], ["a", optax.scale(1)]),
  ],
  [
    'TypeError: optax.masked: "mask" expected true or false for each leaf, got 1',
    () => optax.masked(optax.scale(1), { a: 1 }).init({ a: ones(2) }),
  ],
  [
    'RangeError: optax.partition: "paramLabels" expected names among x, got "y"',
    () => optax.partition({ x: optax.scale(1) }, "y").init(ones(2)),
  ],
  [
    'TypeError: optax.partition: "transforms.x" expected a gradient transformation, got 1',
    () => optax.partition({ x: 1 as never }, "x"),
  ],
  [
    'TypeError: optax.selectiveTransform: "freezeMask" expected a tree of booleans, got undefined',
    () => optax.selectiveTransform(optax.scale(1), {} as never),
  ],
  [
    "RangeError: optax.flatten: expected a tree of at least one array, got none",
    () => optax.flatten(optax.scale(1)).init([]),
  ],
  [
    'TypeError: optax.applyIfFinite: "maxConsecutiveErrors" expected a number, got "3"',
    () => optax.applyIfFinite(optax.scale(1), "3" as never),
  ],
  [
    'TypeError: optax.conditionallyTransform: "shouldTransformFn" expected to give true or false, got undefined',
    () => step(optax.conditionallyTransform(optax.scale(1), (() => undefined) as never)),
  ],
  [
    'TypeError: optax.MultiSteps: "everyKSchedule" expected a number or a function, got "2"',
    () => new optax.MultiSteps(optax.scale(1), { everyKSchedule: "2" as never }),
  ],
  [
    'RangeError: optax.MultiSteps: "everyKSchedule" expected a whole number from 1, got 0',
    () => new optax.MultiSteps(optax.scale(1), { everyKSchedule: 0 }),
  ],
  [
    'TypeError: optax.MultiSteps: "shouldSkipUpdateFn" expected to give true or false, got 1',
    () => step(new optax.MultiSteps(optax.scale(1), { everyKSchedule: 1, shouldSkipUpdateFn: () => [1 as never, []] })),
  ],

  // Schedules.
  ['TypeError: optax.linearSchedule: "count" expected a number, got NaN', () => optax.linearSchedule(0, 1, 5)(NaN)],
  [
    'RangeError: optax.cosineDecaySchedule: "decaySteps" expected more than 0, got 0',
    () => optax.cosineDecaySchedule(1, 0),
  ],
  [
    'RangeError: optax.warmupCosineDecaySchedule: "decaySteps" expected more than the 10 of the warm-up, which they include, got 10',
    () => optax.warmupCosineDecaySchedule(0, 1, 10, 10),
  ],
  [
    'RangeError: optax.sgdrSchedule: "cosineKwargs" expected an array of at least one set of options, got an array of length 0',
    () => optax.sgdrSchedule([]),
  ],
  [
    'TypeError: optax.joinSchedules: "schedules[0]" expected a schedule, got 1',
    () => optax.joinSchedules([1 as never], []),
  ],
  [
    'RangeError: optax.joinSchedules: "boundaries" expected one fewer than the 1 schedules, got 1',
    () => optax.joinSchedules([() => 1], [1]),
  ],
  [
    'TypeError: optax.joinSchedules: "boundaries" expected a list, got undefined',
    () => optax.joinSchedules([() => 1], undefined as never),
  ],
  [
    'RangeError: optax.piecewiseConstantSchedule: "boundariesAndScales" expected whole numbers with factors from 0, got 5: -1',
    () => optax.piecewiseConstantSchedule(1, { 5: -1 }),
  ],
  [
    'RangeError: optax.piecewiseInterpolateSchedule: "interpolateType" expected "linear" or "cosine", got "cubic"',
    () => optax.piecewiseInterpolateSchedule("cubic" as never, 1),
  ],

  // Losses.
  [
    'TypeError: optax.softmaxCrossEntropyWithIntegerLabels: "logits" expected floats, got NDArray int32[2, 3]. Cast it with .astype("float32")',
    () => optax.softmaxCrossEntropyWithIntegerLabels(jnp.ones([2, 3], "int32"), [0, 1]),
  ],
  [
    'TypeError: optax.softmaxCrossEntropyWithIntegerLabels: "labels" expected whole numbers, got NDArray float32[2]. Cast it with .astype("int32")',
    () => optax.softmaxCrossEntropyWithIntegerLabels(ones(2, 3), ones(2)),
  ],
  [
    'ShapeError: optax.softmaxCrossEntropyWithIntegerLabels: "labels" expected shape [2], got [2, 3]. optax.softmaxCrossEntropy takes one-hot labels',
    () => optax.softmaxCrossEntropyWithIntegerLabels(ones(2, 3), ones(2, 3)),
  ],
  [
    'ShapeError: optax.softmaxCrossEntropyWithIntegerLabels: "labels" expected shape [2], got [3]',
    () => optax.softmaxCrossEntropyWithIntegerLabels(ones(2, 3), [0, 1, 2]),
  ],
  [
    'TypeError: optax.softmaxCrossEntropyWithIntegerLabels: "axis" expected a number or numbers, got null',
    () => optax.softmaxCrossEntropyWithIntegerLabels(ones(2, 3), [0, 1], { axis: null }),
  ],
  [
    'RangeError: optax.softmaxCrossEntropyWithIntegerLabels: "axis" expected axes of NDArray float32[2, 3], got 2',
    () => optax.softmaxCrossEntropyWithIntegerLabels(ones(2, 3), [0, 1], { axis: 2 }),
  ],
  [
    'TypeError: optax.losses.polyLossCrossEntropy: "epsilon" expected a number, got "1"',
    () => optax.losses.polyLossCrossEntropy(ones(2, 3), ones(2, 3), { epsilon: "1" as never }),
  ],
  [
    'TypeError: optax.sigmoidFocalLoss: "gamma" expected a number, got "2"',
    () => optax.sigmoidFocalLoss(ones(2), ones(2), { gamma: "2" as never }),
  ],
  [
    'ShapeError: optax.squaredError: "targets" expected the shape [2, 3] of "predictions", got [3]',
    () => optax.squaredError(ones(2, 3), ones(3)),
  ],
  [
    'ShapeError: optax.l2Loss: "targets" expected the shape [2, 3] of "predictions", got [3]',
    () => optax.l2Loss(ones(2, 3), ones(3)),
  ],
  [
    'TypeError: optax.huberLoss: "delta" expected a number, got "1"',
    () => optax.huberLoss(ones(2), ones(2), { delta: "1" as never }),
  ],
  [
    'TypeError: optax.cosineSimilarity: "epsilon" expected a number, got "0"',
    () => optax.cosineSimilarity(ones(2), ones(2), { epsilon: "0" as never }),
  ],
  [
    'TypeError: optax.smoothLabels: "alpha" expected a number, got "0.1"',
    () => optax.smoothLabels(ones(2), "0.1" as never),
  ],
  [
    'ShapeError: optax.ctcLoss: "logits" expected shape [batch, frames, classes] with at least one frame, got NDArray float32[1, 2]',
    () => optax.ctcLoss(ones(1, 2), [[0]], [[1]], [[0]]),
  ],
  [
    'ShapeError: optax.ctcLoss: "labels" expected shape [1, labels], the batch of "logits", got NDArray int32[2, 1]',
    () => optax.ctcLoss(ones(1, 1, 2), [[0]], [[1], [1]], [[0], [0]]),
  ],
  [
    'ShapeError: optax.ctcLoss: "labelPaddings" expected the shape [1, 1] of "labels", got [1, 2]',
    () => optax.ctcLoss(ones(1, 1, 2), [[0]], [[1]], [[0, 0]]),
  ],
  [
    'ShapeError: optax.ctcLoss: "logitPaddings" expected shape [1, 2], got NDArray float32[1, 1]',
    () => optax.ctcLoss(ones(1, 2, 2), [[0]], [[1]], [[0]]),
  ],
  [
    'TypeError: optax.periodicUpdate: "steps" expected a number, got "1"',
    () => optax.periodicUpdate(1, 2, "1" as never, 1),
  ],
  [
    'TypeError: optax.injectHyperparams: "innerFactory" expected a function, got 1',
    () => optax.injectHyperparams(1 as never),
  ],
  [
    'RangeError: optax.updateMoment: "order" expected 1 or 2, got 3',
    () => optax.updateMoment(ones(1), ones(1), 0.5, 3 as never),
  ],
  [
    'TypeError: optax.ctcLoss: "logEpsilon" expected a number, got "1"',
    () => optax.ctcLoss(ones(1, 1, 2), [[0]], [[1]], [[0]], { logEpsilon: "1" as never }),
  ],
  ['TypeError: optax.stateless: "f" expected a function, got 1', () => optax.stateless(1 as never)],
  [
    'TypeError: optax.partition: "transforms" expected transformations by name, got 1',
    () => optax.partition(1 as never, "a"),
  ],
  [
    'TypeError: optax.partition: "paramLabels" expected names or a function, got undefined',
    () => optax.partition({}, undefined as never),
  ],
  [
    'RangeError: optax.ctcLoss: "blankId" expected 0 to 1, got 2',
    () => optax.ctcLoss(ones(1, 1, 2), [[0]], [[1]], [[0]], { blankId: 2 }),
  ],
  [
    'TypeError: optax.ntxent: "temperature" expected a number, got "1"',
    () => optax.ntxent(ones(2, 3), [0, 1], { temperature: "1" as never }),
  ],
  [
    'ShapeError: optax.ntxent: expected "embeddings" of shape [batch, features] and "labels" of shape [batch], got NDArray float32[2, 3] and NDArray int32[3]',
    () => optax.ntxent(ones(2, 3), [0, 1, 2]),
  ],

  // Optimizers.
  [
    'TypeError: nnx.Optimizer: "wrt" expected a filter of the Variables to train, got undefined. Flax asks for it since 0.11.',
    () => new nnx.Optimizer(linear(), optax.sgd(1), undefined as never),
  ],
  [
    'TypeError: nnx.Optimizer: "tx" expected a transformation of optax, got function sgd. Call it: optax.adam(1e-3), not optax.adam',
    () => new nnx.Optimizer(linear(), optax.sgd as never, { wrt: nnx.Param }),
  ],
  [
    'TypeError: nnx.ModelAndOptimizer: "tx" expected a transformation of optax, got Object',
    () => new nnx.ModelAndOptimizer(linear(), {} as never),
  ],
  [
    'TypeError: nnx.Optimizer: "wrt" expected to choose arrays, got Key key<fry>[] at default/key. { wrt: nnx.Param } leaves out the rest',
    () => new nnx.Optimizer(new nnx.Rngs(0), optax.sgd(1), { wrt: nnx.RngKey }),
  ],
  [
    "TypeError: Optimizer.model does not exist: an Optimizer does not hold its model, as in Flax since 0.11.",
    () => (new nnx.Optimizer(linear(), optax.sgd(1), { wrt: nnx.Param }) as unknown as { model: unknown }).model,
  ],
  [
    'TypeError: nnx.Optimizer.update: "grads" expected the State that nnx.grad gives, got undefined. Flax takes the model first since 0.11.',
    () => train(undefined),
  ],
  [
    'TypeError: nnx.Optimizer.update: "grads" expected the State that nnx.grad gives, got NDArray float32[2]. Flax takes the model first since 0.11.',
    () => train(ones(2)),
  ],
  [
    'TypeError: nnx.Optimizer.update: "grads" expected an object, a Map or a State, got GraphDef',
    () => train(nnx.graphdef(linear())),
  ],
  [
    'StateError: MissingKeys: nnx.Optimizer.update: "bias" expected a gradient, got none',
    () => train({ kernel: ones(2, 3) }),
  ],
  [
    'StateError: UnexpectedKeys: nnx.Optimizer.update: "scale" expected no gradient, because the model trains no such Variable',
    () => train({ kernel: ones(2, 3), bias: ones(3), scale: ones(1) }),
  ],
  [
    'StateError: ShapeMismatch: nnx.Optimizer.update: "kernel" expected a gradient of shape [2, 3], got [3, 2]',
    () => train({ kernel: ones(3, 2), bias: ones(3) }),
  ],
  [
    'TypeError: nnx.Optimizer.update: "grads" expected an array at bias, got Key key<fry>[]',
    () => train({ kernel: ones(2, 3), bias: random.key(0) }),
  ],
  [
    'TypeError: nnx.TrainState.create: "graphdef" expected a GraphDef, got Linear.',
    () => nnx.TrainState.create({ graphdef: linear() as never, params: structure()[1], tx: optax.sgd(1) }),
  ],
  [
    'TypeError: nnx.TrainState.create: "tx" expected a transformation of optax, got function sgd',
    () => nnx.TrainState.create({ graphdef: structure()[0], params: structure()[1], tx: optax.sgd as never }),
  ],
  ['TypeError: nnx.TrainState.apply: "epoch" expected a State, got 3', () => trainState().apply("epoch")],
  [
    'TypeError: nnx.TrainState.applyGradients: "grads" expected the State that nnx.grad gives, got Object',
    () => trainState().applyGradients({ grads: {} as never }),
  ],
  [
    "RangeError: optax.applyUpdates: trees expected one structure, got bias, kernel and embedding at the root",
    () => trainState().applyGradients({ grads: gradients(new nnx.Embed(2, 3, { rngs: new nnx.Rngs(0) })) }),
  ],

  // Metrics.
  ['TypeError: nnx.metrics.Average: "argname" expected a string, got 1', () => new nnx.metrics.Average(1 as never)],
  [
    'TypeError: nnx.metrics.Average.update: "values" expected values, got undefined.',
    () => new nnx.metrics.Average().update({}),
  ],
  [
    'TypeError: nnx.metrics.Average.update: "values" expected an array where there is a mask, got 1',
    () => new nnx.metrics.Average().update({ values: 1, mask: ones(1) }),
  ],
  ['TypeError: nnx.metrics.Welford: "argname" expected a string, got 1', () => new nnx.metrics.Welford(1 as never)],
  [
    'TypeError: nnx.metrics.Accuracy: "threshold" expected a number, got "0.5"',
    () => new nnx.metrics.Accuracy({ threshold: "0.5" as never }),
  ],
  [
    'ShapeError: nnx.metrics.Accuracy.update: "logits" expected 2 axes for labels of 1, got NDArray float32[2]',
    () => new nnx.metrics.Accuracy().update({ logits: ones(2), labels: [0, 1] }),
  ],
  [
    'TypeError: nnx.metrics.Accuracy.update: "labels" expected int32, got NDArray float32[2]. Cast them with .astype("int32")',
    () => new nnx.metrics.Accuracy().update({ logits: ones(2, 3), labels: ones(2) }),
  ],
  [
    'TypeError: nnx.MultiMetric: expected names that are no methods, got "reset"',
    () => new nnx.MultiMetric({ reset: new nnx.metrics.Average() }),
  ],
  [
    'TypeError: nnx.MultiMetric: "loss" expected a metric, got Linear',
    () => new nnx.MultiMetric({ loss: linear() as never }),
  ],

  // Batches.
  [
    'TypeError: data.batches: "arrays" expected a list or an object of arrays, got NDArray float32[2].',
    () => data.batches(ones(2) as never, { batchSize: 1 }),
  ],
  ['TypeError: data.batches: "arrays" expected at least one array, got none', () => data.batches([], { batchSize: 1 })],
  [
    'ShapeError: data.batches: "arrays" expected arrays of one first size, got [2] and [3] at 1',
    () => data.batches([ones(2), ones(3)], { batchSize: 1 }),
  ],
  [
    'TypeError: data.batches: "options" expected an object, got undefined.',
    () => data.batches([ones(2)], undefined as never),
  ],
  [
    'TypeError: data.batches: "dropRemainder" expected a boolean, got 0',
    () => data.batches([ones(2)], { batchSize: 1, dropRemainder: 0 as never }),
  ],
  [
    'RangeError: data.batches: "batchSize" expected at most the 2 examples there are, got 3. { dropRemainder: false } gives smaller batches',
    () => data.batches([ones(2)], { batchSize: 3 }),
  ],
  ['TypeError: data.batches: "batchSize" expected a number, got undefined', () => data.batches([ones(2)], {} as never)],
  [
    'RangeError: data.batches: "batchSize" expected a whole number from 1, got 1.5',
    () => data.batches([ones(2)], { batchSize: 1.5 }),
  ],
];
