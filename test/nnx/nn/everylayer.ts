import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp } from "../../../src/index.ts";
import type { Carry } from "../../../src/nnx/nn/cell.ts";
import type { DType } from "../../../src/numpy.ts";

/** A layer, and the arrays that a call of it or of a copy of it gives, in a row. */
export interface Made {
  readonly layer: Call;
  readonly run: (layer: Call, x: NDArray) => NDArray[];
}

type Call = (...args: never[]) => unknown;

/** A layer with the shape of one example of its input. */
export interface EveryLayer {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of the input, float32 if left out. */
  readonly dtype?: DType;
  /** False where the layer takes a batch only. */
  readonly unbatched?: false;
  /** Makes the layer; it is to be run on [batch, ...shape]. */
  readonly make: (rngs: nnx.Rngs, dtypes: Dtypes) => Made;
}

/** What the layers of the table are computed and kept in. */
export interface Dtypes {
  readonly dtype?: DType;
  readonly paramDtype?: DType;
}

/** A module or function that is called with the input alone. */
function of(layer: Call): Made {
  return { layer, run: (called, x) => arraysOf((called as (x: NDArray) => unknown)(x)) };
}

/** The arrays in what a call gave, from the left. */
function arraysOf(result: unknown): NDArray[] {
  return Array.isArray(result) ? result.flatMap(arraysOf) : [result as NDArray];
}

/** A recurrent cell, from the carry that it begins with. */
function ofCell<C extends Carry>(layer: nnx.RNNCellBase<C>): Made {
  return {
    layer,
    run: (called, x) => {
      const cell = called as unknown as nnx.RNNCellBase<C>;
      return arraysOf(cell(cell.initializeCarry(x.shape, new nnx.Rngs(0), nnx.initializers.ones), x));
    },
  };
}

const { initializers } = nnx;
/** Scales and biases that are not ones and zeros. */
const drawn = { scaleInit: initializers.normal(1), biasInit: initializers.normal(1) };

/** A layer that writes to the one that it wraps: a copy is called. */
function ofCopy(layer: nnx.SpectralNorm | nnx.WeightNorm): Made {
  return { layer, run: (called, x) => of(nnx.clone(called)).run(nnx.clone(called), x) };
}

/** A BatchNorm as a model in use has it: not the statistics it begins with. */
function evaluated(norm: nnx.BatchNorm): Made {
  norm(
    jnp.array([
      [1, 2, 3, 4, 5, 6],
      [6, 4, 3, 2, 0, 1],
    ]),
  );
  norm.eval();
  return of(norm);
}

function rnn(rngs: nnx.Rngs, dtypes: Dtypes): nnx.RNN<NDArray, true> {
  return new nnx.RNN(new nnx.GRUCell(5, 4, { rngs, ...dtypes }), { returnCarry: true });
}

