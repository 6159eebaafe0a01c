/** The models of the recorded training runs. */
import { nnx, numpy as jnp } from "../../../src/index.ts";
import type { NDArray } from "../../../src/index.ts";

/** Linear layers with relu between. */
export class Mlp extends nnx.Module<[x: NDArray], NDArray> {
  layers: nnx.List<nnx.Linear>;

  constructor(sizes: readonly number[], rngs: nnx.Rngs) {
    super();
    this.layers = new nnx.List(sizes.slice(1).map((size, i) => new nnx.Linear(sizes[i]!, size, { rngs })));
  }

  override __call__(x: NDArray): NDArray {
    const last = this.layers.length - 1;
    let y = x;
    for (let i = 0; i < last; i++) y = nnx.relu(this.layers.at(i)!(y));
    return this.layers.at(last)!(y);
  }
}

/** Two convolutions with BatchNorm and pooling, and two Linear layers with Dropout between. */
export class DigitsCnn extends nnx.Module<[x: NDArray], NDArray> {
  conv1: nnx.Conv;
  bn1: nnx.BatchNorm;
  conv2: nnx.Conv;
  linear1: nnx.Linear;
  dropout: nnx.Dropout;
  linear2: nnx.Linear;

  constructor(rate: number, rngs: nnx.Rngs) {
    super();
    this.conv1 = new nnx.Conv(1, 16, [3, 3], { rngs });
    this.bn1 = new nnx.BatchNorm(16, { rngs });
    this.conv2 = new nnx.Conv(16, 32, [3, 3], { rngs });
    this.linear1 = new nnx.Linear(7 * 7 * 32, 64, { rngs });
    this.dropout = new nnx.Dropout(rate, { rngs });
    this.linear2 = new nnx.Linear(64, 10, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    const halves = { strides: [2, 2] };
    const first = nnx.avgPool(nnx.relu(this.bn1(this.conv1(x))), [2, 2], halves);
    const second = nnx.avgPool(nnx.relu(this.conv2(first)), [2, 2], halves);
    return this.linear2(this.dropout(nnx.relu(this.linear1(second.reshape([x.shape[0]!, -1])))));
  }
}

class GptMlp extends nnx.Module<[x: NDArray], NDArray> {
  up: nnx.Linear;
  down: nnx.Linear;

  constructor(features: number, hidden: number, rngs: nnx.Rngs) {
    super();
    this.up = new nnx.Linear(features, hidden, { rngs });
    this.down = new nnx.Linear(hidden, features, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    return this.down(nnx.gelu(this.up(x)));
  }
}

class Block extends nnx.Module<[x: NDArray, mask: NDArray], NDArray> {
  ln1: nnx.LayerNorm;
  attn: nnx.MultiHeadAttention;
  ln2: nnx.LayerNorm;
  mlp: GptMlp;
  dropout: nnx.Dropout;

  constructor(features: number, heads: number, hidden: number, rngs: nnx.Rngs) {
    super();
    this.ln1 = new nnx.LayerNorm(features, { rngs });
    this.attn = new nnx.MultiHeadAttention(heads, features, { decode: false, rngs });
    this.ln2 = new nnx.LayerNorm(features, { rngs });
    this.mlp = new GptMlp(features, hidden, rngs);
    this.dropout = new nnx.Dropout(0, { rngs });
  }

  override __call__(x: NDArray, mask: NDArray): NDArray {
    const y = x.add(this.dropout(this.attn(this.ln1(x), { mask })));
    return y.add(this.dropout(this.mlp(this.ln2(y))));
  }
}

/** A GPT on characters: 4 layers, 4 heads, 128 features, its head the embedding again. */
export class CharGpt extends nnx.Module<[tokens: NDArray], NDArray> {
  embed: nnx.Embed;
  pos_embed: nnx.Embed;
  dropout: nnx.Dropout;
  blocks: nnx.List<Block>;
  ln_f: nnx.LayerNorm;

  constructor(vocabulary: number, rngs: nnx.Rngs) {
    super();
    this.embed = new nnx.Embed(vocabulary, 128, { rngs });
    this.pos_embed = new nnx.Embed(128, 128, { rngs });
    this.dropout = new nnx.Dropout(0, { rngs });
    this.blocks = new nnx.List(Array.from({ length: 4 }, () => new Block(128, 4, 512, rngs)));
    this.ln_f = new nnx.LayerNorm(128, { rngs });
  }

  override __call__(tokens: NDArray): NDArray {
    const mask = nnx.makeCausalMask(tokens);
    const places = this.pos_embed(jnp.arange(tokens.shape[1]!));
    let x = this.dropout(this.embed(tokens).add(places));
    for (const block of this.blocks) x = block(x, mask);
    return this.embed.attend(this.ln_f(x));
  }
}
