/** Flaxen's models as a user writes them: modules that own their layers, whose parameters are then set. */
import type * as Flaxen from "../../../src/index.ts";
import { flaxen } from "../libraries.ts";
import { lstm } from "./lstm/flaxen.ts";
import { mobilenet } from "./mobilenet/flaxen.ts";
import type { Block, Cnn, Conv, Dense, Gpt, Mlp, ModelLibrary, Norm, Runner } from "./model.ts";
import { CACHED, CONTEXT, EPSILON, HEAD, HEADS, SIDE, VOCABULARY, WIDTH } from "./model.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;
type Variable = Flaxen.nnx.Variable;
type Linear = Flaxen.nnx.Linear;
type LayerNorm = Flaxen.nnx.LayerNorm;

/** Every layer draws its first weights from it; `load` replaces them. */
const rngs = new nnx.Rngs(0);

class MlpModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly first: Linear;
  readonly second: Linear;
  readonly last: Linear;

  constructor({ layers: [first, second, last] }: Mlp) {
    super();
    this.first = linear(first!);
    this.second = linear(second!);
    this.last = linear(last!);
  }

  override __call__(x: NDArray): NDArray {
    return this.last(nnx.relu(this.second(nnx.relu(this.first(x)))));
  }
}

class CnnModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly first: Flaxen.nnx.Conv;
  readonly second: Flaxen.nnx.Conv;
  readonly dense: Linear;

  constructor({ convs: [first, second], dense }: Cnn) {
    super();
    this.first = convolution(first!);
    this.second = convolution(second!);
    this.dense = linear(dense);
  }

  override __call__(image: NDArray): NDArray {
    const x = halved(nnx.relu(this.first(image)));
    return this.dense(halved(nnx.relu(this.second(x))).reshape([-1]));
  }
}

function halved(x: NDArray): NDArray {
  return nnx.maxPool(x, [2, 2], { strides: [2, 2] });
}

class BlockModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly attentionNorm: LayerNorm;
  readonly attention: Flaxen.nnx.MultiHeadAttention;
  readonly mlpNorm: LayerNorm;
  readonly up: Linear;
  readonly down: Linear;

  constructor(weights: Block) {
    super();
    this.attentionNorm = norm(weights.attentionNorm);
    this.attention = attention(weights);
    this.mlpNorm = norm(weights.mlpNorm);
    this.up = linear(weights.up);
    this.down = linear(weights.down);
  }

  override __call__(x: NDArray): NDArray {
    const y = x.add(this.attention(this.attentionNorm(x)));
    return y.add(this.down(nnx.gelu(this.up(this.mlpNorm(y)))));
  }
}

class GptModel extends nnx.Module<[token: Int32Array, position: Int32Array], NDArray> {
  readonly tokens: Flaxen.nnx.Embed;
  readonly positions: Flaxen.nnx.Embed;
  readonly blocks: Flaxen.nnx.List<BlockModel>;
  readonly norm: LayerNorm;
  readonly head: Linear;

  constructor(weights: Gpt) {
    super();
    this.tokens = embedding(VOCABULARY, weights.tokens);
    this.positions = embedding(CONTEXT, weights.positions);
    this.blocks = new nnx.List(weights.blocks.map((block) => new BlockModel(block)));
    this.norm = norm(weights.norm);
    this.head = linear(weights.head);
  }

  override __call__(token: Int32Array, position: Int32Array): NDArray {
    let x = this.tokens(token).add(this.positions(position));
    for (const block of this.blocks) x = block(x);
    return this.head(this.norm(x));
  }
}

export function mlp(weights: Mlp): Runner<Float32Array> {
  const model = new MlpModel(weights);
  const shape = weights.batch === 1 ? [784] : [weights.batch, 784];
  return { run: (input: Float32Array) => values(model(numpy.array(input).reshape(shape))) };
}

export function cnn(weights: Cnn): Runner<Float32Array> {
  const model = new CnnModel(weights);
  const forward = nnx.jit((module: CnnModel, image: NDArray): NDArray => module(image));
  return { run: (input: Float32Array) => values(forward(model, numpy.array(input).reshape([SIDE, SIDE, 1]))) };
}

/** A call appends its token to the caches, so that each starts by taking back the one before it. */
export function gpt(weights: Gpt): Runner<number> {
  const model = new GptModel(weights);
  const indices = [...model.blocks].map(({ attention: layer }) => layer.cache_index!);
  const start = numpy.array(CACHED, "int32");
  const position = Int32Array.of(CACHED);
  const run = (token: number): Float32Array => {
    for (const index of indices) index.set(start);
    return values(model(Int32Array.of(token), position));
  };
  return { run };
}

export { lstm, mobilenet };

export const library: ModelLibrary = { name: "flaxen", mlp, cnn, gpt, mobilenet, lstm };

function values(y: NDArray): Float32Array {
  return y.data as Float32Array;
}

function linear({ n, m, kernel, bias }: Dense): Linear {
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

function norm({ scale, bias }: Norm): LayerNorm {
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

function attention(weights: Block): Flaxen.nnx.MultiHeadAttention {
  const layer = new nnx.MultiHeadAttention(HEADS, WIDTH, { decode: true, rngs });
  for (const name of ["query", "key", "value", "out"] as const) {
    load(layer[name].kernel, weights[name].kernel);
    load(layer[name].bias, weights[name].bias);
  }
  layer.initCache([CONTEXT, WIDTH]);
  load(layer.cached_key, cache(weights.keys));
  load(layer.cached_value, cache(weights.values));
  return layer;
}

/** What is cached, with room for the token at hand. */
function cache(cached: Float32Array): Float32Array {
  const all = new Float32Array(CONTEXT * HEADS * HEAD);
  all.set(cached);
  return all;
}

function load(variable: Variable | null | undefined, elements: Float32Array): void {
  variable!.set(numpy.array(elements).reshape([...variable!.shape]));
}
