/** Flaxen's training as a user of Flax writes it: a step of `nnx.valueAndGrad` and `nnx.Optimizer` under `nnx.jit`. */
import type * as Flaxen from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import type { Conv } from "../models/model.ts";
import { EPSILON, HEADS, SIDE, VOCABULARY, WIDTH } from "../models/model.ts";
import type { Block, CnnTask, Dense, GptTask, MlpTask, Norm, Rule, Task, Trainer, TrainingLibrary } from "./task.ts";
import { TOKENS } from "./task.ts";

const { nnx, numpy, optax } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;
type Variable = Flaxen.nnx.Variable;

const rngs = new nnx.Rngs(0);

class Mlp extends nnx.Module<[x: NDArray], NDArray> {
  readonly layers: Flaxen.nnx.List<Flaxen.nnx.Linear>;

  constructor({ model }: MlpTask) {
    super();
    this.layers = new nnx.List(model.layers.map(linear));
  }

  override __call__(x: NDArray): NDArray {
    const [first, second, last] = [...this.layers] as [Flaxen.nnx.Linear, Flaxen.nnx.Linear, Flaxen.nnx.Linear];
    return last(nnx.relu(second(nnx.relu(first(x)))));
  }
}

class Cnn extends nnx.Module<[images: NDArray], NDArray> {
  readonly convs: Flaxen.nnx.List<Flaxen.nnx.Conv>;
  readonly dense: Flaxen.nnx.Linear;

  constructor({ model }: CnnTask) {
    super();
    this.convs = new nnx.List(model.convs.map(convolution));
    this.dense = linear(model.dense);
  }

  override __call__(images: NDArray): NDArray {
    let x = images;
    for (const conv of this.convs) x = nnx.maxPool(nnx.relu(conv(x)), [2, 2], { strides: [2, 2] });
    return this.dense(x.reshape([x.shape[0]!, -1]));
  }
}

class GptBlock extends nnx.Module<[x: NDArray], NDArray> {
  readonly attentionNorm: Flaxen.nnx.LayerNorm;
  readonly attention: Flaxen.nnx.MultiHeadAttention;
  readonly mlpNorm: Flaxen.nnx.LayerNorm;
  readonly up: Flaxen.nnx.Linear;
  readonly down: Flaxen.nnx.Linear;

  constructor(weights: Block) {
    super();
    this.attentionNorm = norm(weights.attentionNorm);
    this.attention = new nnx.MultiHeadAttention(HEADS, WIDTH, { decode: false, rngs });
    for (const name of ["query", "key", "value", "out"] as const) {
      load(this.attention[name].kernel, weights[name].kernel);
      load(this.attention[name].bias, weights[name].bias);
    }
    this.mlpNorm = norm(weights.mlpNorm);
    this.up = linear(weights.up);
    this.down = linear(weights.down);
  }

  override __call__(x: NDArray): NDArray {
    const y = x.add(this.attention(this.attentionNorm(x), { isCausal: true }));
    return y.add(this.down(nnx.gelu(this.up(this.mlpNorm(y)))));
  }
}

class Gpt extends nnx.Module<[tokens: NDArray], NDArray> {
  readonly tokens: Flaxen.nnx.Embed;
  readonly positions: Flaxen.nnx.Embed;
  readonly blocks: Flaxen.nnx.List<GptBlock>;
  readonly norm: Flaxen.nnx.LayerNorm;
  readonly head: Flaxen.nnx.Linear;

  constructor({ model }: GptTask) {
    super();
    this.tokens = embedding(VOCABULARY, model.tokens);
    this.positions = embedding(TOKENS, model.positions.subarray(0, TOKENS * WIDTH));
    this.blocks = new nnx.List(model.blocks.map((block) => new GptBlock(block)));
    this.norm = norm(model.norm);
    this.head = linear(model.head);
  }

  override __call__(tokens: NDArray): NDArray {
    let x = this.tokens(tokens).add(this.positions(numpy.arange(TOKENS)));
    for (const block of this.blocks) x = block(x);
    return this.head(this.norm(x));
  }
}

function train(task: Task): Trainer {
  if (task.kind === "gpt")
    return trainer(new Gpt(task), numpy.array(task.tokens), numpy.array(task.targets), task.rule);
  const { images, labels, size } = task.batch;
  const x = numpy.array(images).reshape(task.kind === "mlp" ? [size, 784] : [size, SIDE, SIDE, 1]);
  return trainer(task.kind === "mlp" ? new Mlp(task) : new Cnn(task), x, numpy.array(labels), task.rule);
}

function trainer(
  model: Flaxen.nnx.Module & ((x: NDArray) => NDArray),
  x: NDArray,
  labels: NDArray,
  { name, rate }: Rule,
): Trainer {
  const optimizer = new nnx.Optimizer(model, optax[name](rate), { wrt: nnx.Param });
  const lossAndGrad = nnx.valueAndGrad((m: typeof model) =>
    optax.softmaxCrossEntropyWithIntegerLabels(m(x), labels).mean(),
  );
  const step = nnx.jit((m: typeof model, o: typeof optimizer) => {
    const [loss, grads] = lossAndGrad(m);
    o.update(m, grads);
    return loss;
  });
  return { step: () => step(model, optimizer).item() };
}

export const library: TrainingLibrary = { name: "flaxen", train };

function linear({ n, m, kernel, bias }: Dense): Flaxen.nnx.Linear {
  const layer = new nnx.Linear(n, m, { rngs });
  load(layer.kernel, kernel);
  load(layer.bias, bias);
  return layer;
}

function convolution({ from, to, kernel, bias }: Conv): Flaxen.nnx.Conv {
  const layer = new nnx.Conv(from, to, [3, 3], { rngs });
  load(layer.kernel, kernel);
  load(layer.bias, bias);
  return layer;
}

function norm({ scale, bias }: Norm): Flaxen.nnx.LayerNorm {
  const layer = new nnx.LayerNorm(WIDTH, { epsilon: EPSILON, rngs });
  load(layer.scale, scale);
  load(layer.bias, bias);
  return layer;
}

function embedding(count: number, table: Float32Array): Flaxen.nnx.Embed {
  const layer = new nnx.Embed(count, WIDTH, { rngs });
  load(layer.embedding, table);
  return layer;
}

function load(variable: Variable | null | undefined, elements: Float32Array): void {
  variable!.set(numpy.array(elements).reshape([...variable!.shape]));
}