/** Every layer with its own forward pass in `nnx`: a new one is one line here. */
export const LAYERS: readonly EveryLayer[] = [
  {
    name: "Linear",
    shape: [37],
    make: (rngs, d) => of(new nnx.Linear(37, 19, { rngs, ...d, biasInit: drawn.biasInit })),
  },
  { name: "Linear of 256", shape: [256], make: (rngs, d) => of(new nnx.Linear(256, 256, { rngs, ...d })) },
  {
    name: "LinearGeneral",
    shape: [5, 4],
    make: (rngs, d) => of(new nnx.LinearGeneral([5, 4], [3, 7], { rngs, ...d, axis: [-2, -1] })),
  },
  {
    name: "Einsum",
    shape: [6, 2],
    unbatched: false,
    make: (rngs, d) => of(new nnx.Einsum("nta,hab->nthb", [8, 2, 4], [8, 4], { rngs, ...d })),
  },
  {
    name: "Einsum of vectors, with a bias",
    shape: [2],
    make: (rngs, d) => of(new nnx.Einsum("...a,ab->...b", [2, 3], [3], { rngs, ...d, biasInit: drawn.biasInit })),
  },
  {
    name: "Conv of 1 axis",
    shape: [9, 4],
    make: (rngs, d) => of(new nnx.Conv(4, 6, 3, { rngs, ...d, strides: 2, featureGroupCount: 2, padding: "CIRCULAR" })),
  },
  { name: "Conv of 2 axes", shape: [7, 8, 3], make: (rngs, d) => of(new nnx.Conv(3, 9, [3, 3], { rngs, ...d })) },
  {
    name: "Conv of 3 axes",
    shape: [4, 5, 3, 2],
    make: (rngs, d) => of(new nnx.Conv(2, 3, [2, 3, 2], { rngs, ...d, kernelDilation: [1, 1, 2], padding: "REFLECT" })),
  },
  {
    name: "ConvTranspose",
    shape: [4, 5, 3],
    make: (rngs, d) => of(new nnx.ConvTranspose(3, 4, [3, 2], { rngs, ...d, strides: 2 })),
  },
  {
    name: "ConvTranspose, circular",
    shape: [6, 3],
    make: (rngs, d) =>
      of(new nnx.ConvTranspose(3, 4, 5, { rngs, ...d, strides: 2, padding: "CIRCULAR", transposeKernel: true })),
  },
  { name: "Embed", shape: [3], dtype: "int32", make: (rngs, d) => of(new nnx.Embed(31, 12, { rngs, ...d })) },
  {
    name: "Embed.attend",
    shape: [12],
    make: (rngs, d) => ({
      layer: new nnx.Embed(31, 12, { rngs, ...d }),
      run: (embed, x) => [(embed as unknown as nnx.Embed).attend(x)],
    }),
  },
  { name: "LayerNorm", shape: [24], make: (rngs, d) => of(new nnx.LayerNorm(24, { rngs, ...d, ...drawn })) },
  {
    name: "LayerNorm of two axes",
    shape: [3, 8],
    make: (rngs, d) =>
      of(new nnx.LayerNorm(8, { rngs, ...d, ...drawn, reductionAxes: [-2, -1], useFastVariance: false })),
  },
  {
    name: "RMSNorm",
    shape: [24],
    make: (rngs, d) => of(new nnx.RMSNorm(24, { rngs, ...d, scaleInit: drawn.scaleInit })),
  },
  {
    name: "GroupNorm",
    shape: [5, 24],
    make: (rngs, d) => of(new nnx.GroupNorm(24, { rngs, ...d, ...drawn, numGroups: 4 })),
  },
  { name: "InstanceNorm", shape: [5, 7], make: (rngs, d) => of(new nnx.InstanceNorm(7, { rngs, ...d, ...drawn })) },
  {
    name: "BatchNorm in use",
    shape: [6],
    make: (rngs, d) => evaluated(new nnx.BatchNorm(6, { rngs, ...d, ...drawn })),
  },
  {
    name: "SpectralNorm",
    shape: [5],
    make: (rngs, d) => ofCopy(new nnx.SpectralNorm(new nnx.Linear(5, 4, { rngs, ...d }), { rngs, updateStats: false })),
  },
  {
    name: "WeightNorm",
    shape: [5],
    make: (rngs, d) => ofCopy(new nnx.WeightNorm(new nnx.Linear(5, 4, { rngs, ...d }), { rngs })),
  },
  {
    name: "Dropout, deterministic",
    shape: [9],
    make: (rngs) => of(new nnx.Dropout(0.5, { rngs, deterministic: true })),
  },
  {
    name: "MultiHeadAttention",
    shape: [5, 8],
    make: (rngs, d) => of(new nnx.MultiHeadAttention(4, 8, { decode: false, rngs, ...d })),
  },
  {
    name: "MultiHeadAttention with normalized queries and keys",
    shape: [5, 8],
    make: (rngs, d) =>
      of(
        new nnx.MultiHeadAttention(2, 8, {
          decode: false,
          normalizeQk: true,
          numKvHeads: 1,
          dropoutRate: 0.5,
          deterministic: true,
          rngs,
          ...d,
        }),
      ),
  },
  { name: "LSTMCell", shape: [5], make: (rngs, d) => ofCell(new nnx.LSTMCell(5, 4, { rngs, ...d })) },
  { name: "OptimizedLSTMCell", shape: [5], make: (rngs, d) => ofCell(new nnx.OptimizedLSTMCell(5, 4, { rngs, ...d })) },
  { name: "GRUCell", shape: [5], make: (rngs, d) => ofCell(new nnx.GRUCell(5, 4, { rngs, ...d })) },
  {
    name: "SimpleCell",
    shape: [5],
    make: (rngs, d) => ofCell(new nnx.SimpleCell(5, 4, { rngs, ...d, residual: true })),
  },
  { name: "RNN", shape: [6, 5], make: (rngs, d) => of(rnn(rngs, d)) },
  {
    name: "RNN, reversed",
    shape: [6, 5],
    make: (rngs, d) =>
      of(new nnx.RNN(new nnx.OptimizedLSTMCell(5, 4, { rngs, ...d }), { reverse: true, keepOrder: true })),
  },
  {
    name: "Bidirectional",
    shape: [6, 5],
    make: (rngs, d) => of(new nnx.Bidirectional(rnn(rngs, d), rnn(rngs, d), { returnCarry: true })),
  },
  {
    name: "LoRA",
    shape: [12],
    make: (rngs, d) => of(new nnx.LoRA(12, 3, 7, { rngs, ...d, bInitializer: initializers.normal(1) })),
  },
  {
    name: "LoRALinear",
    shape: [12],
    make: (rngs, d) => of(new nnx.LoRALinear(12, 7, { rngs, ...d, loraRank: 3, bInitializer: initializers.normal(1) })),
  },
  { name: "PReLU", shape: [9], make: (_, d) => of(new nnx.PReLU(0.2, d)) },
  {
    name: "Sequential",
    shape: [5],
    make: (rngs, d) =>
      of(
        new nnx.Sequential(
          new nnx.Linear(5, 7, { rngs, ...d }),
          nnx.gelu,
          new nnx.Dropout(0.5, { deterministic: true }),
          new nnx.Linear(7, 3, { rngs, ...d }),
        ),
      ),
  },
];

