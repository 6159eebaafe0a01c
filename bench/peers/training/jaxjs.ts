/**
 * jax-js compiles the whole step by `jit`: loss, gradients and update. An operation consumes its arguments, so that
 * what is used again is passed as `.ref`.
 */
import type { Array as JaxArray } from "@jax-js/jax";
import { jax } from "../libraries.ts";
import { EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "../models/model.ts";
import { channelsFirst, fuse, outputsFirst } from "../models/weights.ts";
import type { CnnTask, Dense, GptTask, MlpTask, Norm, Rule, Task, Trainer, TrainingLibrary } from "./task.ts";
import { TOKENS } from "./task.ts";

const { lax, nn, numpy } = jax;

/** Reads the parameters in the order in which they were declared. */
type Model = (params: JaxArray[], x: JaxArray) => JaxArray;

function train(task: Task): Trainer {
  const params: JaxArray[] = [];
  if (task.kind === "gpt") {
    const model = gpt(task, params);
    return trainer(model, params, numpy.array(task.tokens), oneHot(task.targets, VOCABULARY), task.rule);
  }
  const { images, labels, size } = task.batch;
  const x = tensor(images, task.kind === "mlp" ? [size, 784] : [size, 1, SIDE, SIDE]);
  const model = task.kind === "mlp" ? mlp(task, params) : cnn(task, params);
  return trainer(model, params, x, oneHot(labels, 10), task.rule);
}

export const library: TrainingLibrary = { name: "jax-js", train };

const [B1, B2, EPS] = [0.9, 0.999, 1e-8];

function trainer(model: Model, params: JaxArray[], x: JaxArray, labels: JaxArray, { name, rate }: Rule): Trainer {
  const loss = (weights: JaxArray[], inputs: JaxArray, targets: JaxArray): JaxArray =>
    numpy.mean(numpy.sum(nn.logSoftmax(model(weights, inputs), -1).mul(targets), -1)).neg();
  const lossAndGrad = jax.valueAndGrad(loss);
  if (name === "sgd") {
    const step = jax.jit((weights: JaxArray[], inputs: JaxArray, targets: JaxArray) => {
      const [value, grads] = lossAndGrad(refs(weights), inputs, targets) as [JaxArray, JaxArray[]];
      return [value, ...weights.map((p, i) => p.sub(grads[i]!.mul(rate)))];
    });
    let current = params;
    return {
      step: () => {
        const [value, ...next] = step(current, x.ref, labels.ref) as JaxArray[];
        current = next;
        return value!.dataSync()[0]!;
      },
    };
  }
  const step = jax.jit(
    (weights: JaxArray[], ms: JaxArray[], vs: JaxArray[], first: JaxArray, second: JaxArray, ...data: JaxArray[]) => {
      const [value, grads] = lossAndGrad(refs(weights), data[0]!, data[1]!) as [JaxArray, JaxArray[]];
      const nextMs = ms.map((m, i) => m.mul(B1).add(grads[i]!.ref.mul(1 - B1)));
      const nextVs = vs.map((v, i) => v.mul(B2).add(numpy.square(grads[i]!).mul(1 - B2)));
      const next = weights.map((p, i) => {
        const mean = nextMs[i]!.ref.div(first.ref);
        return p.sub(mean.div(numpy.sqrt(nextVs[i]!.ref.div(second.ref)).add(EPS)).mul(rate));
      });
      first.dispose();
      second.dispose();
      return [value, ...next, ...nextMs, ...nextVs];
    },
  );
  let current = params;
  let ms = params.map((p) => numpy.zerosLike(p.ref));
  let vs = params.map((p) => numpy.zerosLike(p.ref));
  let count = 0;
  return {
    step: () => {
      count++;
      const corrections = [B1, B2].map((decay) => numpy.array(1 - decay ** count)) as [JaxArray, JaxArray];
      const [value, ...all] = step(current, ms, vs, ...corrections, x.ref, labels.ref) as JaxArray[];
      const n = params.length;
      current = all.slice(0, n);
      ms = all.slice(n, 2 * n);
      vs = all.slice(2 * n);
      return value!.dataSync()[0]!;
    },
  };
}

function mlp({ model }: MlpTask, params: JaxArray[]): Model {
  const layers = model.layers.map((layer) => dense(layer, params));
  const last = layers.pop()!;
  return (weights, x) => {
    const next = reader(weights);
    return last(
      layers.reduce((y, layer) => nn.relu(layer(y, next)), x),
      next,
    );
  };
}

function cnn({ model, batch }: CnnTask, params: JaxArray[]): Model {
  for (const { from, to, kernel, bias } of model.convs)
    params.push(tensor(outputsFirst(kernel, from, to), [to, from, 3, 3]), tensor(bias, [to, 1, 1]));
  const head = dense({ ...model.dense, kernel: channelsFirst(model) }, params);
  return (weights, images) => {
    const next = reader(weights);
    let x = images;
    for (let i = 0; i < model.convs.length; i++) {
      const y = lax.convGeneralDilated(x, next(), [1, 1], "SAME").add(next());
      x = lax.reduceWindow(nn.relu(y), (window) => numpy.max(window), [1, 1, 2, 2], [1, 1, 2, 2]);
    }
    return head(x.reshape([batch.size, model.dense.n]), next);
  };
}

function gpt({ model }: GptTask, params: JaxArray[]): Model {
  params.push(
    tensor(model.tokens, [VOCABULARY, WIDTH]),
    tensor(model.positions.subarray(0, TOKENS * WIDTH), [TOKENS, WIDTH]),
  );
  const blocks = model.blocks.map((block) => ({
    attentionNorm: normalise(block.attentionNorm, params),
    queryKeyValue: dense(fuse(block), params),
    out: dense(block.out, params),
    mlpNorm: normalise(block.mlpNorm, params),
    up: dense(block.up, params),
    down: dense(block.down, params),
  }));
  const last = normalise(model.norm, params);
  const head = dense(model.head, params);
  const causal = Float32Array.from({ length: TOKENS * TOKENS }, (_, i) =>
    i % TOKENS <= Math.floor(i / TOKENS) ? 0 : -1e30,
  );
  const mask = tensor(causal, [TOKENS, TOKENS]);
  return (weights, tokens) => {
    const next = reader(weights);
    let x = numpy.matmul(nn.oneHot(tokens, VOCABULARY), next()).add(next());
    for (const block of blocks) {
      const parts = block.queryKeyValue(block.attentionNorm(x.ref, next), next).reshape([TOKENS, 3, HEADS, HEAD]);
      const [query, key, value] = numpy
        .split(parts.transpose([1, 2, 0, 3]), 3, 0)
        .map((part) => part.reshape([HEADS, TOKENS, HEAD]));
      const scores = numpy.matmul(query!.mul(1 / Math.sqrt(HEAD)), numpy.matrixTranspose(key!)).add(mask.ref);
      const attended = numpy.matmul(nn.softmax(scores, -1), value!).transpose([1, 0, 2]);
      x = x.add(block.out(attended.reshape([TOKENS, WIDTH]), next));
      const hidden = nn.gelu(block.up(block.mlpNorm(x.ref, next), next), { approximate: true });
      x = x.add(block.down(hidden, next));
    }
    return head(last(x, next), next);
  };
}

function refs(arrays: readonly JaxArray[]): JaxArray[] {
  return arrays.map((array) => array.ref);
}

type Next = () => JaxArray;

function reader(weights: JaxArray[]): Next {
  let at = 0;
  return () => weights[at++]!;
}

function dense({ n, m, kernel, bias }: Dense, params: JaxArray[]): (x: JaxArray, next: Next) => JaxArray {
  params.push(tensor(kernel, [n, m]), tensor(bias, [m]));
  return (x, next) => numpy.matmul(x, next()).add(next());
}

function normalise({ scale, bias }: Norm, params: JaxArray[]): (x: JaxArray, next: Next) => JaxArray {
  params.push(tensor(scale, [WIDTH]), tensor(bias, [WIDTH]));
  return (x, next) => nn.standardize(x, -1, { epsilon: EPSILON }).mul(next()).add(next());
}

function oneHot(labels: Int32Array, classes: number): JaxArray {
  const all = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => (all[i * classes + label] = 1));
  return tensor(all, [labels.length, classes]);
}

function tensor(values: Float32Array, shape: number[]): JaxArray {
  return numpy.array(values.slice()).reshape(shape);
}
