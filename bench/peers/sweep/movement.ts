/** What moves elements and computes nothing: results must be equal. */
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type * as Flaxen from "../../../src/index.ts";
import { flaxen, tf } from "../libraries.ts";
import type { Chapter, Contest, Row, Shape } from "./contest.ts";
import { indices, normals, weights } from "./contest.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;

export const ROWS: readonly Row[] = [
  transpose([64, 64], [1, 0]),
  transpose([1024, 1024], [1, 0]),
  transpose([8, 128, 8, 64], [0, 2, 1, 3]),
  transpose([1, 112, 112, 32], [0, 3, 1, 2]),
  concatenate([64, 512], 1),
  concatenate([64, 512], 0),
  concatenate([1, 28, 28, 64], 3),
  row("slice [:, :512] of [256, 1024]", () => ({
    inputs: [normals(256, 1024)],
    flaxen: (x) => x.slice(":", ":512"),
    tensorflow: (x) => tf.slice(x, [0, 0], [256, 512]),
    onnx: (graph, x) => graph.node("Slice", [x, graph.indices([0]), graph.indices([512]), graph.indices([1])]),
    litert: (graph, x) => graph.node("Slice", [x, graph.indices([0, 0]), graph.indices([256, 512])], [256, 512]),
  })),
  row("pad by 1, [1, 56, 56, 64]", () => ({
    inputs: [normals(1, 56, 56, 64)],
    flaxen: (x) => numpy.pad(x, PADDING),
    tensorflow: (x) => tf.pad(x, PADDING),
    onnx: (graph, x) => graph.node("Pad", [x, graph.indices([0, 1, 1, 0, 0, 1, 1, 0])]),
    litert: (graph, x) => graph.node("Pad", [x, graph.indices(PADDING.flat(), [4, 2])], [1, 58, 58, 64]),
  })),
  row("tile [64, 64] by [4, 4]", () => ({
    inputs: [normals(64, 64)],
    flaxen: (x) => numpy.tile(x, [4, 4]),
    tensorflow: (x) => tf.tile(x, [4, 4]),
    onnx: (graph, x) => graph.node("Tile", [x, graph.indices([4, 4])]),
    litert: (graph, x) => graph.node("Tile", [x, graph.indices([4, 4])], [256, 256]),
  })),
  row("flip [256, 256], last axis", () => ({
    inputs: [normals(256, 256)],
    flaxen: (x) => numpy.flip(x, 1),
    tensorflow: (x) => tf.reverse(x, 1),
    litert: (graph, x) => graph.node("Reverse", [x, graph.indices([1])], [256, 256]),
  })),
  row("repeat rows and columns of [1, 28, 28, 64]", () => ({
    inputs: [normals(1, 28, 28, 64)],
    flaxen: (x) => numpy.repeat(numpy.repeat(x, 2, 1), 2, 2),
    tensorflow: (x: Tensor4D) => tf.image.resizeNearestNeighbor(x, [56, 56]),
  })),
  row("embed 128 of [10000, 256]", embed),
  row("take 64 columns of [256, 1024]", () => ({
    inputs: [normals(256, 1024), indices(64, 1024)],
    flaxen: (x, columns) => numpy.take(x, columns, 1),
    tensorflow: (x, columns) => tf.gather(x, columns, 1),
    onnx: (graph, x, columns) => graph.node("Gather", [x, columns], { axis: 1 }),
    litert: (graph, x, columns) => graph.node("Gather", [x, columns], [256, 64], { axis: 1 }),
  })),
  row("oneHot 512 of 1000", () => ({
    inputs: [indices(512, 1000)],
    flaxen: (labels) => nnx.oneHot(labels, 1000),
    tensorflow: (labels) => tf.oneHot(labels, 1000),
    // It has no OneHot of int32.
    onnx: (graph, labels) =>
      graph.node("OneHot", [
        graph.node("Cast", [labels], { to: 7 }),
        graph.indices([1000]),
        graph.constant([2], Float32Array.of(0, 1)),
      ]),
  })),
];

/** Why rows are below 1. */
export const REASONS: Chapter["REASONS"] = {
  "concatenate 2 of [64, 512], axis 1": "15 us are the copies; the rest goes into the result's new memory",
  "concatenate 2 of [1, 28, 28, 64], axis 3": "64 elements are copied at a time, in JavaScript",
  "tile [64, 64] by [4, 4]": "three quarters of it is the first write to the result's new memory",
  "repeat rows and columns of [1, 28, 28, 64]": "two operations, each of which makes an array",
  "embed 128 of [10000, 256]": "14 us are the copies; the rest goes into the result's new memory",
};

const PADDING: [number, number][] = [
  [0, 0],
  [1, 1],
  [1, 1],
  [0, 0],
];

function row(name: string, contest: () => Contest): Row {
  return { name, tolerance: 0, contest };
}

function transpose(shape: Shape, axes: number[]): Row {
  return row(`transpose [${shape.join(", ")}] to ${axes.join(", ")}`, () => ({
    inputs: [normals(...shape)],
    flaxen: (x) => numpy.transpose(x, axes),
    tensorflow: (x) => tf.transpose(x, axes),
    onnx: (graph, x) => graph.node("Transpose", [x], { perm: axes }),
    litert: (graph, x) =>
      graph.node(
        "Transpose",
        [x, graph.indices(axes)],
        axes.map((axis) => shape[axis]!),
      ),
  }));
}

function concatenate(shape: Shape, axis: number): Row {
  const doubled = shape.map((size, i) => (i === axis ? 2 * size : size));
  return row(`concatenate 2 of [${shape.join(", ")}], axis ${axis}`, () => ({
    inputs: [normals(...shape), normals(...shape)],
    flaxen: (x, y) => numpy.concatenate([x, y], axis),
    tensorflow: (x: Tensor, y: Tensor) => tf.concat([x, y], axis),
    onnx: (graph, x, y) => graph.node("Concat", [x, y], { axis }),
    litert: (graph, x, y) => graph.node("Concatenation", [x, y], doubled, { axis }),
  }));
}

function embed(): Contest {
  const shape: [number, number] = [10000, 256];
  const table = weights(shape);
  const layer = new nnx.Embed(...shape, { rngs: new nnx.Rngs(0) });
  layer.embedding.set(numpy.array(table).reshape(shape));
  const rows = tf.tensor2d(table, shape);
  return {
    inputs: [indices(128, 10000)],
    flaxen: (tokens) => layer(tokens),
    tensorflow: (tokens) => tf.gather(rows, tokens as Tensor),
    onnx: (graph, tokens) => graph.node("Gather", [graph.constant(shape, table), tokens]),
    litert: (graph, tokens) => graph.node("Gather", [graph.constant(shape, table), tokens], [128, 256]),
  };
}