const {
  avgPool,
  celu,
  elu,
  gelu,
  glu,
  hardSigmoid,
  hardSilu,
  hardSwish,
  hardTanh,
  identity,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  maxPool,
  minPool,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softSign,
  standardize,
  swish,
  tanh,
} = nnx;

/** Functions of `nnx` that the table of layers leaves out. */
export const FUNCTIONS: readonly EveryLayer[] = [
  ...Object.entries({ avgPool, maxPool, minPool }).map(([name, pool]) => ({
    name,
    shape: [5, 6, 3],
    make: () => of((x: NDArray) => pool(x, [2, 3], { padding: "SAME", strides: [2, 1] })),
  })),
  {
    name: "avgPool without its padding",
    shape: [5, 6, 3],
    make: () => of((x: NDArray) => nnx.avgPool(x, [2, 3], { padding: "SAME", countIncludePad: false })),
  },
  ...Object.entries({
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
    softSign,
    softplus,
    swish,
    tanh,
  }).map(([name, f]) => ({ name, shape: [13], make: () => of((x: NDArray) => f(x)) })),
  { name: "gelu, exact", shape: [13], make: () => of((x: NDArray) => nnx.gelu(x, { approximate: false })) },
  ...Object.entries({ glu, logSoftmax, softmax, standardize }).map(([name, f]) => ({
    name,
    shape: [14],
    make: () => of((x: NDArray) => f(x)),
  })),
  { name: "logsumexp", shape: [14], make: () => of((x: NDArray) => nnx.logsumexp(x, { axis: -1 })) },
  { name: "oneHot", shape: [3], dtype: "int32", make: () => of((x: NDArray) => nnx.oneHot(x, 7)) },
  {
    name: "dotProductAttention",
    shape: [5, 2, 4],
    make: () => of((x: NDArray) => nnx.dotProductAttention(x, x.mul(0.5), x.add(1), { isCausal: true })),
  },
];
