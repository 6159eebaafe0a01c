/** onnxruntime-web runs a whole graph a call; its weights are initializers, which the session packs once. */
import { ort } from "../libraries.ts";
import { OnnxGraph } from "../onnx.ts";
import { lstm } from "./lstm/onnx.ts";
import { mobilenet } from "./mobilenet/onnx.ts";
import type { Block, Cnn, Dense, Gpt, Mlp, ModelLibrary, Norm, Runner } from "./model.ts";
import { CACHED, EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "./model.ts";
import { channelsFirst, fuse, headsFirst, outputsFirst, timeLast } from "./weights.ts";

async function mlp({ batch, layers }: Mlp): Promise<Runner<Float32Array>> {
  const graph = new OnnxGraph();
  const [first, last] = [layers[0]!, layers.at(-1)!];
  const logits = layers.reduce(
    (x, layer) => {
      const y = gemm(graph, x, layer);
      return layer === last ? y : graph.node("Relu", [y]);
    },
    graph.input("x", [batch, first.n]),
  );
  graph.output("y", logits, [batch, last.m]);
  return runner(graph, (input) => new ort.Tensor("float32", input, [batch, first.n]));
}

async function cnn(weights: Cnn): Promise<Runner<Float32Array>> {
  const { convs, dense } = weights;
  const graph = new OnnxGraph();
  const features = convs.reduce(
    (x, { from, to, kernel, bias }) => {
      const filter = graph.constant([to, from, 3, 3], outputsFirst(kernel, from, to));
      const y = graph.node("Conv", [x, filter, graph.constant([to], bias)], {
        kernel_shape: [3, 3],
        pads: [1, 1, 1, 1],
      });
      return graph.node("MaxPool", [graph.node("Relu", [y])], { kernel_shape: [2, 2], strides: [2, 2] });
    },
    graph.input("x", [1, 1, SIDE, SIDE]),
  );
  graph.output("y", gemm(graph, graph.node("Flatten", [features]), { ...dense, kernel: channelsFirst(weights) }), [
    1,
    dense.m,
  ]);
  return runner(graph, (input) => new ort.Tensor("float32", input, [1, 1, SIDE, SIDE]));
}

async function gpt({ tokens, positions, blocks, norm, head }: Gpt): Promise<Runner<number>> {
  const graph = new OnnxGraph();
  const token = graph.input("x", [1], "int64");
  const embedded = graph.node("Gather", [graph.constant([VOCABULARY, WIDTH], tokens), token]);
  const start = graph.node("Add", [embedded, graph.constant([1, WIDTH], positions.subarray(CACHED * WIDTH))]);
  const end = blocks.reduce((x, weights) => block(graph, x, weights), start);
  graph.output("y", gemm(graph, normalise(graph, end, norm), head), [1, head.m]);
  return runner(graph, (input) => new ort.Tensor("int64", BigInt64Array.of(BigInt(input)), [1]));
}

export const library: ModelLibrary = { name: "onnxruntime-web", mlp, cnn, gpt, mobilenet, lstm };

async function runner<Input>(
  graph: OnnxGraph,
  tensor: (input: Input) => InstanceType<typeof ort.Tensor>,
): Promise<Runner<Input>> {
  const session = await ort.InferenceSession.create(graph.encode(), { executionProviders: ["wasm"] });
  const run = async (input: Input): Promise<Float32Array> => {
    const { y } = await session.run({ x: tensor(input) });
    return y!.data as Float32Array;
  };
  return { run, dispose: () => session.release() };
}

function gemm(graph: OnnxGraph, x: string, { n, m, kernel, bias }: Dense): string {
  return graph.node("Gemm", [x, graph.constant([n, m], kernel), graph.constant([m], bias)]);
}

function normalise(graph: OnnxGraph, x: string, { scale, bias }: Norm): string {
  return graph.node("LayerNormalization", [x, graph.constant([WIDTH], scale), graph.constant([WIDTH], bias)], {
    axis: -1,
    epsilon: { float: EPSILON },
  });
}

function block(graph: OnnxGraph, x: string, weights: Block): string {
  const reshape = (value: string, shape: readonly number[]): string =>
    graph.node("Reshape", [value, graph.indices(shape)]);
  const fused = gemm(graph, normalise(graph, x, weights.attentionNorm), fuse(weights));
  const part = (i: number): string =>
    graph.node("Slice", [fused, graph.indices([i * WIDTH]), graph.indices([(i + 1) * WIDTH]), graph.indices([1])]);
  const query = graph.node("Mul", [
    reshape(part(0), [HEADS, 1, HEAD]),
    graph.constant([1], Float32Array.of(1 / Math.sqrt(HEAD))),
  ]);
  // The keys are kept with the time as the last axis, as the product takes them.
  const keys = graph.node(
    "Concat",
    [graph.constant([HEADS, HEAD, CACHED], timeLast(weights.keys)), reshape(part(1), [HEADS, HEAD, 1])],
    { axis: 2 },
  );
  const values = graph.node(
    "Concat",
    [graph.constant([HEADS, CACHED, HEAD], headsFirst(weights.values)), reshape(part(2), [HEADS, 1, HEAD])],
    { axis: 1 },
  );
  const shares = graph.node("Softmax", [graph.node("MatMul", [query, keys])], { axis: -1 });
  const attended = reshape(graph.node("MatMul", [shares, values]), [1, WIDTH]);
  const sum = graph.node("Add", [x, gemm(graph, attended, weights.out)]);
  const hidden = graph.node("Gelu", [gemm(graph, normalise(graph, sum, weights.mlpNorm), weights.up)], {
    approximate: { text: "tanh" },
  });
  return graph.node("Add", [sum, gemm(graph, hidden, weights.down)]);
}
