/** A small GPT, written as one would in Flax: what a block and a model own is made in the constructor. */
import type { NDArray } from "flaxen";
import { nnx } from "flaxen";

export interface GptConfig {
  readonly vocabulary: number;
  /** The most tokens the model can look at. */
  readonly length: number;
  readonly width: number;
  readonly heads: number;
  readonly layers: number;
}

/** Attention, then a perceptron, each on what is normalised and added to what came in. */
export class Block extends nnx.Module<[x: NDArray, decode: boolean], NDArray> {
  declare readonly norm1: nnx.LayerNorm;
  declare readonly attention: nnx.MultiHeadAttention;
  declare readonly norm2: nnx.LayerNorm;
  declare readonly up: nnx.Linear;
  declare readonly down: nnx.Linear;

  constructor({ width, heads }: GptConfig, rngs: nnx.Rngs) {
    super();
    this.norm1 = new nnx.LayerNorm(width, { rngs });
    this.attention = new nnx.MultiHeadAttention(heads, width, { rngs });
    this.norm2 = new nnx.LayerNorm(width, { rngs });
    this.up = new nnx.Linear(width, 4 * width, { rngs });
    this.down = new nnx.Linear(4 * width, width, { rngs });
  }

  /** `x` [batch, length, width] to the same shape. */
  override __call__(x: NDArray, decode: boolean): NDArray {
    const attended = x.add(this.attention(this.norm1(x), { decode, isCausal: true }));
    return attended.add(this.down(nnx.gelu(this.up(this.norm2(attended)))));
  }
}

export interface GptCall {
  /** One token a call, over the cache that `initCache` makes. */
  readonly decode?: boolean;
  /** The place of the first of the tokens; default 0. */
  readonly start?: number;
}

/** Tokens to the logits of the token after each. */
export class Gpt extends nnx.Module<[tokens: NDArray, call?: GptCall], NDArray> {
  declare readonly config: GptConfig;
  declare readonly tokens: nnx.Embed;
  declare readonly positions: nnx.Embed;
  declare readonly blocks: nnx.List<Block>;
  declare readonly norm: nnx.LayerNorm;
  declare readonly head: nnx.Linear;

  constructor(config: GptConfig, rngs: nnx.Rngs) {
    super();
    const { vocabulary, length, width, layers } = config;
    this.config = config;
    this.tokens = new nnx.Embed(vocabulary, width, { rngs });
    this.positions = new nnx.Embed(length, width, { rngs });
    this.blocks = new nnx.List(Array.from({ length: layers }, () => new Block(config, rngs)));
    this.norm = new nnx.LayerNorm(width, { rngs });
    this.head = new nnx.Linear(width, vocabulary, { useBias: false, rngs });
  }

  /** `tokens` [batch, length] of an integer dtype to logits [batch, length, vocabulary]. */
  override __call__(tokens: NDArray, { decode = false, start = 0 }: GptCall = {}): NDArray {
    const places = Int32Array.from({ length: tokens.shape[1]! }, (_, i) => start + i);
    let x = this.tokens(tokens).add(this.positions(places));
    for (const block of this.blocks) x = block(x, decode);
    return this.head(this.norm(x));
  }

  /** Empty caches for decoding a batch. */
  initCache(batch: number): void {
    const { length, width } = this.config;
    for (const block of this.blocks) block.attention.initCache([batch, length, width]);
  }
}
