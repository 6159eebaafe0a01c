/**
 * jax-js compiles the whole model by `jit`. An operation consumes its arguments, so that what is used again is passed
 * as `.ref`.
 */
import type { Array as JaxArray } from "@jax-js/jax";
import { jax } from "../libraries.ts";
import type { Block, Cnn, Dense, Gpt, Mlp, ModelLibrary, Norm, Runner } from "./model.ts";
import { CACHED, EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "./model.ts";
import { channelsFirst, fuse, headsFirst, outputsFirst } from "./weights.ts";

const { lax, nn, numpy } = jax;

function mlp({ batch, layers }: Mlp): Runner<Float32Array> {
  const applied = layers.map(dense);
  const last = applied.pop()!;
  const forward = (input: JaxArray): JaxArray =>
    last(applied.reduce((x, layer) => nn.relu(layer(x)), input.reshape([batch, layers[0]!.n])));
  return runner(forward, (input) => numpy.array(input));
}

function cnn(weights: Cnn): Runner<Float32Array> {
  const { convs, dense: last } = weights;
  const filters = convs.map(({ from, to, kernel, bias }) => ({
    kernel: tensor(outputsFirst(kernel, from, to), [to, from, 3, 3]),
    bias: tensor(bias, [to, 1, 1]),
  }));
  const head = dense({ ...last, kernel: channelsFirst(weights) });
  const forward = (input: JaxArray): JaxArray => {
    const image = input.reshape([1, 1, SIDE, SIDE]);
    const features = filters.reduce((x, { kernel, bias }) => {
      const y = lax.convGeneralDilated(x, kernel.ref, [1, 1], "SAME").add(bias.ref);
      return lax.reduceWindow(nn.relu(y), (window) => numpy.max(window), [1, 1, 2, 2], [1, 1, 2, 2]);
    }, image);
    return head(features.reshape([1, last.n]));
  };
  return runner(forward, (input) => numpy.array(input));
}

function gpt({ tokens, positions, blocks, norm, head }: Gpt): Runner<number> {
  const embedding = tensor(tokens, [VOCABULARY, WIDTH]);
  const position = tensor(positions.subarray(CACHED * WIDTH), [1, WIDTH]);
  const applied = blocks.map(block);
  const [last, logits] = [normalise(norm), dense(head)];
  const forward = (token: JaxArray): JaxArray => {
    const x = numpy.take(embedding.ref, token, 0).add(position.ref);
    return logits(last(applied.reduce((sum, layer) => layer(sum), x)));
  };
  return runner(forward, (token) => numpy.array(Int32Array.of(token)));
}

export const library: ModelLibrary = { name: "jax-js", mlp, cnn, gpt };

function runner<Input>(forward: (input: JaxArray) => JaxArray, array: (input: Input) => JaxArray): Runner<Input> {
  const compiled = jax.jit(forward);
  return { run: (input) => compiled(array(input)).dataSync() as Float32Array, dispose: () => compiled.dispose() };
}

function tensor(values: Float32Array, shape: number[]): JaxArray {
  return numpy.array(values.slice()).reshape(shape);
}

function dense({ n, m, kernel, bias }: Dense): (x: JaxArray) => JaxArray {
  const [w, b] = [tensor(kernel, [n, m]), tensor(bias, [m])];
  return (x) => numpy.matmul(x, w.ref).add(b.ref);
}

function normalise({ scale, bias }: Norm): (x: JaxArray) => JaxArray {
  const [s, b] = [tensor(scale, [WIDTH]), tensor(bias, [WIDTH])];
  return (x) => nn.standardize(x, -1, { epsilon: EPSILON }).mul(s.ref).add(b.ref);
}

function block(weights: Block): (x: JaxArray) => JaxArray {
  const [keys, values] = [weights.keys, weights.values].map((cached) =>
    tensor(headsFirst(cached), [HEADS, CACHED, HEAD]),
  );
  const [attentionNorm, mlpNorm] = [normalise(weights.attentionNorm), normalise(weights.mlpNorm)];
  const [queryKeyValue, out, up, down] = [fuse(weights), weights.out, weights.up, weights.down].map(dense);
  return (x) => {
    const parts = queryKeyValue!(attentionNorm(x.ref)).reshape([3, HEADS, 1, HEAD]);
    const [query, key, value] = numpy.split(parts, 3, 0).map((part) => part.reshape([HEADS, 1, HEAD]));
    const allKeys = numpy.concatenate([keys!.ref, key!], 1);
    const scores = numpy.matmul(query!.mul(1 / Math.sqrt(HEAD)), numpy.matrixTranspose(allKeys));
    const attended = numpy.matmul(nn.softmax(scores, -1), numpy.concatenate([values!.ref, value!], 1));
    const sum = x.add(out!(attended.reshape([1, WIDTH])));
    return sum.ref.add(down!(nn.gelu(up!(mlpNorm(sum)), { approximate: true })));
  };
}
