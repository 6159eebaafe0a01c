/** optax.losses: losses, one value an example. */
export {
  hingeLoss,
  multiclassHingeLoss,
  multiclassPerceptronLoss,
  perceptronLoss,
  sigmoidBinaryCrossEntropy,
  sigmoidFocalLoss,
} from "./binary.ts";
export type { FocalLossOptions } from "./binary.ts";
export {
  polyLossCrossEntropy,
  safeSoftmaxCrossEntropy,
  softmaxCrossEntropy,
  softmaxCrossEntropyWithIntegerLabels,
} from "./crossentropy.ts";
export { ctcLoss, ctcLossWithForwardProbs } from "./ctc.ts";
export type { CtcLossOptions } from "./ctc.ts";
export {
  generalizedKlDivergence as convexKlDivergence,
  generalizedKlDivergence,
  klDivergence,
  klDivergenceWithLogTargets,
  smoothLabels,
} from "./divergence.ts";
export type { AxisOptions } from "./inputs.ts";
export { cosineDistance, cosineSimilarity, huberLoss, l2Loss, logCosh, squaredError } from "./regression.ts";
export type { CosineOptions, HuberLossOptions } from "./regression.ts";
export { ntxent, tripletMarginLoss } from "./selfsupervised.ts";
export type { NtxentOptions, TripletMarginOptions } from "./selfsupervised.ts";
