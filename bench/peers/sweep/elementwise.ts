/** Functions of each element: of 64, of 65 536 and of a million elements, and by broadcasting. */
import type { Tensor } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { OnnxGraph } from "../onnx.ts";
import type { OperatorName, TfliteGraph, Value } from "../tflite.ts";
import type { Chapter, Contest, Row, Shape } from "./contest.ts";
import { normals } from "./contest.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;

interface Elementwise {
  readonly name: string;
  readonly inputs: 1 | 2;
  readonly flaxen: (x: NDArray, y: NDArray) => NDArray;
  readonly tensorflow: (x: Tensor, y: Tensor) => Tensor;
  readonly onnx: (graph: OnnxGraph, x: string, y: string) => string;
  readonly litert?: (graph: TfliteGraph, x: Value, y: Value, shape: Shape) => Value;
  readonly tolerance?: number;
}

const FUNCTIONS: readonly Elementwise[] = [
  {
    name: "x + y",
    inputs: 2,
    flaxen: (x, y) => x.add(y),
    tensorflow: (x, y) => tf.add(x, y),
    onnx: (graph, x, y) => graph.node("Add", [x, y]),
    litert: (graph, x, y, shape) => graph.node("Add", [x, y], shape),
    tolerance: 0,
  },
  {
    name: "relu",
    inputs: 1,
    flaxen: (x) => nnx.relu(x),
    tensorflow: (x) => tf.relu(x),
    onnx: (graph, x) => graph.node("Relu", [x]),
    litert: unary("Relu"),
    tolerance: 0,
  },
  {
    name: "relu6",
    inputs: 1,
    flaxen: (x) => nnx.relu6(x),
    tensorflow: (x) => tf.relu6(x),
    onnx: (graph, x) => graph.node("Clip", [x, scalar(graph, 0), scalar(graph, 6)]),
    litert: unary("Relu6"),
    tolerance: 0,
  },
  {
    name: "clip to -1 and 1",
    inputs: 1,
    flaxen: (x) => x.clip(-1, 1),
    tensorflow: (x) => tf.clipByValue(x, -1, 1),
    onnx: (graph, x) => graph.node("Clip", [x, scalar(graph, -1), scalar(graph, 1)]),
    litert: unary("ReluN1To1"),
    tolerance: 0,
  },
  {
    name: "sqrt(abs(x))",
    inputs: 1,
    // The others get both operations as one graph.
    flaxen: nnx.jit((x: NDArray) => numpy.sqrt(numpy.abs(x))),
    tensorflow: (x) => tf.sqrt(tf.abs(x)),
    onnx: (graph, x) => graph.node("Sqrt", [graph.node("Abs", [x])]),
    litert: (graph, x, _, shape) => graph.node("Sqrt", [graph.node("Abs", [x], shape)], shape),
  },
  {
    name: "square",
    inputs: 1,
    flaxen: (x) => numpy.square(x),
    tensorflow: (x) => tf.square(x),
    onnx: (graph, x) => graph.node("Mul", [x, x]),
    litert: unary("Square"),
  },
  {
    name: "sin",
    inputs: 1,
    flaxen: (x) => numpy.sin(x),
    tensorflow: (x) => tf.sin(x),
    onnx: (graph, x) => graph.node("Sin", [x]),
    litert: unary("Sin"),
  },
  {
    name: "exp",
    inputs: 1,
    flaxen: (x) => numpy.exp(x),
    tensorflow: (x) => tf.exp(x),
    onnx: (graph, x) => graph.node("Exp", [x]),
    litert: unary("Exp"),
  },
  {
    name: "sigmoid",
    inputs: 1,
    flaxen: (x) => nnx.sigmoid(x),
    tensorflow: (x) => tf.sigmoid(x),
    onnx: (graph, x) => graph.node("Sigmoid", [x]),
    litert: unary("Logistic"),
  },
];

export const ROWS: readonly Row[] = [
  ...[[1, 64] as const, [64, 1024] as const, [1024, 1024] as const].flatMap((shape) =>
    FUNCTIONS.map((fn) => row(fn, shape)),
  ),
  broadcast("Add", "x + bias", [1, 56, 56, 144], [144]),
  broadcast("Mul", "x * gate", [1, 28, 28, 144], [1, 1, 1, 144]),
  compare([256, 256]),
];

const SIN = "computed in float64, two elements a vector, off by less than 0.501 ulp for every argument";
const PASSES = "two operations, each a pass over memory";

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "sigmoid [64, 1024]": "JAX's exp, a polynomial of degree 7 and its bounds, and a division",
  "sin [64, 1024]": SIN,
  "sin [1024, 1024]": SIN,
  "sqrt(abs(x)) [64, 1024]": PASSES,
  "sqrt(abs(x)) [1024, 1024]": PASSES,
};

function row(fn: Elementwise, shape: Shape): Row {
  const { name, tolerance } = fn;
  return {
    name: `${name} [${shape.join(", ")}]`,
    ...(tolerance !== undefined && { tolerance }),
    contest: () => contest(fn, shape),
  };
}

function contest({ inputs, flaxen: ours, tensorflow, onnx, litert }: Elementwise, shape: Shape): Contest {
  return {
    inputs: Array.from({ length: inputs }, () => normals(...shape)),
    flaxen: ours,
    tensorflow,
    onnx,
    ...(litert && { litert: (graph, x, y) => litert(graph, x!, y!, shape) }),
  };
}

function broadcast(operator: "Add" | "Mul", name: string, shape: Shape, small: Shape): Row {
  return {
    name: `${name} [${small.join(", ")}] of [${shape.join(", ")}]`,
    tolerance: 0,
    contest: () => ({
      inputs: [normals(...shape), normals(...small)],
      flaxen: (x, y) => (operator === "Add" ? x.add(y) : x.mul(y)),
      tensorflow: (x, y) => (operator === "Add" ? tf.add(x, y) : tf.mul(x, y)),
      onnx: (graph, x, y) => graph.node(operator, [x, y]),
      litert: (graph, x, y) => graph.node(operator, [x, y], shape),
    }),
  };
}

function compare(shape: Shape): Row {
  return {
    name: `x > y [${shape.join(", ")}]`,
    tolerance: 0,
    contest: () => ({
      inputs: [normals(...shape), normals(...shape)],
      flaxen: (x, y) => x.gt(y),
      tensorflow: (x, y) => tf.greater(x, y),
      onnx: (graph, x, y) => graph.node("Greater", [x, y]),
      onnxType: "bool",
    }),
  };
}

function unary(operator: OperatorName): NonNullable<Elementwise["litert"]> {
  return (graph, x, _, shape) => graph.node(operator, [x], shape);
}

function scalar(graph: OnnxGraph, value: number): string {
  return graph.constant([], Float32Array.of(value));
}
