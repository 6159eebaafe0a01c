/** What is raced: each function as every library has it, and in float64. */
import type { Array as JaxArray } from "@jax-js/jax";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, jax, tf } from "../libraries.ts";
import type { OnnxGraph } from "../onnx.ts";
import type { OperatorName, Options, TfliteGraph, Value } from "../tflite.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
const { nn } = jax;
type NDArray = Flaxen.NDArray;

export const ROWS = 64;
export const WIDTHS = [64, 1024];
const EPSILON = 1e-5;

/** `x` [ROWS, width] comes with every call; what else there is was handed over before. */
export interface Inputs {
  readonly width: number;
  readonly x: Float32Array;
  /** [ROWS, width]. */
  readonly y: Float32Array;
  /** [ROWS, 1]. */
  readonly column: Float32Array;
  /** [width] each. */
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** A library that lacks the function is left out. */
export interface PeerFunction {
  readonly name: string;
  readonly exact: (x: Float64Array, inputs: Inputs) => Float64Array;
  readonly flaxen: (inputs: Inputs) => (x: NDArray) => NDArray;
  readonly tensorflow?: (inputs: Inputs) => (x: Tensor2D) => Tensor;
  readonly onnx?: (graph: OnnxGraph, x: string, inputs: Inputs) => string;
  readonly litert?: (graph: TfliteGraph, x: Value, inputs: Inputs) => Value;
  readonly jax?: (inputs: Inputs) => (x: JaxArray) => JaxArray;
}

export const FUNCTIONS: readonly PeerFunction[] = [
  {
    name: "x + y",
    exact: (x, { y }) => x.map((v, i) => v + y[i]!),
    flaxen: (inputs) => {
      const y = whole(inputs.y, inputs);
      return (x) => x.add(y);
    },
    tensorflow: (inputs) => {
      const y = tf.tensor2d(inputs.y, [ROWS, inputs.width]);
      return (x) => tf.add(x, y);
    },
    onnx: (graph, x, { y, width }) => graph.node("Add", [x, graph.constant([ROWS, width], y)]),
    litert: (graph, x, { y, width }) => graph.node("Add", [x, graph.constant([ROWS, width], y)], [ROWS, width]),
    jax: (inputs) => {
      const y = jax.numpy.array(inputs.y).reshape([ROWS, inputs.width]);
      return (x) => x.add(y.ref);
    },
  },
  {
    name: "x - column",
    exact: (x, { column, width }) => x.map((v, i) => v - column[Math.floor(i / width)]!),
    flaxen: (inputs) => {
      const column = numpy.array(inputs.column).reshape([ROWS, 1]);
      return (x) => x.sub(column);
    },
    tensorflow: (inputs) => {
      const column = tf.tensor2d(inputs.column, [ROWS, 1]);
      return (x) => tf.sub(x, column);
    },
    onnx: (graph, x, { column }) => graph.node("Sub", [x, graph.constant([ROWS, 1], column)]),
    litert: (graph, x, { column, width }) => graph.node("Sub", [x, graph.constant([ROWS, 1], column)], [ROWS, width]),
    jax: (inputs) => {
      const column = jax.numpy.array(inputs.column).reshape([ROWS, 1]);
      return (x) => x.sub(column.ref);
    },
  },
  {
    name: "maximum(x, y)",
    exact: (x, { y }) => x.map((v, i) => Math.max(v, y[i]!)),
    flaxen: (inputs) => {
      const y = whole(inputs.y, inputs);
      return (x) => numpy.maximum(x, y);
    },
    tensorflow: (inputs) => {
      const y = tf.tensor2d(inputs.y, [ROWS, inputs.width]);
      return (x) => tf.maximum(x, y);
    },
    onnx: (graph, x, { y, width }) => graph.node("Max", [x, graph.constant([ROWS, width], y)]),
    litert: (graph, x, { y, width }) => graph.node("Maximum", [x, graph.constant([ROWS, width], y)], [ROWS, width]),
  },
  {
    name: "clip(x, -1, 1)",
    exact: (x) => x.map((v) => Math.min(Math.max(v, -1), 1)),
    flaxen: () => (x) => x.clip(-1, 1),
    tensorflow: () => (x) => tf.clipByValue(x, -1, 1),
    onnx: (graph, x) =>
      graph.node("Clip", [x, graph.constant([], Float32Array.of(-1)), graph.constant([], Float32Array.of(1))]),
    jax: () => (x) => jax.numpy.clip(x, -1, 1),
  },
  {
    name: "where(x > 0, x, y)",
    exact: (x, { y }) => x.map((v, i) => (v > 0 ? v : y[i]!)),
    flaxen: (inputs) => {
      const y = whole(inputs.y, inputs);
      return (x) => numpy.where(x.gt(0), x, y);
    },
    tensorflow: (inputs) => {
      const y = tf.tensor2d(inputs.y, [ROWS, inputs.width]);
      return (x) => tf.where(tf.greater(x, 0), x, y);
    },
    onnx: (graph, x, { y, width }) =>
      graph.node("Where", [
        graph.node("Greater", [x, graph.constant([], Float32Array.of(0))]),
        x,
        graph.constant([ROWS, width], y),
      ]),
  },
  {
    name: "exp",
    exact: (x) => x.map(Math.exp),
    flaxen: () => numpy.exp,
    tensorflow: () => tf.exp,
    onnx: (graph, x) => graph.node("Exp", [x]),
    litert: same("Exp"),
    jax: () => jax.numpy.exp,
  },
  {
    name: "tanh",
    exact: (x) => x.map(Math.tanh),
    flaxen: () => numpy.tanh,
    tensorflow: () => tf.tanh,
    onnx: (graph, x) => graph.node("Tanh", [x]),
    litert: same("Tanh"),
    jax: () => jax.numpy.tanh,
  },
  {
    name: "relu",
    exact: (x) => x.map((v) => Math.max(v, 0)),
    flaxen: () => nnx.relu,
    tensorflow: () => tf.relu,
    onnx: (graph, x) => graph.node("Relu", [x]),
    litert: same("Relu"),
    jax: () => nn.relu,
  },
  {
    name: "leakyRelu",
    exact: (x) => x.map((v) => (v > 0 ? v : 0.01 * v)),
    flaxen: () => (x) => nnx.leakyRelu(x),
    tensorflow: () => (x) => tf.leakyRelu(x, 0.01),
    onnx: (graph, x) => graph.node("LeakyRelu", [x]),
    litert: same("LeakyRelu", { alpha: 0.01 }),
    jax: () => (x) => nn.leakyRelu(x, 0.01),
  },
  {
    name: "elu",
    exact: (x) => x.map((v) => (v > 0 ? v : Math.expm1(v))),
    flaxen: () => (x) => nnx.elu(x),
    tensorflow: () => tf.elu,
    onnx: (graph, x) => graph.node("Elu", [x]),
    litert: same("Elu"),
    jax: () => (x) => nn.elu(x),
  },
  {
    name: "softplus",
    exact: (x) => x.map((v) => Math.log1p(Math.exp(v))),
    flaxen: () => nnx.softplus,
    tensorflow: () => tf.softplus,
    onnx: (graph, x) => graph.node("Softplus", [x]),
    jax: () => nn.softplus,
  },
  {
    name: "sigmoid",
    exact: (x) => x.map(sigmoid),
    flaxen: () => nnx.sigmoid,
    tensorflow: () => tf.sigmoid,
    onnx: (graph, x) => graph.node("Sigmoid", [x]),
    litert: same("Logistic"),
    jax: () => nn.sigmoid,
  },
  {
    name: "silu",
    exact: (x) => x.map((v) => v * sigmoid(v)),
    flaxen: () => nnx.silu,
    tensorflow: () => (x) => tf.mul(x, tf.sigmoid(x)),
    onnx: (graph, x) => graph.node("Mul", [x, graph.node("Sigmoid", [x])]),
    litert: (graph, x) => {
      const shape = graph.shapeOf(x);
      return graph.node("Mul", [x, graph.node("Logistic", [x], shape)], shape);
    },
    jax: () => (x) => x.ref.mul(nn.sigmoid(x)),
  },
  {
    name: "gelu by tanh",
    exact: (x) => x.map((v) => v * sigmoid(2 * Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
    flaxen: () => (x) => nnx.gelu(x),
    tensorflow: () => (x) =>
      tf.mul(
        x,
        tf.sigmoid(
          tf.mul(x, tf.add(tf.mul(tf.square(x), 2 * Math.sqrt(2 / Math.PI) * 0.044715), 2 * Math.sqrt(2 / Math.PI))),
        ),
      ),
    onnx: (graph, x) => graph.node("Gelu", [x], { approximate: { text: "tanh" } }),
    litert: same("Gelu", { approximate: 1 }),
  },
  {
    name: "softmax",
    exact: (x, { width }) => byRow(x, width, softmax),
    flaxen: () => (x) => nnx.softmax(x),
    tensorflow: () => (x) => tf.softmax(x),
    onnx: (graph, x) => graph.node("Softmax", [x], { axis: -1 }),
    litert: same("Softmax", { beta: 1 }),
    jax: () => (x) => nn.softmax(x),
  },
  {
    name: "logSoftmax",
    exact: (x, { width }) => byRow(x, width, (row) => softmax(row).map(Math.log)),
    flaxen: () => (x) => nnx.logSoftmax(x),
    tensorflow: () => (x) => tf.logSoftmax(x),
    onnx: (graph, x) => graph.node("LogSoftmax", [x], { axis: -1 }),
    litert: same("LogSoftmax"),
    jax: () => (x) => nn.logSoftmax(x),
  },
  {
    name: "layer norm",
    exact: (x, { width, scale, bias }) =>
      byRow(x, width, (row) => standardized(row).map((v, j) => v * scale[j]! + bias[j]!)),
    flaxen: ({ width, scale, bias }) => {
      const layer = new nnx.LayerNorm(width, { epsilon: EPSILON, rngs: new nnx.Rngs(0) });
      layer.scale!.set(numpy.array(scale));
      layer.bias!.set(numpy.array(bias));
      return (x) => layer(x);
    },
    tensorflow: (inputs) => {
      const [scale, bias] = vectors(inputs.scale, inputs.bias);
      return (x) => {
        const centred = tf.sub(x, tf.mean(x, 1, true));
        const variance = tf.mean(tf.square(centred), 1, true);
        return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON))), scale!), bias!);
      };
    },
    onnx: (graph, x, { width, scale, bias }) =>
      graph.node("LayerNormalization", [x, graph.constant([width], scale), graph.constant([width], bias)], {
        axis: -1,
        epsilon: { float: EPSILON },
      }),
  },
  {
    name: "batch norm, running averages",
    exact: (x, { width, scale, bias, mean, variance }) =>
      x.map(
        (v, i) =>
          ((v - mean[i % width]!) / Math.sqrt(variance[i % width]! + EPSILON)) * scale[i % width]! + bias[i % width]!,
      ),
    flaxen: ({ width, scale, bias, mean, variance }) => {
      const layer = new nnx.BatchNorm(width, { epsilon: EPSILON, useRunningAverage: true, rngs: new nnx.Rngs(0) });
      layer.scale!.set(numpy.array(scale));
      layer.bias!.set(numpy.array(bias));
      layer.mean!.set(numpy.array(mean));
      layer.var!.set(numpy.array(variance));
      return (x) => layer(x);
    },
    tensorflow: (inputs) => {
      const [scale, bias, mean, variance] = vectors(inputs.scale, inputs.bias, inputs.mean, inputs.variance);
      return (x) => tf.batchNorm(x, mean!, variance!, bias!, scale!, EPSILON);
    },
    onnx: (graph, x, { width, scale, bias, mean, variance }) =>
      graph.node(
        "BatchNormalization",
        [x, ...[scale, bias, mean, variance].map((vector) => graph.constant([width], vector))],
        { epsilon: { float: EPSILON } },
      ),
  },
  {
    name: "group norm, 8 groups",
    exact: (x, { width, scale, bias }) =>
      byRow(x, width, (row) => byRow(row, width / 8, standardized).map((v, j) => v * scale[j]! + bias[j]!)),
    flaxen: ({ width, scale, bias }) => {
      const layer = new nnx.GroupNorm(width, { numGroups: 8, epsilon: EPSILON, rngs: new nnx.Rngs(0) });
      layer.scale!.set(numpy.array(scale));
      layer.bias!.set(numpy.array(bias));
      return (x) => layer(x);
    },
    tensorflow: (inputs) => {
      const { width } = inputs;
      const [scale, bias] = vectors(inputs.scale, inputs.bias);
      return (x) => {
        const groups = tf.reshape(x, [ROWS, 8, width / 8]);
        const centred = tf.sub(groups, tf.mean(groups, 2, true));
        const variance = tf.mean(tf.square(centred), 2, true);
        return tf.add(
          tf.mul(tf.reshape(tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON))), [ROWS, width]), scale!),
          bias!,
        );
      };
    },
  },
  {
    name: "sum, all",
    exact: (x) => Float64Array.of(x.reduce((sum, v) => sum + v, 0)),
    flaxen: () => (x) => x.sum(),
    tensorflow: () => (x) => tf.sum(x),
    onnx: (graph, x) => graph.node("ReduceSum", [x], { keepdims: 0 }),
    litert: (graph, x) => graph.node("Sum", [x, graph.indices([0, 1])], []),
    jax: () => (x) => x.sum(),
  },
  {
    name: "mean, last axis",
    exact: (x, { width }) => reduced(x, width, (row) => row.reduce((sum, v) => sum + v, 0) / width),
    flaxen: () => (x) => x.mean(-1),
    tensorflow: () => (x) => tf.mean(x, 1),
    onnx: (graph, x) => graph.node("ReduceMean", [x, graph.indices([1])], { keepdims: 0 }),
    litert: (graph, x) => graph.node("Mean", [x, graph.indices([1])], [ROWS]),
    jax: () => (x) => x.mean(1),
  },
  {
    name: "max, last axis",
    exact: (x, { width }) => reduced(x, width, (row) => Math.max(...row)),
    flaxen: () => (x) => x.max(-1),
    tensorflow: () => (x) => tf.max(x, 1),
    onnx: (graph, x) => graph.node("ReduceMax", [x, graph.indices([1])], { keepdims: 0 }),
    litert: (graph, x) => graph.node("Max", [x, graph.indices([1])], [ROWS]),
    jax: () => (x) => jax.numpy.max(x, 1),
  },
  {
    name: "sort, last axis",
    exact: (x, { width }) => byRow(x, width, (row) => row.toSorted()),
    flaxen: () => (x) => x.sort(),
    jax: () => (x) => jax.numpy.sort(x),
  },
  {
    name: "top 8, last axis",
    exact: (x, { width }) =>
      Float64Array.from(rowsOf(x, width).flatMap((row) => [...row.toSorted().toReversed().subarray(0, 8)])),
    flaxen: () => (x) => numpy.topK(x, 8)[0],
    tensorflow: () => (x) => tf.topk(x, 8).values,
  },
];

