/** Layers to call, by their name. */
import { nnx } from "../../src/index.ts";

const rngs = (): nnx.Rngs => new nnx.Rngs(0);
const linear = (): nnx.Linear => new nnx.Linear(1, 1, { rngs: rngs() });
const rnn = (): nnx.RNN => new nnx.RNN(new nnx.GRUCell(1, 1, { rngs: rngs() }) as never);

export const LAYER_CALLS: Readonly<Record<string, () => unknown>> = {
  BatchNorm: () => new nnx.BatchNorm(1, { rngs: rngs() }),
  Bidirectional: () => new nnx.Bidirectional(rnn(), rnn()),
  Conv: () => new nnx.Conv(1, 1, [1], { rngs: rngs() }),
  ConvTranspose: () => new nnx.ConvTranspose(1, 1, [1], { rngs: rngs() }),
  Dropout: () => new nnx.Dropout(0.5, { rngs: rngs() }),
  Einsum: () => new nnx.Einsum("a,ab->b", [1, 1], null, { rngs: rngs() }),
  Embed: () => new nnx.Embed(2, 1, { rngs: rngs() }),
  GRUCell: () => new nnx.GRUCell(1, 1, { rngs: rngs() }),
  GroupNorm: () => new nnx.GroupNorm(1, { numGroups: 1, rngs: rngs() }),
  InstanceNorm: () => new nnx.InstanceNorm(1, { rngs: rngs() }),
  LSTMCell: () => new nnx.LSTMCell(1, 1, { rngs: rngs() }),
  LayerNorm: () => new nnx.LayerNorm(1, { rngs: rngs() }),
  Linear: linear,
  LinearGeneral: () => new nnx.LinearGeneral(1, 1, { rngs: rngs() }),
  LoRALinear: () => new nnx.LoRALinear(1, 1, { loraRank: 1, rngs: rngs() }),
  MultiHeadAttention: () => new nnx.MultiHeadAttention(1, 1, { decode: false, rngs: rngs() }),
  OptimizedLSTMCell: () => new nnx.OptimizedLSTMCell(1, 1, { rngs: rngs() }),
  PReLU: () => new nnx.PReLU(),
  RMSNorm: () => new nnx.RMSNorm(1, { rngs: rngs() }),
  RNN: rnn,
  SimpleCell: () => new nnx.SimpleCell(1, 1, { rngs: rngs() }),
  SpectralNorm: () => new nnx.SpectralNorm(linear(), { rngs: rngs() }),
};
