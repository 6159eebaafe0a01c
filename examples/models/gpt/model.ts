/** The character GPT as it was written in Flax: model_gpt.py, line by line. */
import { nnx, numpy as jnp } from "flaxen";
import type { NDArray } from "flaxen";

class MLP extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly up: nnx.Linear;
  declare readonly down: nnx.Linear;

  constructor(features: number, hidden: number, rngs: nnx.Rngs) {
    super();
    this.up = new nnx.Linear(features, hidden, { rngs });
    this.down = new nnx.Linear(hidden, features, { rngs });
  }

  override __call__(x: NDArray): NDArray {
    return this.down(nnx.gelu(this.up(x)));
  }
}

class Block extends nnx.Module<[x: NDArray, mask: NDArray | undefined, decode: boolean], NDArray> {
  declare readonly ln1: nnx.LayerNorm;
  declare readonly attn: nnx.MultiHeadAttention;
  declare readonly ln2: nnx.LayerNorm;
  declare readonly mlp: MLP;
  declare readonly dropout: nnx.Dropout;

  constructor({ features, numHeads, mlpFeatures, dropoutRate }: GptConfig, rngs: nnx.Rngs) {
    super();
    this.ln1 = new nnx.LayerNorm(features, { rngs });
    this.attn = new nnx.MultiHeadAttention(numHeads, features, { decode: false, rngs });
    this.ln2 = new nnx.LayerNorm(features, { rngs });
    this.mlp = new MLP(features, mlpFeatures, rngs);
    this.dropout = new nnx.Dropout(dropoutRate, { rngs });
  }

  override __call__(x: NDArray, mask: NDArray | undefined, decode: boolean): NDArray {
    x = x.add(this.dropout(this.attn(this.ln1(x), { mask, decode })));
    return x.add(this.dropout(this.mlp(this.ln2(x))));
  }
}

/** Output projection that shares the token embedding. */
class TiedHead extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly embed: nnx.Embed;

  constructor(embed: nnx.Embed) {
    super();
    this.embed = embed;
  }

  override __call__(x: NDArray): NDArray {
    return this.embed.attend(x);
  }
}

export interface GptConfig {
  readonly vocabSize: number;
  readonly numLayers: number;
  readonly numHeads: number;
  readonly features: number;
  readonly mlpFeatures: number;
  /** The most tokens that the model looks at. */
  readonly context: number;
  readonly dropoutRate: number;
}

/** The sizes of the trained model. */
export const CONFIG: GptConfig = {
  vocabSize: 61,
  numLayers: 4,
  numHeads: 4,
  features: 128,
  mlpFeatures: 512,
  context: 128,
  dropoutRate: 0.25,
};

/** Its letters; a token is the place of its letter. */
export const VOCABULARY = "\n !'(),-.:;?ABCDEFGHIJKLMNOPRSTUVWYabcdefghijklmnopqrstuvwxyz";

export interface GptCall {
  /** One token a sequence, [batch, 1]; call `initCache` first. */
  readonly decode?: boolean;
  /** The place of the first token. */
  readonly position?: number;
}

/** Tokens [batch, length] to logits [batch, length, vocabulary]. */
export class CharGPT extends nnx.Module<[tokens: NDArray, call?: GptCall], NDArray> {
  declare readonly config: GptConfig;
  declare readonly embed: nnx.Embed;
  declare readonly pos_embed: nnx.Embed;
  declare readonly dropout: nnx.Dropout;
  declare readonly blocks: nnx.List<Block>;
  declare readonly ln_f: nnx.LayerNorm;
  declare readonly head: TiedHead;

  constructor(config: GptConfig, rngs: nnx.Rngs) {
    super();
    const { vocabSize, numLayers, features, context, dropoutRate } = config;
    this.config = config;
    this.embed = new nnx.Embed(vocabSize, features, { rngs });
    this.pos_embed = new nnx.Embed(context, features, { rngs });
    this.dropout = new nnx.Dropout(dropoutRate, { rngs });
    this.blocks = new nnx.List(Array.from({ length: numLayers }, () => new Block(config, rngs)));
    this.ln_f = new nnx.LayerNorm(features, { rngs });
    this.head = new TiedHead(this.embed);
  }

  override __call__(tokens: NDArray, { decode = false, position = 0 }: GptCall = {}): NDArray {
    const positions = jnp.arange(position, position + tokens.shape.at(-1)!);
    let x = this.dropout(this.embed(tokens).add(this.pos_embed(positions)));
    const mask = decode ? undefined : nnx.makeCausalMask(tokens);
    for (const block of this.blocks) x = block(x, mask, decode);
    return this.head(this.ln_f(x));
  }

  /** Empty caches for decoding a batch. */
  initCache(batch: number): void {
    const { context, features } = this.config;
    for (const block of this.blocks) block.attn.initCache([batch, context, features]);
  }
}
