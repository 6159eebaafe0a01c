/**
 * Every layer's attributes by default, and for every option a value that is not its default, with what it changes. The
 * types see to it that no option is left out.
 */
import { expect } from "vitest";
import type { NDArray } from "../../../src/index.ts";
import { nnx, numpy as jnp, random } from "../../../src/index.ts";

/**
 * What an option changes: what a call gives ("output"), paths, shapes, dtypes or values that the state begins with
 * ("state"), the metadata of a Variable ("metadata"); "attribute" if the layer has the value under the option's name.
 */
export type Effect = "output" | "state" | "metadata" | "attribute";

/** A value that is not the default; other options without which it would have no effect; what it changes. */
export interface OptionCase {
  readonly value: unknown;
  readonly beside: Record<string, unknown>;
  readonly effects: readonly Effect[];
}

export interface LayerOptionsCase {
  readonly name: string;
  readonly make: (options: Record<string, unknown>) => object;
  readonly run: (layer: never) => unknown;
  /** What the layer keeps of its arguments and options when it is given no more than it must. */
  readonly attributes: Record<string, unknown>;
  readonly options: Record<string, OptionCase>;
}

function value(given: unknown, ...effects: Effect[]): OptionCase {
  return { value: given, beside: {}, effects };
}

function beside(others: Record<string, unknown>, given: unknown, ...effects: Effect[]): OptionCase {
  return { value: given, beside: others, effects };
}

function layer<L extends object, O extends object>(
  name: string,
  make: (options: O) => L,
  run: (layer: L) => unknown,
  attributes: Record<string, unknown>,
  options: { readonly [K in Exclude<keyof O, "rngs">]-?: OptionCase },
): LayerOptionsCase {
  return {
    name,
    make: (given) => make({ rngs: new nnx.Rngs({ params: 3, dropout: 4, carry: 5 }), ...given } as unknown as O),
    run,
    attributes,
    options: { ...options },
  };
}

const { initializers } = nnx;
const { ones } = initializers;

/** Numbers of both signs, none of them round. */
function input(...shape: number[]): NDArray {
  return random.normal(random.key(7), shape);
}

const doubled = ((operands: readonly (NDArray | undefined)[]) =>
  operands.map((x) => (x === undefined ? undefined : x.mul(2)))) as never;
/** Kernels of an option that asks for 16 bits are filled, because no initializer draws in them. */
const filled = { kernelInit: ones, biasInit: ones };
const labels = { labels: ["a"] };

const KERNEL = {
  dtype: value("bfloat16", "output", "attribute"),
  paramDtype: beside(filled, "bfloat16", "state", "attribute"),
  promoteDtype: value(doubled, "output", "attribute"),
  // Every precision that is taken means full float32: nothing to change.
  precision: value("highest"),
  useBias: beside({ biasInit: ones }, false, "output", "state", "metadata", "attribute"),
  kernelInit: value(ones, "output", "state"),
  biasInit: value(ones, "output", "state"),
  kernelMetadata: value(labels, "metadata"),
  biasMetadata: value(labels, "metadata"),
};

const NORM = {
  epsilon: value(0.5, "output", "attribute"),
  dtype: value("bfloat16", "output", "attribute"),
  paramDtype: value("bfloat16", "state", "attribute"),
  useScale: beside({ scaleInit: initializers.constant(2) }, false, "output", "state", "metadata", "attribute"),
  scaleInit: value(initializers.constant(2), "output", "state"),
  scaleMetadata: value(labels, "metadata"),
  useFastVariance: value(false, "output", "attribute"),
  promoteDtype: value(doubled, "output", "attribute"),
};

const BIASED = {
  ...NORM,
  useBias: beside({ biasInit: ones }, false, "output", "state", "metadata", "attribute"),
  biasInit: value(ones, "output", "state"),
  biasMetadata: value(labels, "metadata"),
};

