import { nnx, numpy as jnp } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";
import type { Encoded } from "../../golden/load.ts";
import { toArray } from "../../golden/training.ts";

/** The gradients of a layer as Flax gives them. */
export interface LayerCase {
  readonly layer: string;
  readonly ctor: Readonly<Record<string, never>>;
  readonly seed: number;
  readonly state: Readonly<Record<string, Encoded>>;
  readonly inputs: readonly Encoded[];
  readonly wrt: readonly number[];
  readonly ct: readonly Encoded[];
  readonly outputs: readonly Encoded[];
  readonly param_grads: Readonly<Record<string, Encoded>>;
  readonly input_grads: readonly Encoded[];
  readonly param_grads64?: Readonly<Record<string, Encoded>>;
  readonly input_grads64?: readonly Encoded[];
}

type Arrays = readonly NDArray[];
type Model = nnx.Module<never[], unknown>;

/** A layer, and how it is called. */
export interface Built {
  readonly model: Model;
  readonly call: (model: Model, inputs: Arrays) => unknown;
}

const plain = (model: Model, inputs: Arrays): unknown => (model as unknown as (...args: Arrays) => unknown)(...inputs);

/** The layer of a case. */
export function build({ layer, ctor, seed }: LayerCase): Built {
  const rngs = new nnx.Rngs(seed);
  const named = Object.fromEntries(Object.entries(ctor).map(([key, value]) => [camel(key), value]));
  const known = BUILDERS[layer];
  if (known === undefined) throw new RangeError(`no way to build ${layer}`);
  const built = known({ ...named, rngs } as never);
  return typeof built === "object" ? (built as Built) : { model: built as Model, call: plain };
}