/** An operator of LiteRT.js whose result has the shape of x. */
function same(operator: OperatorName, options?: Options) {
  return (graph: TfliteGraph, x: Value): Value => graph.node(operator, [x], graph.shapeOf(x), options);
}

function whole(values: Float32Array, { width }: Inputs): NDArray {
  return numpy.array(values).reshape([ROWS, width]);
}

function vectors(...values: readonly Float32Array[]): Tensor1D[] {
  return values.map((vector) => tf.tensor1d(vector));
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function softmax(row: Float64Array): Float64Array {
  const powers = row.map(Math.exp);
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

function standardized(row: Float64Array): Float64Array {
  const mean = row.reduce((sum, v) => sum + v, 0) / row.length;
  const variance = row.reduce((sum, v) => sum + (v - mean) ** 2, 0) / row.length;
  return row.map((v) => (v - mean) / Math.sqrt(variance + EPSILON));
}

function rowsOf(x: Float64Array, width: number): Float64Array[] {
  return Array.from({ length: x.length / width }, (_, i) => x.subarray(i * width, (i + 1) * width));
}

function byRow(x: Float64Array, width: number, f: (row: Float64Array) => Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  for (const [i, row] of rowsOf(x, width).entries()) out.set(f(row), i * width);
  return out;
}

function reduced(x: Float64Array, width: number, f: (row: Float64Array) => number): Float64Array {
  return Float64Array.from(rowsOf(x, width), f);
}