const CELL = {
  activationFn: value(nnx.relu, "output", "attribute"),
  kernelInit: value(ones, "output", "state"),
  recurrentKernelInit: value(ones, "output", "state"),
  biasInit: value(ones, "output", "state"),
  dtype: value("bfloat16", "output", "attribute"),
  paramDtype: beside({ ...filled, recurrentKernelInit: ones }, "bfloat16", "state", "attribute"),
  carryInit: value(initializers.normal(1), "output", "attribute"),
  promoteDtype: value(doubled, "output", "attribute"),
  kernelMetadata: value(labels, "metadata"),
  recurrentKernelMetadata: value(labels, "metadata"),
  biasMetadata: value(labels, "metadata"),
  keepRngs: value(true, "state", "metadata"),
};

/** A step of a cell from the carry that it begins with, and one from ones. */
function step(cell: {
  initializeCarry(shape: number[], rngs: nnx.Rngs, init?: nnx.initializers.Initializer): unknown;
}): unknown {
  const call = cell as never as (carry: unknown, x: NDArray) => unknown;
  const first = cell.initializeCarry([2, 3], new nnx.Rngs(0));
  return [call(first, input(2, 3)), call(cell.initializeCarry([2, 3], new nnx.Rngs(0), ones), input(2, 3))];
}

const gru = (rngs: nnx.Rngs) => new nnx.GRUCell(3, 4, { rngs, carryInit: initializers.normal(1) });

const x34 = input(2, 3);

