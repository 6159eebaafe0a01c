/** The layers and functions of flax.nnx.nn. */
export type { OneHotOptions } from "../../array/index.ts";
export {
  celu,
  elu,
  gelu,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  identity,
  leakyRelu,
  logSigmoid,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softplus,
  softSign,
  swish,
  tanh,
} from "./activations.ts";
export { dotProductAttention } from "./attention.ts";
export type { AttentionOptions, Sower } from "./attention.ts";
export { combineMasks, makeAttentionMask, makeCausalMask } from "./attentionmasks.ts";
export type { AttentionMaskOptions, CombineMasksOptions, MaskOptions } from "./attentionmasks.ts";
export type {
  AttentionFn,
  MultiHeadAttentionCall,
  MultiHeadAttentionOptions,
  MultiHeadAttentionView,
} from "./attentionoptions.ts";
export { BatchNorm } from "./batchnorm.ts";
export type { BatchNormCallOptions, BatchNormOptions } from "./batchnorm.ts";
export { Bidirectional } from "./bidirectional.ts";
export type { BidirectionalCallOptions, BidirectionalOptions } from "./bidirectional.ts";
export { RNNCellBase } from "./cell.ts";
export type { Activation, Carry, CellOptions, GatedCellOptions } from "./cell.ts";
export { Conv } from "./conv.ts";
export type { ConvOptions } from "./conv.ts";
export type { Padding } from "./convsizes.ts";
export { ConvTranspose } from "./convtranspose.ts";
export type { ConvTransposeOptions } from "./convtranspose.ts";
export { Dropout } from "./dropout.ts";
export type { DropoutCallOptions, DropoutOptions } from "./dropout.ts";
export { Einsum } from "./einsum.ts";
export type { EinsumOptions } from "./einsum.ts";
export { Embed } from "./embed.ts";
export type { EmbedOptions } from "./embed.ts";
export { GroupNorm } from "./groupnorm.ts";
export type { GroupNormOptions } from "./groupnorm.ts";
export { GRUCell, SimpleCell } from "./gru.ts";
export type { SimpleCellOptions } from "./gru.ts";
export { InstanceNorm } from "./instancenorm.ts";
export type { InstanceNormOptions } from "./instancenorm.ts";
export { LayerNorm, RMSNorm } from "./layernorm.ts";
export type { LayerNormOptions, RMSNormOptions } from "./layernorm.ts";
export { Linear } from "./linear.ts";
export type { LinearOptions } from "./linear.ts";
export { LinearGeneral } from "./lineargeneral.ts";
export type { LinearGeneralOptions } from "./lineargeneral.ts";
export { LoRA, LoRALinear } from "./lora.ts";
export type { LoRALinearOptions, LoRAOptions } from "./lora.ts";
export { LSTMCell, OptimizedLSTMCell } from "./lstm.ts";
export { MultiHeadAttention } from "./multiheadattention.ts";
export type { BiasedNormOptions, NormCallOptions, NormOptions, ParamInit } from "./normparams.ts";
export type { PromoteDtype, WeightInitializer } from "./options.ts";
export { avgPool, maxPool, minPool, pool } from "./pooling.ts";
export type { AvgPoolOptions, PoolOptions } from "./pooling.ts";
export { PReLU } from "./prelu.ts";
export type { PReLUOptions } from "./prelu.ts";
export { RNN } from "./rnn.ts";
export type { AnyRNN, RNNCallOptions, RNNOptions, RNNResult } from "./rnn.ts";
export { glu, logSoftmax, logsumexp, oneHot, softmax, standardize } from "./softmax.ts";
export type { StandardizeOptions } from "./softmax.ts";
export { SpectralNorm } from "./spectralnorm.ts";
export type { SpectralNormOptions } from "./spectralnorm.ts";
export { WeightNorm } from "./weightnorm.ts";
export type { WeightNormOptions } from "./weightnorm.ts";
export type { Wrapped } from "./wrapped.ts";
