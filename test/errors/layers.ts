/** Every error of layers, activations and initializers. */
import { nnx, numpy as jnp, random } from "../../src/index.ts";
import type { Failure } from "./failure.ts";

const { initializers } = nnx;
const key = random.key(0);
const rngs = new nnx.Rngs(0);
const ones = (...shape: number[]) => jnp.ones(shape);
const attention = (heads: number, features: number, options: object) =>
  new nnx.MultiHeadAttention(heads, features, { rngs, ...options });

/** An attention that decodes, with room for `length` tokens. */
function decoder(length: number): nnx.MultiHeadAttention {
  const layer = attention(2, 8, { decode: true });
  layer.initCache([1, length, 8]);
  return layer;
}

/** A wrapped layer that got another Param after it was wrapped. */
function withNewParam(wrap: (layer: nnx.Linear) => (x: unknown) => unknown): unknown {
  const linear = new nnx.Linear(2, 2, { rngs, useBias: false });
  const wrapped = wrap(linear);
  Object.assign(linear, { another: new nnx.Linear(2, 2, { rngs, useBias: false }) });
  return wrapped(ones(1, 2));
}

/** Failures of every option that is a number for each axis of a kernel. */
function eachSpacing(failures: (fn: string, name: string, make: (value: number[]) => unknown) => Failure[]): Failure[] {
  return [
    ...["strides", "kernelDilation", "inputDilation"].flatMap((name) =>
      failures("Conv", name, (value) => new nnx.Conv(1, 1, 3, { rngs, padding: 1, [name]: value })),
    ),
    ...["strides", "kernelDilation"].flatMap((name) =>
      failures("ConvTranspose", name, (value) => new nnx.ConvTranspose(1, 1, 3, { rngs, [name]: value })),
    ),
    ...Object.entries({ avgPool: nnx.avgPool, maxPool: nnx.maxPool, minPool: nnx.minPool }).flatMap(([fn, pool]) =>
      failures(fn, "strides", (strides) => pool(ones(1, 3, 1), [2], { strides })),
    ),
  ];
}