export const OPTIONS: readonly LayerOptionsCase[] = [
  layer(
    "Linear",
    (o: nnx.LinearOptions) => new nnx.Linear(3, 4, o),
    (linear) => linear(x34),
    {
      inFeatures: 3,
      outFeatures: 4,
      useBias: true,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    KERNEL,
  ),
  layer(
    "LinearGeneral",
    (o: nnx.LinearGeneralOptions) => new nnx.LinearGeneral(3, [4, 2], o),
    (linear) => linear(input(3, 3, 3)),
    {
      inFeatures: [3],
      outFeatures: [4, 2],
      axis: [-1],
      batchAxis: {},
      useBias: true,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    { ...KERNEL, axis: value(1, "output", "attribute"), batchAxis: value({ 0: 3 }, "output", "state", "attribute") },
  ),
  layer(
    "Einsum",
    (o: nnx.EinsumOptions) => new nnx.Einsum("ab,bc->ac", [3, 4], [4], o),
    (einsum) => einsum(x34),
    {
      einsumStr: "ab,bc->ac",
      kernelShape: [3, 4],
      biasShape: [4],
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    {
      dtype: KERNEL.dtype,
      paramDtype: KERNEL.paramDtype,
      promoteDtype: KERNEL.promoteDtype,
      precision: KERNEL.precision,
      kernelInit: KERNEL.kernelInit,
      biasInit: KERNEL.biasInit,
      kernelMetadata: KERNEL.kernelMetadata,
      biasMetadata: KERNEL.biasMetadata,
    },
  ),
  layer(
    "Embed",
    (o: nnx.EmbedOptions) => new nnx.Embed(5, 4, o),
    (embed) => [embed(Int32Array.of(1, 2)), embed.attend(input(2, 4))],
    { numEmbeddings: 5, features: 4, dtype: "float32", paramDtype: "float32", promoteDtype: expect.any(Function) },
    {
      dtype: value("bfloat16", "output", "attribute"),
      paramDtype: beside({ embeddingInit: ones }, "bfloat16", "output", "state", "attribute"),
      promoteDtype: value(doubled, "output", "attribute"),
      precision: value("highest"),
      embeddingInit: value(ones, "output", "state"),
      embeddingMetadata: value(labels, "metadata"),
    },
  ),
  layer(
    "Conv",
    (o: nnx.ConvOptions) => new nnx.Conv(2, 4, [3], o),
    (conv) => conv(input(2, 7, 2)),
    {
      inFeatures: 2,
      outFeatures: 4,
      kernelSize: [3],
      strides: [1],
      kernelDilation: [1],
      padding: "SAME",
      inputDilation: [1],
      featureGroupCount: 1,
      kernelShape: [3, 2, 4],
      mask: null,
      useBias: true,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    {
      ...KERNEL,
      strides: value(2, "output", "attribute"),
      padding: value("VALID", "output", "attribute"),
      inputDilation: beside({ padding: [[1, 1]] }, 2, "output", "attribute"),
      kernelDilation: value(2, "output", "attribute"),
      featureGroupCount: value(2, "output", "state", "attribute"),
      mask: value(jnp.zeros([3, 2, 4]), "output", "state", "metadata", "attribute"),
    },
  ),
  layer(
    "ConvTranspose",
    (o: nnx.ConvTransposeOptions) => new nnx.ConvTranspose(2, 4, [3], o),
    (conv) => conv(input(2, 7, 2)),
    {
      inFeatures: 2,
      outFeatures: 4,
      kernelSize: [3],
      strides: [1],
      kernelDilation: [1],
      padding: "SAME",
      transposeKernel: false,
      kernelShape: [3, 2, 4],
      mask: null,
      useBias: true,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    {
      ...KERNEL,
      strides: value(2, "output", "attribute"),
      padding: value("VALID", "output", "attribute"),
      kernelDilation: value(2, "output", "attribute"),
      transposeKernel: value(true, "output", "state", "attribute"),
      mask: value(jnp.zeros([3, 2, 4]), "output", "state", "metadata", "attribute"),
    },
  ),
  layer(
    "LoRA",
    (o: nnx.LoRAOptions) => new nnx.LoRA(3, 2, 4, { bInitializer: ones, ...o }),
    (lora) => lora(x34),
    {
      inFeatures: 3,
      outFeatures: 4,
      base_module: null,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    {
      dtype: value("bfloat16", "output", "attribute"),
      paramDtype: beside({ aInitializer: ones }, "bfloat16", "state", "attribute"),
      promoteDtype: value(doubled, "output", "attribute"),
      precision: value("highest"),
      aInitializer: value(ones, "output", "state"),
      bInitializer: value(initializers.constant(2), "output", "state"),
      loraParamType: value(nnx.Param, "state"),
      aMetadata: value(labels, "metadata"),
      bMetadata: value(labels, "metadata"),
      baseModule: value(() => jnp.ones([2, 4]), "output"),
    },
  ),
  layer(
    "LoRALinear",
    (o: nnx.LoRALinearOptions) => new nnx.LoRALinear(3, 4, { bInitializer: ones, ...o, loraRank: o.loraRank ?? 2 }),
    (lora) => lora(x34),
    {
      inFeatures: 3,
      outFeatures: 4,
      useBias: true,
      dtype: undefined,
      paramDtype: "float32",
      promoteDtype: expect.any(Function),
    },
    {
      ...KERNEL,
      loraRank: value(1, "output", "state"),
      loraDtype: value("bfloat16", "output"),
      loraParamDtype: beside({ aInitializer: ones }, "bfloat16", "state"),
      loraPromoteDtype: value(doubled, "output"),
      aInitializer: value(ones, "output", "state"),
      bInitializer: value(initializers.constant(2), "output", "state"),
      loraParamType: value(nnx.Param, "state"),
      aMetadata: value(labels, "metadata"),
      bMetadata: value(labels, "metadata"),
    },
  ),
  layer(
    "LayerNorm",
    (o: nnx.LayerNormOptions) => new nnx.LayerNorm(4, o),
    (norm) => norm(input(4, 3, 4)),
    {
      numFeatures: 4,
      paramDtype: "float32",
      useScale: true,
      epsilon: 0.000001,
      dtype: undefined,
      useFastVariance: true,
      promoteDtype: expect.any(Function),
      useBias: true,
      reductionAxes: -1,
      featureAxes: -1,
    },
    {
      ...BIASED,
      reductionAxes: value([1, 2], "output", "attribute"),
      featureAxes: beside({ scaleInit: initializers.normal(1) }, 0, "output", "attribute"),
    },
  ),
  layer(
    "RMSNorm",
    (o: nnx.RMSNormOptions) => new nnx.RMSNorm(4, o),
    (norm) => norm(input(4, 3, 4)),
    {
      numFeatures: 4,
      paramDtype: "float32",
      useScale: true,
      epsilon: 0.000001,
      dtype: undefined,
      useFastVariance: true,
      promoteDtype: expect.any(Function),
      reductionAxes: -1,
      featureAxes: -1,
    },
    {
      ...NORM,
      // There is no mean to take from the squares: the variance is one and the same.
      useFastVariance: value(false, "attribute"),
      reductionAxes: value([1, 2], "output", "attribute"),
      featureAxes: beside({ scaleInit: initializers.normal(1) }, 0, "output", "attribute"),
    },
  ),
  layer(
    "GroupNorm",
    (o: nnx.GroupNormOptions) => new nnx.GroupNorm(64, o.groupSize === undefined ? o : { ...o, numGroups: null }),
    (norm) => norm(input(2, 3, 64)),
    {
      numFeatures: 64,
      paramDtype: "float32",
      useScale: true,
      epsilon: 0.000001,
      dtype: undefined,
      useFastVariance: true,
      promoteDtype: expect.any(Function),
      useBias: true,
      numGroups: 32,
      groupSize: 2,
      reductionAxes: null,
    },
    {
      ...BIASED,
      numGroups: value(4, "output", "attribute"),
      groupSize: value(8, "output", "attribute"),
      reductionAxes: value([2], "output", "attribute"),
    },
  ),
  layer(
    "InstanceNorm",
    (o: nnx.InstanceNormOptions) => new nnx.InstanceNorm(4, o),
    (norm) => norm(input(2, 4, 4)),
    {
      numFeatures: 4,
      paramDtype: "float32",
      useScale: true,
      epsilon: 0.000001,
      dtype: undefined,
      useFastVariance: true,
      promoteDtype: expect.any(Function),
      useBias: true,
      featureAxes: -1,
    },
    { ...BIASED, featureAxes: value(1, "output", "attribute") },
  ),
  layer(
    "BatchNorm",
    (o: nnx.BatchNormOptions) => new nnx.BatchNorm(4, o),
    (norm) => [norm(input(3, 4, 4)), nnx.state(norm, nnx.BatchStat)],
    {
      numFeatures: 4,
      paramDtype: "float32",
      useScale: true,
      epsilon: 0.00001,
      dtype: undefined,
      useFastVariance: true,
      promoteDtype: expect.any(Function),
      useBias: true,
      useRunningAverage: false,
      axis: -1,
      momentum: 0.99,
      axisName: undefined,
    },
    {
      ...BIASED,
      useRunningAverage: value(true, "output", "attribute"),
      axis: value(1, "output", "attribute"),
      momentum: value(0.5, "output", "attribute"),
      axisName: value("batch", "attribute"),
    },
  ),
  layer(
    "SpectralNorm",
    ({ rngs, ...o }: nnx.SpectralNormOptions) =>
      new nnx.SpectralNorm(new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) }), { rngs, ...o }),
    (norm) => [norm(x34), nnx.state(norm, nnx.BatchStat)],
    { nSteps: 1, epsilon: 1e-12, errorOnNonMatrix: false, useRunningAverage: false },
    {
      nSteps: value(3, "output", "attribute"),
      epsilon: value(0.5, "output", "attribute"),
      errorOnNonMatrix: value(true, "attribute"),
      updateStats: value(false, "output"),
    },
  ),
  layer(
    "WeightNorm",
    ({ rngs, ...o }: nnx.WeightNormOptions) =>
      new nnx.WeightNorm(new nnx.Linear(3, 4, { rngs: new nnx.Rngs(0) }), { rngs, ...o }),
    (norm) => norm(x34),
    { featureAxes: -1, useScale: true, epsilon: 1e-12, variableFilter: expect.any(Function) },
    {
      featureAxes: value(0, "output", "state", "attribute"),
      useScale: beside({ scaleInit: initializers.constant(2) }, false, "output", "state", "metadata", "attribute"),
      scaleInit: value(initializers.constant(2), "output", "state"),
      epsilon: value(0.5, "output", "attribute"),
      variableFilter: value(nnx.Nothing(), "output", "state", "metadata", "attribute"),
    },
  ),
  layer(
    "Dropout",
    (o: nnx.DropoutOptions) => new nnx.Dropout(0.5, o),
    (dropout) => dropout(input(4, 4)),
    { rate: 0.5, broadcastDims: [], deterministic: false, rngCollection: "dropout" },
    {
      broadcastDims: value([0], "output", "attribute"),
      deterministic: value(true, "output", "attribute"),
      rngCollection: value("params", "output", "state", "metadata", "attribute"),
    },
  ),
  layer(
    "PReLU",
    ({ dtype, paramDtype }: nnx.PReLUOptions) =>
      new nnx.PReLU(0.25, { ...(dtype && { dtype }), ...(paramDtype && { paramDtype }) }),
    (prelu) => prelu(x34),
    { dtype: undefined, paramDtype: "float32" },
    { dtype: value("bfloat16", "output", "attribute"), paramDtype: value("bfloat16", "state", "attribute") },
  ),
  layer(
    "MultiHeadAttention",
    (o: nnx.MultiHeadAttentionOptions) => new nnx.MultiHeadAttention(4, 8, { decode: false, ...o }),
    (attention) => attention(input(2, 3, 8), { rngs: new nnx.Rngs(5) }),
    {
      numHeads: 4,
      inFeatures: 8,
      qkvFeatures: 8,
      outFeatures: 8,
      inKvFeatures: 8,
      numKvHeads: 4,
      headDim: 2,
      dtype: undefined,
      paramDtype: "float32",
      useBias: true,
      normalizeQk: false,
      dropoutRate: 0,
      broadcastDropout: true,
      deterministic: undefined,
      decode: false,
      attentionFn: nnx.dotProductAttention,
      query_ln: null,
      key_ln: null,
      rngs: null,
      cached_key: null,
      cached_value: null,
      cache_index: null,
    },
    {
      dtype: KERNEL.dtype,
      paramDtype: KERNEL.paramDtype,
      precision: KERNEL.precision,
      qkvFeatures: value(4, "output", "state", "attribute"),
      outFeatures: value(5, "output", "state", "attribute"),
      numKvHeads: value(2, "output", "state", "attribute"),
      inKvFeatures: value(4, "output", "state", "attribute"),
      dropoutRate: beside({ deterministic: false }, 0.5, "output", "state", "metadata", "attribute"),
      broadcastDropout: beside({ deterministic: false, dropoutRate: 0.5 }, false, "output", "attribute"),
      deterministic: beside({ dropoutRate: 0.5 }, true, "output", "attribute"),
      decode: value(true, "output", "attribute"),
      useBias: KERNEL.useBias,
      normalizeQk: value(true, "output", "state", "metadata", "attribute"),
      kernelInit: value(ones, "output", "state"),
      biasInit: value(ones, "output", "state"),
      outKernelInit: value(ones, "output", "state"),
      outBiasInit: value(ones, "output", "state"),
      attentionFn: value(() => jnp.ones([2, 3, 4, 2]), "output", "attribute"),
      keepRngs: beside({ deterministic: false, dropoutRate: 0.5 }, false, "state", "metadata"),
      qkvPromoteDtype: value(doubled, "output"),
      outPromoteDtype: value(doubled, "output"),
      kernelMetadata: value(labels, "metadata"),
      biasMetadata: value(labels, "metadata"),
      outKernelMetadata: value(labels, "metadata"),
      outBiasMetadata: value(labels, "metadata"),
      queryLnScaleMetadata: beside({ normalizeQk: true }, labels, "metadata"),
      keyLnScaleMetadata: beside({ normalizeQk: true }, labels, "metadata"),
    },
  ),
  layer(
    "LSTMCell",
    (o: nnx.GatedCellOptions) => new nnx.LSTMCell(3, 4, o),
    step,
    {
      inFeatures: 3,
      hiddenFeatures: 4,
      activationFn: nnx.tanh,
      dtype: undefined,
      paramDtype: "float32",
      carryInit: undefined,
      promoteDtype: undefined,
      rngs: undefined,
      gateFn: nnx.sigmoid,
    },
    { ...CELL, gateFn: value(nnx.relu, "output", "attribute") },
  ),
  layer(
    "OptimizedLSTMCell",
    (o: nnx.GatedCellOptions) => new nnx.OptimizedLSTMCell(3, 4, o),
    step,
    {
      inFeatures: 3,
      hiddenFeatures: 4,
      activationFn: nnx.tanh,
      dtype: undefined,
      paramDtype: "float32",
      carryInit: undefined,
      promoteDtype: undefined,
      rngs: undefined,
      gateFn: nnx.sigmoid,
    },
    { ...CELL, gateFn: value(nnx.relu, "output", "attribute") },
  ),
  layer(
    "GRUCell",
    (o: nnx.GatedCellOptions) => new nnx.GRUCell(3, 4, o),
    step,
    {
      inFeatures: 3,
      hiddenFeatures: 4,
      activationFn: nnx.tanh,
      dtype: undefined,
      paramDtype: "float32",
      carryInit: undefined,
      promoteDtype: undefined,
      rngs: undefined,
      gateFn: nnx.sigmoid,
    },
    {
      ...CELL,
      gateFn: value(nnx.relu, "output", "attribute"),
    },
  ),
  layer(
    "SimpleCell",
    (o: nnx.SimpleCellOptions) => new nnx.SimpleCell(3, 4, o),
    step,
    {
      inFeatures: 3,
      hiddenFeatures: 4,
      activationFn: nnx.tanh,
      dtype: "float32",
      paramDtype: "float32",
      carryInit: undefined,
      promoteDtype: undefined,
      rngs: undefined,
      residual: false,
    },
    {
      ...CELL,
      residual: value(true, "output", "attribute"),
    },
  ),
  layer(
    "RNN",
    ({ rngs = new nnx.Rngs(4), ...o }: nnx.RNNOptions<boolean>) =>
      new nnx.RNN(gru(new nnx.Rngs(3)), { rngs, ...o } as nnx.RNNOptions<false>),
    (rnn) => rnn(input(2, 2, 3)),
    { timeMajor: false, returnCarry: false, reverse: false, keepOrder: false },
    {
      returnCarry: value(true, "output", "attribute"),
      // Steps are taken one by one however many Flax would have in one turn of its loop.
      unroll: value(2),
      timeMajor: value(true, "output", "attribute"),
      reverse: value(true, "output", "attribute"),
      keepOrder: beside({ reverse: true }, true, "output", "attribute"),
    },
  ),
  layer(
    "Bidirectional",
    ({ rngs, ...o }: nnx.BidirectionalOptions<boolean>) =>
      new nnx.Bidirectional(new nnx.RNN(gru(new nnx.Rngs(3))), new nnx.RNN(gru(new nnx.Rngs(4))), {
        rngs: rngs!,
        ...o,
      } as nnx.BidirectionalOptions<false>),
    (both) => both(input(2, 2, 3)),
    { mergeFn: expect.any(Function), timeMajor: false, returnCarry: false },
    {
      mergeFn: value((ahead: NDArray, back: NDArray) => ahead.add(back), "output", "attribute"),
      timeMajor: value(true, "output", "attribute"),
      returnCarry: value(true, "output", "attribute"),
    },
  ),
];
