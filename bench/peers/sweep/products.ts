/**
 * Products of matrices of which both come with the call; those with prepared weights are in bench/peers/products.ts.
 */
import type { Tensor, Tensor1D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { Chapter, Row, Shape } from "./contest.ts";
import { normals } from "./contest.ts";

const { numpy } = flaxen as typeof Flaxen;

export const ROWS: readonly Row[] = [
  product([256, 256], [256, 256]),
  product([64, 16, 16], [64, 16, 16]),
  product([512, 4, 4], [512, 4, 4]),
  product([32, 64, 64], [32, 64, 64]),
  product([8, 128, 64], [8, 64, 128]),
  matrixVector(1024),
  byTransposed(128, 256, 512),
  scores(128, 8, 64),
  attended(128, 8, 64),
  projection(128, 256, 4, 64),
  outer(1024),
];

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "[128, 256] @ [512, 256].T":
    "the transposed matrix is an array of its own, made at each call: most of that time goes into its new memory",
  "[256, 256] @ [256, 256]":
    "the others fuse multiply-adds; here each product is rounded, for the same bits on every engine",
};

function product(a: Shape, b: Shape): Row {
  const shape = [...a.slice(0, -1), b.at(-1)!];
  return {
    name: `[${a.join(", ")}] @ [${b.join(", ")}]`,
    contest: () => ({
      inputs: [normals(...a), normals(...b)],
      flaxen: (x, y) => numpy.matmul(x, y),
      tensorflow: (x, y) => tf.matMul(x, y),
      onnx: (graph, x, y) => graph.node("MatMul", [x, y]),
      litert: (graph, x, y) => graph.node("BatchMatMul", [x, y], shape),
    }),
  };
}

function matrixVector(n: number): Row {
  return {
    name: `[${n}, ${n}] @ [${n}]`,
    contest: () => ({
      inputs: [normals(n, n), normals(n)],
      flaxen: (a, x) => numpy.matmul(a, x),
      tensorflow: (a, x) => tf.matMul(a, tf.reshape(x, [n, 1])),
      onnx: (graph, a, x) => graph.node("MatMul", [a, x]),
      litert: (graph, a, x) => {
        const column = graph.node("Reshape", [x, graph.indices([n, 1])], [n, 1]);
        return graph.node("BatchMatMul", [a, column], [n, 1]);
      },
    }),
  };
}

function byTransposed(rows: number, n: number, m: number): Row {
  return {
    name: `[${rows}, ${n}] @ [${m}, ${n}].T`,
    contest: () => ({
      inputs: [normals(rows, n), normals(m, n)],
      flaxen: (x, w) => numpy.matmul(x, w.T),
      tensorflow: (x, w) => tf.matMul(x, w, false, true),
      onnx: (graph, x, w) => graph.node("Gemm", [x, w], { transB: 1 }),
      litert: (graph, x, w) => graph.node("BatchMatMul", [x, w], [rows, m], { transposeY: 1 }),
    }),
  };
}

function scores(time: number, heads: number, size: number): Row {
  const equation = "bqhd,bkhd->bhqk";
  const shape = [1, time, heads, size];
  return {
    name: `einsum ${equation} [${shape.join(", ")}]`,
    contest: () => ({
      inputs: [normals(...shape), normals(...shape)],
      flaxen: (q, k) => numpy.einsum(equation, q, k),
      tensorflow: (q, k) => tf.matMul(headsFirst(q), headsFirst(k), false, true),
      onnx: (graph, q, k) => graph.node("Einsum", [q, k], { equation: { text: equation } }),
    }),
  };
}

function attended(time: number, heads: number, size: number): Row {
  const equation = "bhqk,bkhd->bqhd";
  return {
    name: `einsum ${equation} [1, ${heads}, ${time}, ${time}], [1, ${time}, ${heads}, ${size}]`,
    contest: () => ({
      inputs: [normals(1, heads, time, time), normals(1, time, heads, size)],
      flaxen: (a, v) => numpy.einsum(equation, a, v),
      tensorflow: (a, v) => headsFirst(tf.matMul(a, headsFirst(v))),
      onnx: (graph, a, v) => graph.node("Einsum", [a, v], { equation: { text: equation } }),
    }),
  };
}

function projection(time: number, width: number, heads: number, size: number): Row {
  const equation = "btd,dhk->bthk";
  return {
    name: `einsum ${equation} [1, ${time}, ${width}], [${width}, ${heads}, ${size}]`,
    contest: () => ({
      inputs: [normals(1, time, width), normals(width, heads, size)],
      flaxen: (x, w) => numpy.einsum(equation, x, w),
      tensorflow: (x, w) => tf.matMul(tf.reshape(x, [time, width]), tf.reshape(w, [width, heads * size])),
      onnx: (graph, x, w) => graph.node("Einsum", [x, w], { equation: { text: equation } }),
    }),
  };
}

function outer(n: number): Row {
  return {
    name: `outer [${n}], [${n}]`,
    contest: () => ({
      inputs: [normals(n), normals(n)],
      flaxen: (x, y) => numpy.outer(x, y),
      tensorflow: (x: Tensor1D, y: Tensor1D) => tf.outerProduct(x, y),
      onnx: (graph, x, y) => graph.node("Mul", [graph.node("Reshape", [x, graph.indices([n, 1])]), y]),
      litert: (graph, x, y) =>
        graph.node("Mul", [graph.node("Reshape", [x, graph.indices([n, 1])], [n, 1]), y], [n, n]),
    }),
  };
}

function headsFirst(x: Tensor): Tensor {
  return tf.transpose(x, [0, 2, 1, 3]);
}
