/**
 * The kernels of gradients and optimizers: a module of its own, which works on the memory of the other kernels. It has
 * no tables and no scratch memory, for that memory belongs to them.
 */
export { adamF32 } from "./adam";
export {
  addOuterF32,
  attentionScoresF32,
  copyColumnsF32,
  cotangentsOfWeightsF32,
  isBoundedF32,
  maskScoresF32,
  timesRowsF32,
} from "./attentionback";
export { batchNormBackF32 } from "./batchnormback";
export { batchNormTermsF32 } from "./batchnormterms";
export { cellBackF32 } from "./cellback";
export { packWindowsF32 } from "./convolvekernel";
export { crossEntropyBackF32 } from "./crossentropyback";
export { extremesBackF32 } from "./extremesback";
export { geluBackF32, geluInnerF32 } from "./geluback";
export { layerNormBackF32 } from "./layernormback";
export { layerNormTermsF32 } from "./layernormsums";
export { packTransposedF32 } from "./matmultransposed";
export { momentumF32 } from "./momentum";
export { accumulateF32, packColumnsF32 } from "./outer";
export { poolSumBackF32 } from "./poolsumback";
export { reluBackF32 } from "./reluback";
export { sgdF32 } from "./sgd";
export { productsF32, softmaxBackF32 } from "./softmaxback";
