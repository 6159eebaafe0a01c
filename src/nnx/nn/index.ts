/** The layers and functions of flax.nnx.nn. */
export { celu, elu, gelu, hardSigmoid, hardSilu, hardSwish, hardTanh, identity, leakyRelu, logSigmoid, relu, relu6, selu, sigmoid, silu, softplus, softSign, swish, tanh } from "./activations.ts";
export { BatchNorm } from "./batchnorm.ts";
export type { BatchNormCallOptions, BatchNormOptions } from "./batchnorm.ts";
export { Dropout } from "./dropout.ts";
export type { DropoutCallOptions, DropoutOptions } from "./dropout.ts";
export { GroupNorm } from "./groupnorm.ts";
export type { GroupNormOptions } from "./groupnorm.ts";
export { InstanceNorm } from "./instancenorm.ts";
export type { InstanceNormOptions } from "./instancenorm.ts";
export { LayerNorm, RMSNorm } from "./layernorm.ts";
export type { LayerNormOptions, RMSNormOptions } from "./layernorm.ts";
export type { BiasedNormOptions, NormCallOptions, NormOptions, ParamInit } from "./normparams.ts";
export { PReLU } from "./prelu.ts";
export type { PReLUOptions } from "./prelu.ts";
export { glu, logSoftmax, logsumexp, oneHot, softmax, standardize } from "./softmax.ts";
export type { OneHotOptions, StandardizeOptions } from "./softmax.ts";