function camel(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

type Options = Record<string, never> & { readonly rngs: nnx.Rngs };

function zeros(x: NDArray, features: number): NDArray {
  return jnp.zeros([x.shape[0]!, features]);
}

/** A cell, which takes a carry of zeros. */
function cell(make: (o: Options) => unknown, carries: 1 | 2): (o: Options) => Built {
  return (o) => ({
    model: make(o) as Model,
    call: (model, [x]) => {
      const zero = zeros(x!, o.hiddenFeatures!);
      return (model as unknown as (carry: unknown, x: NDArray) => unknown)(carries === 2 ? [zero, zero] : zero, x!);
    },
  });
}

function gru({ inFeatures, hiddenFeatures, rngs }: Options): nnx.GRUCell {
  return new nnx.GRUCell(inFeatures!, hiddenFeatures!, { rngs });
}

function lstm({ inFeatures, hiddenFeatures, rngs }: Options): nnx.LSTMCell {
  return new nnx.LSTMCell(inFeatures!, hiddenFeatures!, { rngs });
}

/** By the names that the recording has, with its constructor's arguments in camelCase. */
const BUILDERS: Record<string, (o: Options) => unknown> = {
  Linear: ({ inFeatures, outFeatures, ...o }) => new nnx.Linear(inFeatures!, outFeatures!, o as never),
  LinearGeneral: ({ inFeatures, outFeatures, ...o }) => new nnx.LinearGeneral(inFeatures!, outFeatures!, o as never),
  Einsum: ({ einsumStr, kernelShape, biasShape, ...o }) =>
    new nnx.Einsum(einsumStr!, kernelShape!, biasShape ?? null, o as never),
  Embed: ({ numEmbeddings, features, ...o }) => new nnx.Embed(numEmbeddings!, features!, o as never),
  "Embed.attend": ({ numEmbeddings, features, ...o }) => ({
    model: new nnx.Embed(numEmbeddings!, features!, o as never),
    call: (model: nnx.Embed, [x]: Arrays) => model.attend(x!),
  }),
  Conv: ({ inFeatures, outFeatures, kernelSize, ...o }) =>
    new nnx.Conv(inFeatures!, outFeatures!, kernelSize!, o as never),
  ConvTranspose: ({ inFeatures, outFeatures, kernelSize, ...o }) =>
    new nnx.ConvTranspose(inFeatures!, outFeatures!, kernelSize!, o as never),
  LayerNorm: ({ numFeatures, ...o }) => new nnx.LayerNorm(numFeatures!, o as never),
  RMSNorm: ({ numFeatures, ...o }) => new nnx.RMSNorm(numFeatures!, o as never),
  GroupNorm: ({ numFeatures, ...o }) => new nnx.GroupNorm(numFeatures!, o as never),
  InstanceNorm: ({ numFeatures, ...o }) => new nnx.InstanceNorm(numFeatures!, o as never),
  BatchNorm: ({ numFeatures, ...o }) => new nnx.BatchNorm(numFeatures!, o as never),
  Dropout: ({ rate, ...o }) => new nnx.Dropout(rate!, o as never),
  MultiHeadAttention: ({ numHeads, inFeatures, ...o }) =>
    new nnx.MultiHeadAttention(numHeads!, inFeatures!, o as never),
  LSTMCell: cell(lstm, 2),
  OptimizedLSTMCell: cell(
    ({ inFeatures, hiddenFeatures, rngs }) => new nnx.OptimizedLSTMCell(inFeatures!, hiddenFeatures!, { rngs }),
    2,
  ),
  GRUCell: cell(gru, 1),
  SimpleCell: cell(
    ({ inFeatures, hiddenFeatures, rngs }) => new nnx.SimpleCell(inFeatures!, hiddenFeatures!, { rngs }),
    1,
  ),
  RNN: (o) => new nnx.RNN((o.cell === ("GRUCell" as never) ? gru(o) : lstm(o)) as nnx.GRUCell),
  Bidirectional: (o) => new nnx.Bidirectional(new nnx.RNN(gru(o)), new nnx.RNN(gru(o))),
  LoRALinear: ({ inFeatures, outFeatures, ...o }) => new nnx.LoRALinear(inFeatures!, outFeatures!, o as never),
  LoRA: ({ inFeatures, loraRank, outFeatures, rngs }) =>
    new nnx.LoRA(inFeatures!, loraRank!, outFeatures!, { bInitializer: nnx.initializers.normal(0.5), rngs }),
  PReLU: () => new nnx.PReLU(),
  SpectralNorm: ({ nSteps, rngs }) => new nnx.SpectralNorm(new nnx.Linear(5, 4, { rngs }), { nSteps, rngs } as never),
  WeightNorm: ({ rngs }) => new nnx.WeightNorm(new nnx.Linear(5, 4, { rngs }), { rngs } as never),
  Sequential: ({ rngs }) =>
    new nnx.Sequential(new nnx.Linear(4, 8, { rngs }), nnx.relu, new nnx.Linear(8, 2, { rngs })),
};

/** The arrays of a nest, in the order of its items. */
function arraysOf(x: unknown): NDArray[] {
  return Array.isArray(x) ? x.flatMap(arraysOf) : [x as NDArray];
}

/** The gradients of a case, by path, and those towards its inputs. */
export function gradientsOf(testCase: LayerCase): {
  readonly params: Map<string, NDArray>;
  readonly inputs: NDArray[];
} {
  const { model, call } = build(testCase);
  const inputs = testCase.inputs.map(toArray);
  const cts = testCase.ct.map(toArray);
  const loss = (m: typeof model, ...diff: NDArray[]): NDArray => {
    const given = [...inputs];
    testCase.wrt.forEach((place, i) => (given[place] = diff[i]!));
    const outputs = arraysOf(call(m, given));
    return outputs.map((out, i) => out.mul(cts[i]!).sum()).reduce((a, b) => a.add(b));
  };
  const argnums = [0, ...testCase.wrt.map((_, i) => i + 1)];
  const [state, ...rest] = nnx.grad(loss, { argnums })(
    model,
    ...testCase.wrt.map((place) => inputs[place]!),
  ) as unknown as [nnx.State, ...NDArray[]];
  const params = [...state].map(([path, leaf]) => [path.join("/"), (leaf as nnx.Variable).get()] as const);
  return { params: new Map(params), inputs: rest };
}
