/** Reductions over any axis. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { OnnxGraph } from "../onnx.ts";
import type { OperatorName } from "../tflite.ts";
import type { Chapter, Contest, Input, Row, Shape } from "./contest.ts";
import { magnitudes, normals } from "./contest.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;

/** A function that drops axes, and its name in each library. */
interface Reduction {
  readonly name: string;
  readonly flaxen: (x: NDArray, axes: number[]) => NDArray;
  readonly tensorflow?: (x: Tensor, axes: number[]) => Tensor;
  readonly onnx?: string;
  readonly litert?: OperatorName;
  readonly tolerance?: number;
  /** What it is given; normals by default. */
  readonly draw?: (...shape: Shape) => Input;
}

const SUM: Reduction = {
  name: "sum",
  draw: magnitudes,
  flaxen: (x, axes) => x.sum(axes),
  tensorflow: tf.sum,
  onnx: "ReduceSum",
  litert: "Sum",
};
const MEAN: Reduction = {
  name: "mean",
  draw: magnitudes,
  flaxen: (x, axes) => x.mean(axes),
  tensorflow: tf.mean,
  onnx: "ReduceMean",
  litert: "Mean",
};
const MAX: Reduction = {
  name: "max",
  flaxen: (x, axes) => x.max(axes),
  tensorflow: tf.max,
  onnx: "ReduceMax",
  litert: "Max",
  tolerance: 0,
};
/** A product's error grows with its terms. */
const PROD: Reduction = {
  name: "prod",
  flaxen: (x, axes) => x.prod(axes),
  tensorflow: tf.prod,
  onnx: "ReduceProd",
  litert: "Prod",
  tolerance: 1e-3,
};
const VAR: Reduction = {
  name: "var",
  flaxen: (x, axes) => x.var(axes),
  tensorflow: (x, axes) => tf.moments(x, axes).variance,
};
const LOGSUMEXP: Reduction = {
  name: "logsumexp",
  flaxen: (x, axes) => nnx.logsumexp(x, axes),
  tensorflow: (x, axes) => tf.logSumExp(x, axes),
  onnx: "ReduceLogSumExp",
};

export const ROWS: readonly Row[] = [
  row(SUM, [256, 1024], [0, 1]),
  row(SUM, [64, 1024], [1]),
  row(SUM, [1024, 16], [1]),
  row(SUM, [1024, 256], [0]),
  row(SUM, [32, 64, 64], [1]),
  row(MEAN, [1, 7, 7, 1280], [1, 2]),
  row(MEAN, [1, 112, 112, 64], [1, 2]),
  row(VAR, [64, 1024], [1]),
  row(MAX, [256, 1024], [0, 1]),
  row(MAX, [64, 64], [1]),
  row(MAX, [1024, 16], [1]),
  row(MAX, [1024, 256], [0]),
  row(PROD, [64, 1024], [1]),
  row(LOGSUMEXP, [64, 1024], [1]),
  argmax(64, 1000),
  argmax(1, 50000),
  cumsum([64, 1024], 1),
  cumsum([1024, 64], 0),
];

function row(reduction: Reduction, shape: Shape, axes: number[]): Row {
  const { name, tolerance } = reduction;
  const over = axes.length === shape.length ? "all" : `axis ${axes.join(", ")}`;
  return {
    name: `${name} [${shape.join(", ")}], ${over}`,
    ...(tolerance !== undefined && { tolerance }),
    contest: () => contest(reduction, shape, axes),
  };
}

function contest(reduction: Reduction, shape: Shape, axes: number[]): Contest {
  const { flaxen: ours, tensorflow, onnx, litert, draw = normals } = reduction;
  const left = shape.filter((_, axis) => !axes.includes(axis));
  return {
    inputs: [draw(...shape)],
    flaxen: (x) => ours(x, axes),
    ...(tensorflow && { tensorflow: (x: Tensor) => tensorflow(x, axes) }),
    ...(onnx !== undefined && { onnx: (graph, x) => reduced(graph, onnx, x, axes) }),
    ...(litert && { litert: (graph, x) => graph.node(litert, [x, graph.indices(axes)], left) }),
  };
}

function reduced(graph: OnnxGraph, operator: string, x: string, axes: readonly number[]): string {
  return graph.node(operator, [x, graph.indices(axes)], { keepdims: 0 });
}

function argmax(rows: number, columns: number): Row {
  return {
    name: `argmax [${rows}, ${columns}], last axis`,
    tolerance: 0,
    contest: () => ({
      inputs: [normals(rows, columns)],
      flaxen: (x) => numpy.argmax(x, -1),
      tensorflow: (x) => tf.argMax(x, 1),
      onnx: (graph, x) => graph.node("ArgMax", [x], { axis: 1, keepdims: 0 }),
      onnxType: "int64",
      litert: (graph, x) => graph.node("ArgMax", [x, graph.indices([1])], [rows], { type: 2 }, "int32"),
    }),
  };
}

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "sum [1024, 16], axis 1": "a sixth of it is the copy of x into linear memory",
};

function cumsum(shape: Shape, axis: number): Row {
  return {
    name: `cumsum [${shape.join(", ")}], axis ${axis}`,
    contest: () => ({
      inputs: [normals(...shape)],
      flaxen: (x) => numpy.cumsum(x, axis),
      tensorflow: (x) => tf.cumsum(x, axis),
      onnx: (graph, x) => graph.node("CumSum", [x, graph.indices([axis])]),
      litert: (graph, x) => graph.node("CumSum", [x, graph.indices([axis])], shape),
    }),
  };
}
