/** optax: optimizers as transformations of gradients, schedules and losses, with optax's names. */
export type { ExtraArgs, GradientTransformation, Scalar, ScalarOrSchedule, Schedule, StateOf } from "./base.ts";
export * as contrib from "./contrib/index.ts";
export { safeIncrement as safeInt32Increment, safeIncrement } from "./count.ts";
export { injectHyperparams } from "./inject.ts";
export type { InjectHyperparamsState, InjectOptions } from "./inject.ts";
export { biasCorrection, updateInfinityMoment, updateMoment } from "./moments.ts";
export { safeNorm, safeRootMeanSquares } from "./norms.ts";
export { adam, adamw, nadam, nadamw } from "./optimizers/adam.ts";
export type { AdamWOptions } from "./optimizers/adam.ts";
export { adabelief, adamax, adamaxw, adan, amsgrad, lion, novograd, radam, yogi } from "./optimizers/adamvariants.ts";
export type { LionOptions, YogiOptions } from "./optimizers/adamvariants.ts";
export { adafactor, fromage, lamb, lars } from "./optimizers/layerwise.ts";
export type { AdafactorOptions, FromageOptions, LambOptions, LarsOptions } from "./optimizers/layerwise.ts";
export { adadelta, adagrad, rmsprop } from "./optimizers/rmsprop.ts";
export type { AdadeltaOptions, RmspropOptions } from "./optimizers/rmsprop.ts";
export {
  optimisticAdamV2,
  optimisticGradientDescent,
  polyakSgd,
  rprop,
  sgd,
  signSgd,
  signum,
} from "./optimizers/sgd.ts";
export type { OptimisticAdamOptions, PolyakSgdOptions, SgdOptions, SignumOptions } from "./optimizers/sgd.ts";
export type { DecayOptions } from "./optimizers/types.ts";
export * from "./schedules/index.ts";
export { scaleByAdadelta } from "./transforms/adadelta.ts";
export type { ScaleByAdadeltaOptions, ScaleByAdaDeltaState } from "./transforms/adadelta.ts";
export { scaleByAdam, scaleByAdamax, scaleByAmsgrad } from "./transforms/adam.ts";
export type {
  ScaleByAdamaxOptions,
  ScaleByAdamOptions,
  ScaleByAdamState,
  ScaleByAmsgradOptions,
  ScaleByAmsgradState,
} from "./transforms/adam.ts";
export { scaleByAdan } from "./transforms/adan.ts";
export type { ScaleByAdanOptions, ScaleByAdanState } from "./transforms/adan.ts";
export { applyEvery } from "./transforms/applyevery.ts";
export type { ApplyEveryState } from "./transforms/applyevery.ts";
export { identity, initEmptyState, setToZero, stateless, statelessWithTreeMap } from "./transforms/basic.ts";
export { scaleByBelief } from "./transforms/belief.ts";
export type { ScaleByBeliefOptions } from "./transforms/belief.ts";
export { centralize } from "./transforms/centralize.ts";
export { adaptiveGradClip, clip, clipByBlockRms, clipByGlobalNorm } from "./transforms/clip.ts";
export type { AdaptiveGradClipOptions } from "./transforms/clip.ts";
export { keepParamsNonnegative, zeroNans } from "./transforms/constrain.ts";
export type { ZeroNansState } from "./transforms/constrain.ts";
export { addDecayedWeights } from "./transforms/decay.ts";
export type { AddDecayedWeightsState } from "./transforms/decay.ts";
export { scaleByFactoredRms } from "./transforms/factored.ts";
export type { FactoredState, ScaleByFactoredRmsOptions } from "./transforms/factored.ts";
export { scaleByLion } from "./transforms/lion.ts";
export type { ScaleByLionOptions, ScaleByLionState } from "./transforms/lion.ts";
export { ema, trace } from "./transforms/momentum.ts";
export type { EmaOptions, EmaState, TraceOptions, TraceState } from "./transforms/momentum.ts";
export { normalizeByUpdateNorm } from "./transforms/normalize.ts";
export type { NormalizeOptions } from "./transforms/normalize.ts";
export { scaleByNovograd } from "./transforms/novograd.ts";
export type { ScaleByNovogradOptions } from "./transforms/novograd.ts";
export { scaleByOptimisticGradient } from "./transforms/optimistic.ts";
export type { ScaleByOptimisticGradientOptions, ScaleByOptimisticGradientState } from "./transforms/optimistic.ts";
export { scaleByPolyak } from "./transforms/polyak.ts";
export type { ScaleByPolyakOptions } from "./transforms/polyak.ts";
export { scaleByRadam } from "./transforms/radam.ts";
export type { ScaleByRadamOptions } from "./transforms/radam.ts";
export { scaleByRms, scaleByRss, scaleByStddev } from "./transforms/rms.ts";
export type {
  ScaleByRmsOptions,
  ScaleByRmsState,
  ScaleByRssOptions,
  ScaleByRssState,
  ScaleByStddevState,
} from "./transforms/rms.ts";
export { scaleByRprop } from "./transforms/rprop.ts";
export type { ScaleByRpropOptions, ScaleByRpropState } from "./transforms/rprop.ts";
export { scale, scaleByLearningRate, scaleBySchedule, scaleBySign } from "./transforms/scale.ts";
export type { LearningRateOptions, ScaleByScheduleState } from "./transforms/scale.ts";
export { scaleByParamBlockNorm, scaleByParamBlockRms, scaleByTrustRatio } from "./transforms/trustratio.ts";
export type { ScaleByParamBlockOptions, ScaleByTrustRatioOptions } from "./transforms/trustratio.ts";
export { scaleByYogi } from "./transforms/yogi.ts";
export type { ScaleByYogiOptions } from "./transforms/yogi.ts";
export { EmptyState, MaskedNode } from "./tree/emptynodes.ts";
export { applyUpdates, globalNorm, incrementalUpdate, periodicUpdate } from "./update.ts";
export { chain, namedChain } from "./wrappers/chain.ts";
export type { ChainState } from "./wrappers/chain.ts";
export { applyIfFinite, conditionallyMask, conditionallyTransform } from "./wrappers/conditional.ts";
export type {
  ApplyIfFiniteState,
  ConditionallyTransformState,
  ConditionFn,
  ConditionOptions,
} from "./wrappers/conditional.ts";
export { flatten } from "./wrappers/flatten.ts";
export { lookahead, LookaheadParams } from "./wrappers/lookahead.ts";
export type { LookaheadState } from "./wrappers/lookahead.ts";
export { masked } from "./wrappers/masked.ts";
export type { Mask, MaskedState, MaskOptions, TreeFunction } from "./wrappers/masked.ts";
export { MultiSteps, skipLargeUpdates, skipNotFinite } from "./wrappers/multisteps.ts";
export type { MultiStepsOptions, MultiStepsState, ShouldSkipUpdateFunction } from "./wrappers/multisteps.ts";
export { freeze, partition as multiTransform, partition, selectiveTransform } from "./wrappers/partition.ts";
export type { PartitionState } from "./wrappers/partition.ts";
export * as losses from "./losses/index.ts";
export * as schedules from "./schedules/index.ts";
export {
  convexKlDivergence,
  cosineDistance,
  cosineSimilarity,
  ctcLoss,
  ctcLossWithForwardProbs,
  generalizedKlDivergence,
  hingeLoss,
  huberLoss,
  klDivergence,
  l2Loss,
  logCosh,
  ntxent,
  safeSoftmaxCrossEntropy,
  sigmoidBinaryCrossEntropy,
  sigmoidFocalLoss,
  smoothLabels,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithIntegerLabels,
  squaredError,
} from "./losses/index.ts";
export type {
  AxisOptions,
  CosineOptions,
  CtcLossOptions,
  FocalLossOptions,
  HuberLossOptions,
  NtxentOptions,
  TripletMarginOptions,
} from "./losses/index.ts";
export * as tree from "./tree/index.ts";
export type { NormOptions, Tree, TreeKey, TreePath } from "./tree/index.ts";