export const LAYERS: readonly Failure[] = [
  // What layers share.
  ['RangeError: nnx.Linear: "inFeatures" expected a size of at least 0, got -1', () => new nnx.Linear(-1, 2, { rngs })],
  [
    'TypeError: nnx.Linear: "rngs" expected an nnx.Rngs, got undefined.',
    () => new nnx.Linear(2, 3, undefined as never),
  ],
  ['TypeError: nnx.Linear: "rngs" expected an nnx.Rngs, got undefined.', () => new nnx.Linear(2, 3, {} as never)],
  [
    'TypeError: nnx.Linear: "rngs" expected an nnx.Rngs, got the bare Rngs in place of the options.',
    () => new nnx.Linear(2, 3, rngs as never),
  ],
  [
    'TypeError: nnx.Linear: "rngs" expected an nnx.Rngs, got a key: keys are used once, an Rngs hands out as many as the layer needs.',
    () => new nnx.Linear(2, 3, { rngs: key } as never),
  ],
  [
    'TypeError: nnx.Linear: "dtype" expected float32, bfloat16, float16, int32, int16, int8, uint32, uint16, uint8 or bool, got "float"',
    () => new nnx.Linear(2, 3, { rngs, dtype: "float" as never }),
  ],
  [
    'TypeError: nnx.Dropout: "broadcastDims" expected a list of axes, got 1',
    () => new nnx.Dropout(0.5, { broadcastDims: 1 as never }),
  ],
  [
    'TypeError: nnx.LayerNorm: "axes" expected an axis or a list of axes, got "1"',
    () => new nnx.LayerNorm(2, { rngs, reductionAxes: "1" as never })(jnp.ones([2, 2])),
  ],
  [
    'TypeError: "paramDtype" expected float32, got "bfloat16", which this initializer does not draw in.',
    () => new nnx.Linear(2, 3, { rngs, paramDtype: "bfloat16", kernelInit: nnx.initializers.orthogonal() }),
  ],
  [
    'ShapeError: initializers.varianceScaling: "shape" expected sizes of at least 1, got [0, 2]',
    () => new nnx.Linear(0, 2, { rngs }),
  ],
  [
    'TypeError: nnx.Linear: "dotGeneral" expected nothing, got function dotGeneral. There is one way to multiply, float32 with one order of summation, so that bits do not depend on it',
    () => new nnx.Linear(2, 3, { rngs, dotGeneral: () => 0 } as never),
  ],
  [
    'RangeError: nnx.Linear: "precision" expected one of default, high, highest, float32, fastest, which all mean full float32 here, got "bfloat16"',
    () => new nnx.Linear(2, 3, { rngs, precision: "bfloat16" as never }),
  ],

  // Products.
  [
    'ShapeError: nnx.Linear: "x" expected shape [..., 3] for a kernel [3, 4], got [2, 5]',
    () => new nnx.Linear(3, 4, { rngs })(ones(2, 5)),
  ],
  [
    'ShapeError: nnx.Linear: "x" expected shape [..., 3] for a kernel [3, 4], got []',
    () => new nnx.Linear(3, 4, { rngs })(1),
  ],
  [
    'RangeError: nnx.LinearGeneral: "axis" expected as many axes as "inFeatures" has sizes, 2, got 1',
    () => new nnx.LinearGeneral([3, 2], 4, { rngs }),
  ],
  [
    'RangeError: nnx.LinearGeneral: "batchAxis" expected axes from 0 on without a gap, got 1',
    () => new nnx.LinearGeneral(3, 4, { rngs, batchAxis: { 1: 2 } }),
  ],
  [
    'ShapeError: nnx.LinearGeneral: "x" expected an axis -2, got shape [2]',
    () => new nnx.LinearGeneral([3, 2], 4, { rngs, axis: [-2, -1] })(ones(2)),
  ],
  [
    "ShapeError: nnx.LinearGeneral: shapes [2, 5] and [3, 4] do not fit: axis 1 of the first has size 5, axis 0 of the second 3",
    () => new nnx.LinearGeneral(3, 4, { rngs })(ones(2, 5)),
  ],
  [
    'TypeError: nnx.Einsum: "einsumStr" expected a string such as "ij,jk->ik", got 3',
    () => new nnx.Einsum(3 as never, [2, 3], null, { rngs }),
  ],
  [
    'RangeError: nnx.Einsum: "einsumStr" expected two operands and an explicit output, "x,kernel->y", got "ab,bc"',
    () => new nnx.Einsum("ab,bc", [2, 3], null, { rngs }),
  ],
  [
    'ShapeError: einsum: shapes [2, 5] and [3, 4] do not fit "ab,bc->ac": "b" has sizes 5 and 3',
    () => new nnx.Einsum("ab,bc->ac", [3, 4], null, { rngs })(ones(2, 5)),
  ],
  [
    'TypeError: nnx.Einsum: "einsumStr" expected a string such as "ij,jk->ik", got undefined',
    () => new nnx.Einsum(null, [3, 4], null, { rngs })(ones(2, 5)),
  ],
  [
    'TypeError: nnx.Embed: "indices" expected an integer dtype, got float32. jnp.array([1, 2], "int32") makes integers of numbers',
    () => new nnx.Embed(3, 4, { rngs })([1, 2]),
  ],
  [
    'ShapeError: nnx.Embed.attend: "query" expected shape [..., 4] for a table [3, 4], got [2, 5]',
    () => new nnx.Embed(3, 4, { rngs }).attend(ones(2, 5)),
  ],
  [
    'TypeError: nnx.LoRA: "baseModule" expected a module or a function, got 5',
    () => new nnx.LoRA(2, 3, 4, { rngs, baseModule: 5 as never }),
  ],
  [
    'ShapeError: nnx.LoRA: "x" expected shape [..., 3] for lora_a [3, 2], got [2, 5]',
    () => new nnx.LoRA(3, 2, 4, { rngs })(ones(2, 5)),
  ],
  [
    'TypeError: nnx.Sequential: "layers[0]" expected a module or a function, got 5',
    () => new nnx.Sequential(5 as never),
  ],
  [
    'TypeError: nnx.Sequential: "layers[0]" expected a module or a function, got null',
    () => new nnx.Sequential(null as never),
  ],

  // Convolutions and pooling.
  [
    'ShapeError: nnx.Conv: "kernelSize"[0] expected a size of at least 1, got 0',
    () => new nnx.Conv(1, 1, [0], { rngs }),
  ],
  [
    'ShapeError: nnx.Conv: "kernelSize"[0] expected a size of at least 1, got 0',
    () => new nnx.Conv(1, 1, [0], { rngs, kernelInit: initializers.zeros }),
  ],
  [
    'ShapeError: nnx.ConvTranspose: "kernelSize"[1] expected a size of at least 1, got 0',
    () => new nnx.ConvTranspose(1, 1, [3, 0], { rngs, kernelInit: initializers.zeros }),
  ],
  [
    'ShapeError: nnx.Conv: "strides" expected 1 numbers, one an axis of the kernel, got 2',
    () => new nnx.Conv(1, 1, 3, { rngs, strides: [1, 1] }),
  ],
  ...eachSpacing((fn, name, make): Failure[] => [
    [`ShapeError: nnx.${fn}: "${name}" expected 1 numbers, one an axis of the kernel, got 2`, () => make([1, 1])],
    [`ShapeError: nnx.${fn}: "${name}" expected at least 1, got -1`, () => make([-1])],
    [`TypeError: nnx.${fn}: "${name}" expected a number, got "2"`, () => make(["2" as never])],
  ]),
  ['ShapeError: nnx.Conv: "strides" expected at least 1, got 0', () => new nnx.Conv(1, 1, 3, { rngs, strides: 0 })],
  [
    'RangeError: nnx.Conv: "padding" expected SAME, SAME_LOWER, VALID, CIRCULAR, REFLECT, CAUSAL, a number or 1 pairs of numbers, got "FULL"',
    () => new nnx.Conv(1, 1, 3, { rngs, padding: "FULL" as never }),
  ],
  [
    'ShapeError: nnx.Conv: "padding" expected 1 entries, one an axis of the kernel, got 2',
    () => new nnx.Conv(1, 1, 3, { rngs, padding: [1, 1] }),
  ],
  [
    'ShapeError: nnx.Conv: "padding" expected pairs [before, behind], got an array of length 3',
    () =>
      new nnx.Conv(2, 3, [3, 3], {
        rngs,
        padding: [
          [1, 1, 1],
          [1, 1],
        ] as never,
      }),
  ],
  [
    'ShapeError: nnx.Conv: "padding" expected pairs [before, behind], got an array of length 1',
    () => new nnx.Conv(2, 3, [3, 3], { rngs, padding: [[1], [1, 1]] as never }),
  ],
  ['ShapeError: nnx.Conv: "padding" expected at least 0, got -1', () => new nnx.Conv(1, 1, 3, { rngs, padding: -1 })],
  [
    'RangeError: nnx.Conv: "padding" expected "CAUSAL" for a kernel of one axis only, got one of 2',
    () => new nnx.Conv(1, 1, [3, 3], { rngs, padding: "CAUSAL" }),
  ],
  [
    'RangeError: nnx.Conv: "padding" expected numbers where "inputDilation" is not 1, got "SAME". nnx.ConvTranspose knows the words',
    () => new nnx.Conv(1, 1, 3, { rngs, inputDilation: 2 }),
  ],
  [
    'ShapeError: nnx.Conv: "featureGroupCount" expected a number of at least 1 that divides "inFeatures" 3 and "outFeatures" 4, got 2',
    () => new nnx.Conv(3, 4, 3, { rngs, featureGroupCount: 2 }),
  ],
  [
    'ShapeError: nnx.Conv: "mask" expected the kernel\'s shape [3, 3, 4], got [3, 4]',
    () => new nnx.Conv(3, 4, 3, { rngs, mask: ones(3, 4) }),
  ],
  [
    'ShapeError: nnx.Conv: "x" expected shape [...batch, 1 spatial axes, 3], got [2, 6, 5]',
    () => new nnx.Conv(3, 4, 2, { rngs })(ones(2, 6, 5)),
  ],
  [
    'ShapeError: nnx.ConvTranspose: "x" expected shape [...batch, 1 spatial axes, 3], got [2, 6, 5]',
    () => new nnx.ConvTranspose(3, 4, 2, { rngs })(ones(2, 6, 5)),
  ],
  ['TypeError: nnx.avgPool: "inputs" expected numbers, got bool', () => nnx.avgPool([[true]], [1])],
  [
    'TypeError: nnx.pool: "reduceFn" expected a function of two numbers, got "max"',
    () => nnx.pool(ones(1, 3, 1), 0, "max" as never, [2]),
  ],
  [
    'ShapeError: nnx.avgPool: "windowShape" expected sizes of at least 1, got [0]',
    () => nnx.avgPool(ones(1, 3, 1), [0]),
  ],
  [
    'ShapeError: nnx.maxPool: "inputs" expected shape [...batch, 2 spatial axes, features] for a window [2, 2], got [2, 3]',
    () => nnx.maxPool(ones(2, 3), [2, 2]),
  ],

  // Norms.
  [
    'TypeError: nnx.LayerNorm: "epsilon" expected a number, got "1"',
    () => new nnx.LayerNorm(2, { rngs, epsilon: "1" as never }),
  ],
  [
    'ShapeError: nnx.LayerNorm: "x" expected 4 features along axis 1, got shape [2, 6]',
    () => new nnx.LayerNorm(4, { rngs })(ones(2, 6)),
  ],
  [
    'TypeError: nnx.BatchNorm: "useRunningAverage" expected a boolean, got none.',
    () => new nnx.BatchNorm(2, { rngs, useRunningAverage: undefined } as never)([[1, 2]]),
  ],
  [
    'TypeError: nnx.BatchNorm: "useRunningAverage" expected a boolean, got 1',
    () => new nnx.BatchNorm(2, { rngs })([[1, 2]], { useRunningAverage: 1 as never }),
  ],
  [
    'TypeError: nnx.BatchNorm.setView: "useRunningAverage" expected a boolean, got 1',
    () => new nnx.BatchNorm(2, { rngs }).setView({ useRunningAverage: 1 as never }),
  ],
  [
    'ShapeError: nnx.GroupNorm: "x" expected shape [batch, ..., 4], got [2, 3, 6]',
    () => new nnx.GroupNorm(4, { rngs, numGroups: 2 })(ones(2, 3, 6)),
  ],
  [
    'TypeError: nnx.GroupNorm: "mask" expected an array, a typed array, a number or nested numbers, got "x"',
    () => new nnx.GroupNorm(4, { rngs, numGroups: 2 })(ones(2, 3, 4), { mask: "x" as never }),
  ],
  [
    'ShapeError: nnx.GroupNorm: "mask" expected 4 elements along its last axis, got shape [2, 3, 1]',
    () => new nnx.GroupNorm(4, { rngs, numGroups: 2 })(ones(2, 3, 4), { mask: jnp.ones([2, 3, 1]) }),
  ],
  [
    'ShapeError: nnx.GroupNorm: "mask" expected a shape that broadcasts to [2, 3, 4], got [2, 3, 2]',
    () => new nnx.GroupNorm(4, { rngs, numGroups: 2 })(ones(2, 3, 4), { mask: ones(2, 3, 2) }),
  ],
  [
    'ShapeError: nnx.LayerNorm: "mask" expected a shape that broadcasts to [2, 3, 4], got [3, 3, 3]',
    () => new nnx.LayerNorm(4, { rngs })(ones(2, 3, 4), { mask: ones(3, 3, 3) }),
  ],
  [
    'ShapeError: nnx.RMSNorm: "mask" expected a shape that broadcasts to [3, 4], got [1, 3, 4]',
    () => new nnx.RMSNorm(4, { rngs })(ones(3, 4), { mask: ones(1, 3, 4) }),
  ],
  [
    'ShapeError: nnx.InstanceNorm: "mask" expected a shape that broadcasts to [2, 3, 4], got [2, 1]',
    () => new nnx.InstanceNorm(4, { rngs })(ones(2, 3, 4), { mask: ones(2, 1) }),
  ],
  [
    'ShapeError: nnx.BatchNorm: "mask" expected a shape that broadcasts to [3, 4], got [5]',
    () => new nnx.BatchNorm(4, { rngs })(ones(3, 4), { mask: ones(5) }),
  ],
  [
    'ShapeError: nnx.GroupNorm: "reductionAxes" expected axes that leave statistics for [batch, group], got [0, 1, 2] which leaves [2]',
    () => new nnx.GroupNorm(4, { rngs, numGroups: 2, reductionAxes: [0, 1, 2] })(ones(2, 3, 4)),
  ],
  [
    'RangeError: nnx.GroupNorm: expected either "numGroups" or "groupSize", got 2 and 3',
    () => new nnx.GroupNorm(6, { rngs, numGroups: 2, groupSize: 3 }),
  ],
  [
    'RangeError: nnx.GroupNorm: "numGroups" expected a divisor of the 6 features, got 4',
    () => new nnx.GroupNorm(6, { rngs, numGroups: 4 }),
  ],
  [
    'RangeError: nnx.GroupNorm: "groupSize" expected a divisor of the 6 features, got 4',
    () => new nnx.GroupNorm(6, { rngs, numGroups: null, groupSize: 4 }),
  ],
  [
    'ShapeError: nnx.InstanceNorm: "featureAxes" expected axes after the batch\'s, the first, got [0] for shape [4, 5]',
    () => new nnx.InstanceNorm(4, { rngs, featureAxes: 0 })(ones(4, 5)),
  ],
  [
    'TypeError: nnx.SpectralNorm: "epsilon" expected a number, got "x"',
    () => new nnx.SpectralNorm(new nnx.Linear(2, 2, { rngs }), { rngs, epsilon: "x" as never }),
  ],
  [
    'TypeError: nnx.SpectralNorm: "layer" expected the Params it had when it was wrapped, got a new one at another/kernel',
    () => withNewParam((layer) => new nnx.SpectralNorm(layer, { rngs }) as never),
  ],
  [
    'ShapeError: nnx.SpectralNorm: "layer" expected weights of two axes, got kernel of 4',
    () => new nnx.SpectralNorm(new nnx.Conv(2, 3, [3, 3], { rngs }), { rngs, errorOnNonMatrix: true }),
  ],
  [
    'TypeError: nnx.WeightNorm: "layer" expected the Params it had when it was wrapped, got a new one at another/kernel',
    () => withNewParam((layer) => new nnx.WeightNorm(layer, { rngs }) as never),
  ],

  // Activations and dropout.
  ['TypeError: nnx.leakyRelu: "negativeSlope" expected a number, got "0.1"', () => nnx.leakyRelu(1, "0.1" as never)],
  ['ShapeError: nnx.glu: "x" expected an even size along axis -1, got shape [3]', () => nnx.glu([1, 2, 3])],
  ['TypeError: nnx.Dropout: "rate" expected a number, got "0.5"', () => new nnx.Dropout("0.5" as never)],
  ['RangeError: nnx.Dropout: "rate" expected a number from 0 to 1, got 2', () => new nnx.Dropout(2)],
  ['TypeError: nnx.Dropout: "rngs" expected an Rngs, a stream or a key, got none.', () => new nnx.Dropout(0.5)([1])],
  [
    'TypeError: nnx.Dropout: "rngs" expected an Rngs or a stream, got 0',
    () => new nnx.Dropout(0.5, { rngs: 0 as never }),
  ],
  [
    'TypeError: nnx.Dropout: "rngs" expected an Rngs, a stream or a key, got 0',
    () => new nnx.Dropout(0.5)([1], { rngs: 0 as never }),
  ],
  [
    'TypeError: nnx.Dropout.setView: "deterministic" expected a boolean, got 0',
    () => new nnx.Dropout(0.5).setView({ deterministic: 0 as never }),
  ],

  // Attention.
  [
    "ShapeError: nnx.dotProductAttention: expected the width of value to be that of query and key (a dropout rate or a module lifts that), got query [5, 2, 4], key [6, 2, 4], value [6, 2, 3]",
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(6, 2, 4), ones(6, 2, 3)),
  ],
  [
    "ShapeError: nnx.dotProductAttention: expected one rank of at least 3, [..., length, heads, width], got query [5, 2, 4], key [1, 5, 2, 4], value [5, 2, 4]",
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(1, 5, 2, 4), ones(5, 2, 4)),
  ],
  [
    "ShapeError: nnx.dotProductAttention: expected the same batch axes, got query [2, 5, 2, 4], key [3, 5, 2, 4], value [2, 5, 2, 4]",
    () => nnx.dotProductAttention(ones(2, 5, 2, 4), ones(3, 5, 2, 4), ones(2, 5, 2, 4)),
  ],
  [
    "ShapeError: nnx.dotProductAttention: expected query and key of one width, got query [5, 2, 4], key [5, 2, 3], value [5, 2, 4]",
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 2, 3), ones(5, 2, 4)),
  ],
  [
    "ShapeError: nnx.dotProductAttention: expected as many values as keys, got query [5, 2, 4], key [6, 2, 4], value [5, 2, 4]",
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(6, 2, 4), ones(5, 2, 4)),
  ],
  [
    "ShapeError: nnx.dotProductAttention: expected as many heads of value as of key, and a multiple of them of query, got query [5, 2, 4], key [5, 4, 4], value [5, 4, 4]",
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 4, 4), ones(5, 4, 4)),
  ],
  [
    'ShapeError: dotProductAttention: "mask" expected a shape that broadcasts to [..., heads, queries, keys] = [2, 5, 5], got [3, 5, 5]',
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 2, 4), ones(5, 2, 4), { mask: ones(3, 5, 5) }),
  ],
  [
    'TypeError: nnx.dotProductAttention: "dropoutRng" expected a key, since "dropoutRate" is above 0 and "deterministic" is not true. Pass random.key(seed), or deterministic: true',
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 2, 4), ones(5, 2, 4), { dropoutRate: 0.5 }),
  ],
  [
    'TypeError: nnx.dotProductAttention: "dropoutRate" expected a number, got "0.5"',
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 2, 4), ones(5, 2, 4), { dropoutRate: "0.5" as never }),
  ],
  [
    'RangeError: nnx.dotProductAttention: "dropoutRate" expected a number from 0 to 1, got -0.1',
    () => nnx.dotProductAttention(ones(5, 2, 4), ones(5, 2, 4), ones(5, 2, 4), { dropoutRate: -0.1 }),
  ],
  [
    'ShapeError: nnx.combineMasks: "masks" expected arrays of one rank, got shapes [2], [1, 2]',
    () => nnx.combineMasks([1, 0], [[1, 0]]),
  ],
  ['ShapeError: nnx.makeCausalMask: "x" expected at least one axis, got a scalar', () => nnx.makeCausalMask(3)],
  [
    'RangeError: nnx.MultiHeadAttention: "numKvHeads" expected a divisor of numHeads, 4, got 3',
    () => attention(4, 8, { numKvHeads: 3 }),
  ],
  [
    'RangeError: nnx.MultiHeadAttention: "qkvFeatures" expected a multiple of numHeads, 3, got 8',
    () => attention(3, 8, {}),
  ],
  ['RangeError: nnx.MultiHeadAttention: "numHeads" expected at least 1, got 0', () => attention(0, 8, {})],
  [
    'TypeError: nnx.MultiHeadAttention: "dropoutRate" expected a number, got "0.5"',
    () => attention(2, 8, { dropoutRate: "0.5" }),
  ],
  [
    'RangeError: nnx.MultiHeadAttention: "dropoutRate" expected a number from 0 to 1, got 2',
    () => attention(2, 8, { dropoutRate: 2 }),
  ],
  [
    'ShapeError: nnx.MultiHeadAttention: "inputsQ" expected shape [..., length, 8], got [2, 3, 7]',
    () => attention(2, 8, { decode: false })(ones(2, 3, 7)),
  ],
  [
    'TypeError: nnx.MultiHeadAttention: "decode" expected true or false, here or in the constructor, got undefined.',
    () => attention(2, 8, {})(ones(1, 3, 8)),
  ],
  [
    'TypeError: nnx.MultiHeadAttention: "inputsK" expected an array, since "inputsV" is given, got none. For keys and values of one input pass it as "inputsK" alone',
    () => attention(2, 8, { decode: false })(ones(1, 3, 8), null as never, ones(1, 3, 8)),
  ],
  [
    'TypeError: nnx.MultiHeadAttention: "deterministic" expected true or false, here or in the constructor, since there is a dropout rate, got undefined. model.train() and model.eval() set it',
    () => attention(2, 8, { decode: false, dropoutRate: 0.5 })(ones(1, 3, 8)),
  ],
  [
    'TypeError: nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs at the call, since the layer keeps none (keepRngs: false), got undefined',
    () => attention(2, 8, { decode: false, dropoutRate: 0.5, deterministic: false, keepRngs: false })(ones(1, 3, 8)),
  ],
  [
    'TypeError: nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs or a stream, got 0',
    () =>
      attention(2, 8, { decode: false, dropoutRate: 0.5, deterministic: false })(ones(1, 3, 8), { rngs: 0 as never }),
  ],
  [
    "TypeError: nnx.MultiHeadAttention: decoding expected a cache, got none. Call initCache(inputShape) first",
    () => attention(2, 8, { decode: true })(ones(1, 1, 8)),
  ],
  [
    "ShapeError: nnx.MultiHeadAttention: decoding expected one token with the cache's batch, keys [1, 1, 2, 4], got [1, 2, 2, 4]",
    () => decoder(4)(ones(1, 2, 8)),
  ],
  [
    "RangeError: nnx.MultiHeadAttention: decoding expected room in the cache, got token 2 for 1 places. initCache makes a new one",
    () => {
      const layer = decoder(1);
      layer(ones(1, 1, 8));
      layer(ones(1, 1, 8));
    },
  ],
  [
    'TypeError: nnx.MultiHeadAttention.initCache: "dtype" expected float32, got "int32"',
    () => attention(2, 8, {}).initCache([1, 4, 8], "int32" as never),
  ],
  [
    'ShapeError: nnx.MultiHeadAttention.initCache: "inputShape" expected [...batch, maxLength, features], got [8]',
    () => attention(2, 8, {}).initCache([8]),
  ],
  [
    'TypeError: nnx.MultiHeadAttention.setView: "batchSize" expected a size, since the cache is to be made, got undefined',
    () => attention(2, 8, {}).setView({ decode: true, maxLength: 5 }),
  ],
  [
    'TypeError: nnx.MultiHeadAttention.setView: "maxLength" expected a size, since the cache is to be made, got undefined',
    () => attention(2, 8, {}).setView({ decode: true, batchSize: 5 }),
  ],

  // Recurrent layers.
  [
    'RngError: nnx.GRUCell.initializeCarry: "rngs" expected an Rngs or a stream, got none. Flax asks for one though zeros need no key: cell.initializeCarry(shape, new nnx.Rngs(0))',
    () => new nnx.GRUCell(2, 3, { rngs }).initializeCarry([4, 2]),
  ],
  [
    'TypeError: nnx.RNN: "cell" expected a cell such as an nnx.LSTMCell, got Linear',
    () => new nnx.RNN(new nnx.Linear(2, 3, { rngs }) as never),
  ],
  [
    'TypeError: nnx.Bidirectional: "backwardRnn" expected an nnx.RNN, got GRUCell',
    () => new nnx.Bidirectional(new nnx.RNN(new nnx.GRUCell(2, 3, { rngs })), new nnx.GRUCell(2, 3, { rngs }) as never),
  ],
  [
    'RangeError: nnx.RNN: "unroll" expected at least 1, got 0',
    () => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }), { unroll: 0 }),
  ],
  [
    'TypeError: nnx.RNN: "rngs" expected an Rngs or a boolean, got 5',
    () => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }), { rngs: 5 as never }),
  ],
  [
    'ShapeError: nnx.RNN: "inputs" expected at least 2 axes, time and features, got shape [2]',
    () => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }))(ones(2)),
  ],
  [
    'ShapeError: nnx.RNN: "seqLengths" expected shape [4] of one batch axis, got [2]',
    () => new nnx.RNN(new nnx.GRUCell(2, 3, { rngs }))(ones(4, 5, 2), { seqLengths: [1n, 2n] }),
  ],

  // Initializers.
  ['TypeError: initializers.normal: "stddev" expected a number, got "1"', () => initializers.normal("1" as never)],
  [
    'ShapeError: initializers.constant: "value" expected a shape that broadcasts to [1], got [2]',
    () => initializers.constant([1, 2])(key, [1]),
  ],
  [
    "ShapeError: multiply: shapes [3] and [2] do not broadcast: sizes 3 and 2 differ",
    () => initializers.constant([1, 2])(key, [3]),
  ],
  [
    'TypeError: initializers.constant: "value" expected an array, a typed array, a number or nested numbers, got "1"',
    () => initializers.constant("1" as never),
  ],
  [
    'KeyError: random.truncatedNormal: "key" expected a key, got 5. Make one from a seed: random.key(5)',
    () => initializers.heNormal()(5 as never, [2, 3]),
  ],
  [
    'ShapeError: initializers.varianceScaling: "shape" expected at least 2 axes, got [4]. For fewer, say which axis is the input: { inAxis: 0 }',
    () => initializers.heNormal()(key, [4]),
  ],
  [
    'ShapeError: initializers.varianceScaling: "shape" expected sizes of at least 1, got [0, 3]',
    () => initializers.heNormal()(key, [0, 3]),
  ],
  [
    'RangeError: initializers.varianceScaling: "inAxis" expected an axis of shape [2, 3], got 2',
    () => initializers.heNormal({ inAxis: 2 })(key, [2, 3]),
  ],
  [
    'RangeError: initializers.varianceScaling: "mode" expected fan_in, fan_out, fan_avg, fan_geo_avg, got "fanIn"',
    () => initializers.varianceScaling(1, "fanIn" as never, "normal"),
  ],
  [
    'ShapeError: initializers.orthogonal: "shape" expected at least 2 axes, got [3]',
    () => initializers.orthogonal()(key, [3]),
  ],
  [
    'RangeError: initializers.orthogonal: "columnAxis" expected an axis of shape [3, 3], got 2',
    () => initializers.orthogonal(1, { columnAxis: 2 })(key, [3, 3]),
  ],
  [
    'ShapeError: initializers.deltaOrthogonal: "shape" expected 3 to 5 axes, the last at least as large as the one before, got [3, 3, 2]',
    () => initializers.deltaOrthogonal()(key, [3, 3, 2]),
  ],
];
