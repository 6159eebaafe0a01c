/** What a layer cannot be made without: by place, by name, and what is said where one of them is not there. */
import { describe, expect, it } from "vitest";
import { nnx } from "../../../src/index.ts";

type Class = new (...args: readonly unknown[]) => object;

const rngs = (): nnx.Rngs => new nnx.Rngs(0);
const cell = (): nnx.GRUCell => new nnx.GRUCell(2, 3, { rngs: rngs() });
const linear = (): nnx.Linear => new nnx.Linear(2, 3, { rngs: rngs() });
const SIZES = { inFeatures: 2, outFeatures: 3 };
const CELL = { inFeatures: 2, hiddenFeatures: 3 };
const KERNEL = { inFeatures: 2, outFeatures: 3, kernelSize: [3] };

/** The arguments of each layer in their order. */
const REQUIRED: Readonly<Record<string, () => Readonly<Record<string, unknown>>>> = {
  Linear: () => SIZES,
  LinearGeneral: () => SIZES,
  Einsum: () => ({ einsumStr: "ab,bc->ac", kernelShape: [2, 3], biasShape: [3] }),
  Embed: () => ({ numEmbeddings: 4, features: 2 }),
  Conv: () => KERNEL,
  ConvTranspose: () => KERNEL,
  BatchNorm: () => ({ numFeatures: 4 }),
  LayerNorm: () => ({ numFeatures: 4 }),
  RMSNorm: () => ({ numFeatures: 4 }),
  GroupNorm: () => ({ numFeatures: 32 }),
  InstanceNorm: () => ({ numFeatures: 4 }),
  WeightNorm: () => ({ layerInstance: linear() }),
  SpectralNorm: () => ({ layerInstance: linear() }),
  Dropout: () => ({ rate: 0.5 }),
  MultiHeadAttention: () => ({ numHeads: 2, inFeatures: 4 }),
  LoRA: () => ({ inFeatures: 2, loraRank: 1, outFeatures: 3 }),
  LoRALinear: () => SIZES,
  LSTMCell: () => CELL,
  OptimizedLSTMCell: () => CELL,
  GRUCell: () => CELL,
  SimpleCell: () => CELL,
  RNN: () => ({ cell: cell() }),
  Bidirectional: () => ({ forwardRnn: new nnx.RNN(cell()), backwardRnn: new nnx.RNN(cell()) }),
};

/** What a layer needs beside: an option without which it throws. */
const BESIDE: Readonly<Record<string, object>> = { LoRALinear: { loraRank: 1 } };
/** A bias is none where its shape is null, which is not an omission. */
const MAY_BE_LEFT_OUT = new Set(["biasShape"]);

const without = (name: string, given: object): object =>
  Object.fromEntries(Object.entries(given).filter(([key]) => key !== name));

describe.each(Object.entries(REQUIRED))("nnx.%s", (layer, required) => {
  const Layer = (nnx as unknown as Record<string, Class>)[layer]!;
  const make = (...args: readonly unknown[]): object => new Layer(...args);
  const options = (): object => ({ ...BESIDE[layer], rngs: rngs() });
  const names = Object.keys(required());

  it("is the same layer by place and by name", () => {
    const byPlace = make(...Object.values(required()), options());
    const byName = make({ ...required(), ...options() });
    expect(nnx.graphdef(byName).toString()).toBe(nnx.graphdef(byPlace).toString());
    expect(nnx.state(byName)).toEqual(nnx.state(byPlace));
  });

  it.each(names.filter((name) => !MAY_BE_LEFT_OUT.has(name)))("says that %s is missing", (name) => {
    const message = new RegExp(`^nnx\\.${layer}: "${name}" expected a value, got none`);
    const places = Object.values(required()).slice(0, names.indexOf(name));
    const error = expect(() => make(...places, options()));
    error.toThrow(TypeError);
    error.toThrow(message);
    expect(() => make({ ...without(name, required()), ...options() })).toThrow(message);
  });
});
