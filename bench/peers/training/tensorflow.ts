/** TensorFlow.js: variables, `tf.train` and its gradients, op by op, on WebAssembly or on its CPU backend. */
import { createRequire } from "node:module";
import type { Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs-core";
import { tf } from "../libraries.ts";
import { EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "../models/model.ts";
import { fuse } from "../models/weights.ts";
import type { CnnTask, Dense, GptTask, MlpTask, Norm, Task, Trainer, TrainingLibrary } from "./task.ts";
import { TOKENS } from "./task.ts";

// The gradients are for bundlers. By `require`, because Node does not import folders; the registry is a global one.
createRequire(import.meta.url)("@tensorflow/tfjs-core/dist/register_all_gradients.js");

type Layer = (x: Tensor2D) => Tensor2D;

/** `wasm` has no gradient of a convolution's filter. */
export const libraries: readonly TrainingLibrary[] = (["wasm", "cpu"] as const).map((backend) => ({
  name: backend === "wasm" ? "TensorFlow.js" : "TensorFlow.js cpu",
  train: (task) => {
    if (task.kind === "cnn" && backend === "wasm") return undefined;
    use(backend);
    return train(task, backend);
  },
}));

/** Both backends are registered, so that the change is made before the promise is given. */
function use(backend: "wasm" | "cpu"): void {
  void tf.setBackend(backend);
}

function train(task: Task, backend: "wasm" | "cpu"): Trainer {
  const variables: Variable[] = [];
  const { rule } = task;
  const logits =
    task.kind === "mlp" ? mlp(task, variables) : task.kind === "cnn" ? cnn(task, variables) : gpt(task, variables);
  const [indices, classes] = task.kind === "gpt" ? [task.targets, VOCABULARY] : [task.batch.labels, 10];
  const labels = oneHot(indices, classes);
  const optimizer = rule.name === "sgd" ? tf.train.sgd(rule.rate) : tf.train.adam(rule.rate, 0.9, 0.999, 1e-8);
  const loss = () => tf.losses.softmaxCrossEntropy(labels, logits()) as Scalar;
  return {
    step: () => {
      use(backend);
      const cost = optimizer.minimize(loss, true, variables)!;
      const [value] = cost.dataSync();
      cost.dispose();
      return value!;
    },
  };
}

function mlp({ model, batch }: MlpTask, variables: Variable[]): () => Tensor {
  const layers = model.layers.map((layer) => dense(layer, variables));
  const last = layers.pop()!;
  const x = tf.tensor2d(batch.images, [batch.size, 784]);
  return () => last(layers.reduce((y, layer) => tf.relu(layer(y)), x));
}

function cnn({ model, batch }: CnnTask, variables: Variable[]): () => Tensor {
  const convs = model.convs.map(({ from, to, kernel, bias }) => {
    const filter = variable(kernel, [3, 3, from, to], variables) as Variable;
    const b = variable(bias, [to], variables);
    return (x: Tensor4D): Tensor4D => tf.add(tf.conv2d(x, filter as unknown as Tensor4D, 1, "same"), b);
  });
  const head = dense(model.dense, variables);
  const images = tf.tensor4d(batch.images, [batch.size, SIDE, SIDE, 1]);
  return () => {
    const features = convs.reduce((x, conv) => tf.maxPool(tf.relu(conv(x)), 2, 2, "valid"), images);
    return head(tf.reshape(features, [batch.size, model.dense.n]));
  };
}

function gpt({ model, tokens }: GptTask, variables: Variable[]): () => Tensor {
  const table = variable(model.tokens, [VOCABULARY, WIDTH], variables);
  const positions = variable(model.positions.subarray(0, TOKENS * WIDTH), [TOKENS, WIDTH], variables);
  const blocks = model.blocks.map((block) => ({
    attentionNorm: normalise(block.attentionNorm, variables),
    queryKeyValue: dense(fuse(block), variables),
    out: dense(block.out, variables),
    mlpNorm: normalise(block.mlpNorm, variables),
    up: dense(block.up, variables),
    down: dense(block.down, variables),
  }));
  const last = normalise(model.norm, variables);
  const head = dense(model.head, variables);
  // A product, because `gather` has no gradient on WebAssembly.
  const chosen = oneHot(tokens, VOCABULARY);
  const causal = Float32Array.from({ length: TOKENS * TOKENS }, (_, i) =>
    i % TOKENS <= Math.floor(i / TOKENS) ? 0 : -1e30,
  );
  const mask = tf.tensor2d(causal, [TOKENS, TOKENS]);
  const scale = tf.scalar(1 / Math.sqrt(HEAD));
  return () => {
    let x = tf.add(tf.matMul(chosen, table as unknown as Tensor2D), positions) as Tensor2D;
    for (const block of blocks) {
      const parts = tf.reshape(block.queryKeyValue(block.attentionNorm(x)), [TOKENS, 3 * HEADS, HEAD]);
      const [query, key, value] = tf.split(tf.transpose(parts, [1, 0, 2]), 3) as Tensor3D[];
      const scores = tf.add(tf.matMul(tf.mul(query!, scale), key!, false, true), mask);
      const attended = tf.transpose(tf.matMul(tf.softmax(scores), value!), [1, 0, 2]);
      x = tf.add(x, block.out(tf.reshape(attended, [TOKENS, WIDTH])));
      x = tf.add(x, block.down(gelu(block.up(block.mlpNorm(x)))));
    }
    return head(last(x));
  };
}

function oneHot(indices: Int32Array, classes: number): Tensor2D {
  return tf.cast(tf.oneHot(tf.tensor1d(indices, "int32"), classes), "float32") as Tensor2D;
}

function variable(values: Float32Array, shape: number[], variables: Variable[]): Variable {
  const made = tf.variable(tf.tensor(values.slice(), shape));
  variables.push(made);
  return made;
}

function dense({ n, m, kernel, bias }: Dense, variables: Variable[]): Layer {
  const w = variable(kernel, [n, m], variables) as unknown as Tensor2D;
  const b = variable(bias, [m], variables);
  return (x) => tf.add(tf.matMul(x, w), b);
}

function normalise({ scale, bias }: Norm, variables: Variable[]): Layer {
  const s = variable(scale, [WIDTH], variables);
  const b = variable(bias, [WIDTH], variables);
  return (x) => {
    const centred = tf.sub(x, tf.mean(x, 1, true));
    const variance = tf.mean(tf.square(centred), 1, true);
    return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, EPSILON))), s), b);
  };
}

/** Half of 1 + tanh(z) is the logistic function of 2 z: two ops less than by tanh. */
function gelu(x: Tensor2D): Tensor2D {
  const factor = 2 * Math.sqrt(2 / Math.PI);
  return tf.mul(x, tf.sigmoid(tf.mul(x, tf.add(tf.mul(tf.square(x), factor * 0.044715), factor))));
}
