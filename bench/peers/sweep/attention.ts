/** Attention of all queries of a text, and of one query over keys and values that are kept. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import { transposed } from "../transposed.ts";
import type { Chapter, Contest, Row, Shape } from "./contest.ts";
import { normals, weights } from "./contest.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;

export const ROWS: readonly Row[] = [
  row(128, 128, 8, 64),
  row(512, 512, 8, 64),
  row(1024, 1024, 4, 64),
  row(1, 256, 4, 64),
  row(1, 1024, 8, 64),
  row(1, 4096, 8, 64),
];

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "attention, 128 queries, 128 keys, 8 x 64":
    "keys and values are packed at each call; the others fuse multiply-adds, here each product is rounded",
  "attention, 512 queries, 512 keys, 8 x 64": "the others fuse multiply-adds; here each product is rounded",
  "attention, 1024 queries, 1024 keys, 4 x 64": "the others fuse multiply-adds; here each product is rounded",
};

function row(queries: number, keys: number, heads: number, size: number): Row {
  const many = queries === 1 ? "1 query" : `${queries} queries`;
  return {
    name: `attention, ${many}, ${keys} keys, ${heads} x ${size}`,
    contest: () => contest(queries, keys, heads, size),
  };
}

/** Keys and values are prepared: a decoder keeps them. */
function contest(queries: number, keys: number, heads: number, size: number): Contest {
  const shape = [1, keys, heads, size];
  const [k, v] = [weights(shape), weights(shape)];
  const [key, value] = [k, v].map((data) => numpy.array(data).reshape(shape)) as [Flaxen.NDArray, Flaxen.NDArray];
  const scale = 1 / Math.sqrt(size);
  return {
    inputs: [normals(1, queries, heads, size)],
    flaxen: (q) => nnx.dotProductAttention(q, key, value),
    tensorflow: tensorflow(k, v, shape),
    onnx: (graph, q) => {
      const keysLast = graph.constant([1, heads, size, keys], transposed(k, shape, [0, 2, 3, 1]));
      const values = graph.constant([1, heads, keys, size], transposed(v, shape, [0, 2, 1, 3]));
      const query = graph.node("Mul", [
        graph.node("Transpose", [q], { perm: HEADS_FIRST }),
        graph.constant([], Float32Array.of(scale)),
      ]);
      const shares = graph.node("Softmax", [graph.node("MatMul", [query, keysLast])], { axis: -1 });
      return graph.node("Transpose", [graph.node("MatMul", [shares, values])], { perm: HEADS_FIRST });
    },
    litert: (graph, q) => {
      const [wide, high] = [
        [1, heads, queries, size],
        [1, heads, queries, keys],
      ];
      const key = graph.constant([1, heads, keys, size], transposed(k, shape, [0, 2, 1, 3]));
      const value = graph.constant([1, heads, keys, size], transposed(v, shape, [0, 2, 1, 3]));
      const query = graph.node("Transpose", [q, graph.indices(HEADS_FIRST)], wide);
      const scaled = graph.node("Mul", [query, graph.scalar(scale)], wide);
      const scores = graph.node("BatchMatMul", [scaled, key], high, { transposeY: 1 });
      const shares = graph.node("Softmax", [scores], high, { beta: 1 });
      const y = graph.node("BatchMatMul", [shares, value], wide);
      return graph.node("Transpose", [y, graph.indices(HEADS_FIRST)], [1, queries, heads, size]);
    },
  };
}

const HEADS_FIRST = [0, 2, 1, 3];

function tensorflow(k: Float32Array, v: Float32Array, shape: Shape): (q: Tensor) => Tensor {
  const [, keys, heads, size] = shape as [number, number, number, number];
  const [key, value] = [k, v].map((data) =>
    tf.tensor4d(transposed(data, shape, HEADS_FIRST), [1, heads, keys, size]),
  ) as [Tensor4D, Tensor4D];
  const scale = tf.scalar(1 / Math.sqrt(size));
  return (q) => {
    const query = tf.mul(tf.transpose(q, HEADS_FIRST), scale);
    const shares = tf.softmax(tf.matMul(query, key, false, true));
    return tf.transpose(tf.matMul(shares, value), HEADS_FIRST);
  };
}
