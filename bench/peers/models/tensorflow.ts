/**
 * TensorFlow.js runs op by op: fused ones (product, bias and relu in one) where it has them, all tensors of a call
 * freed.
 */
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";
import { tf } from "../libraries.ts";
import { valuesOf } from "../tensorflow.ts";
import { lstm } from "./lstm/tensorflow.ts";
import { mobilenet } from "./mobilenet/tensorflow.ts";
import type { Block, Cnn, Conv, Dense, Gpt, Mlp, ModelLibrary, Norm, Runner } from "./model.ts";
import { CACHED, EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "./model.ts";
import { fuse, headsFirst } from "./weights.ts";

function mlp({ batch, layers }: Mlp): Runner<Float32Array> {
  const applied = layers.map((layer, i) => dense(layer, i < layers.length - 1 ? "relu" : "linear"));
  const forward = (input: Float32Array): Tensor =>
    applied.reduce((x, layer) => layer(x), tf.tensor2d(input, [batch, layers[0]!.n]));
  return runner(forward);
}

function cnn({ convs, dense: last }: Cnn): Runner<Float32Array> {
  const applied = convs.map(conv);
  const head = dense(last);
  const forward = (input: Float32Array): Tensor => {
    const image = tf.tensor4d(input, [1, SIDE, SIDE, 1]);
    const features = applied.reduce((x, layer) => tf.maxPool(layer(x), 2, 2, "valid"), image);
    return head(tf.reshape(features, [1, last.n]));
  };
  return runner(forward);
}

function gpt({ tokens, positions, blocks, norm, head }: Gpt): Runner<number> {
  const embedding = tf.tensor2d(tokens, [VOCABULARY, WIDTH]);
  const position = tf.tensor2d(positions.subarray(CACHED * WIDTH), [1, WIDTH]);
  const applied = blocks.map(block);
  const [last, logits] = [normalise(norm), dense(head)];
  const forward = (token: number): Tensor => {
    const x = tf.add(tf.slice(embedding, [token, 0], [1, WIDTH]), position) as Tensor2D;
    return logits(last(applied.reduce((sum, layer) => layer(sum), x)));
  };
  return runner(forward);
}

export const library: ModelLibrary = { name: "TensorFlow.js", mlp, cnn, gpt, mobilenet, lstm };

function runner<Input>(forward: (input: Input) => Tensor): Runner<Input> {
  return { run: (input) => valuesOf(() => forward(input)) };
}

function dense({ n, m, kernel, bias }: Dense, activation: "linear" | "relu" = "linear"): (x: Tensor2D) => Tensor2D {
  const [w, b] = [tf.tensor2d(kernel, [n, m]), tf.tensor1d(bias)];
  return (x) => tf.fused.matMul({ a: x, b: w, bias: b, activation }) as Tensor2D;
}

function conv({ from, to, kernel, bias }: Conv): (x: Tensor4D) => Tensor4D {
  const [filter, b] = [tf.tensor4d(kernel, [3, 3, from, to]), tf.tensor1d(bias)];
  return (x) => tf.fused.conv2d({ x, filter, strides: 1, pad: "same", bias: b, activation: "relu" });
}

function normalise({ scale, bias }: Norm): (x: Tensor2D) => Tensor2D {
  const [s, b]: Tensor1D[] = [tf.tensor1d(scale), tf.tensor1d(bias)];
  const epsilon = tf.scalar(EPSILON);
  return (x) => {
    const centred = tf.sub(x, tf.mean(x, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon))), s!), b!);
  };
}

function block(weights: Block): (x: Tensor2D) => Tensor2D {
  const [keys, values] = [weights.keys, weights.values].map((cached) =>
    tf.tensor3d(headsFirst(cached), [HEADS, CACHED, HEAD]),
  ) as [Tensor3D, Tensor3D];
  const [attentionNorm, mlpNorm] = [normalise(weights.attentionNorm), normalise(weights.mlpNorm)];
  const [queryKeyValue, out, up, down] = [
    dense(fuse(weights)),
    dense(weights.out),
    dense(weights.up),
    dense(weights.down),
  ];
  const scale = tf.scalar(1 / Math.sqrt(HEAD));
  return (x) => {
    const [query, key, value] = tf.split(
      tf.reshape(queryKeyValue(attentionNorm(x)), [3 * HEADS, 1, HEAD]),
      3,
    ) as Tensor3D[];
    const scores = tf.matMul(tf.mul(query!, scale), tf.concat([keys, key!], 1), false, true);
    const attended = tf.matMul(tf.softmax(scores), tf.concat([values, value!], 1));
    const sum = tf.add(x, out(tf.reshape(attended, [1, WIDTH]))) as Tensor2D;
    return tf.add(sum, down(gelu(up(mlpNorm(sum))))) as Tensor2D;
  };
}

const LINEAR = tf.scalar(2 * Math.sqrt(2 / Math.PI));
const CUBIC = tf.scalar(2 * Math.sqrt(2 / Math.PI) * 0.044715);

/** Half of 1 + tanh(z) is the logistic function of 2 z: two ops less than by tanh. */
function gelu(x: Tensor2D): Tensor2D {
  return tf.mul(x, tf.sigmoid(tf.mul(x, tf.add(tf.mul(tf.square(x), CUBIC), LINEAR))));
}
