/** MobileNetV2 (width 1, 224 x 224) with the classifier that its weights were trained with. */
import type { NDArray } from "flaxen";
import { nnx, numpy as jnp } from "flaxen";
import type { Rule } from "flaxen/weights";
import { loadInto, readSafetensors, save } from "flaxen/weights";
import type { WeightGroup } from "../tfjs.ts";
import { readWeights } from "../tfjs.ts";

export const SIZE = 224;
const EPSILON = 1e-3;
const EXPANSION = 6;
/** The channels that each block gives, and its stride; the first block does not expand. */
const BLOCKS = [
  [16, 1],
  [24, 2],
  [24, 1],
  [32, 2],
  [32, 1],
  [32, 1],
  [64, 2],
  [64, 1],
  [64, 1],
  [64, 1],
  [96, 1],
  [96, 1],
  [96, 1],
  [160, 2],
  [160, 1],
  [160, 1],
  [320, 1],
] as const;
const FEATURES = 1280;
const CLASSES = 5;

/** Keras pads a stride of 2 below and to the right only. */
const PADS = [
  [0, 1],
  [0, 1],
] as const;

function batchNorm(features: number, rngs: nnx.Rngs): nnx.BatchNorm {
  return new nnx.BatchNorm(features, { epsilon: EPSILON, rngs });
}

function conv(inputs: number, outputs: number, size: number, stride: number, rngs: nnx.Rngs, groups = 1): nnx.Conv {
  return new nnx.Conv(inputs, outputs, [size, size], {
    strides: stride,
    padding: stride === 2 ? PADS : "SAME",
    featureGroupCount: groups,
    useBias: false,
    rngs,
  });
}

/** Expands the channels, filters each by itself and projects them back. */
class InvertedResidual extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly expand: nnx.Conv | null;
  declare readonly expandNorm: nnx.BatchNorm | null;
  declare readonly depthwise: nnx.Conv;
  declare readonly depthwiseNorm: nnx.BatchNorm;
  declare readonly project: nnx.Conv;
  declare readonly projectNorm: nnx.BatchNorm;
  declare readonly adds: boolean;

  constructor(inputs: number, outputs: number, stride: number, expansion: number, rngs: nnx.Rngs) {
    super();
    const hidden = inputs * expansion;
    this.expand = expansion === 1 ? null : conv(inputs, hidden, 1, 1, rngs);
    this.expandNorm = expansion === 1 ? null : batchNorm(hidden, rngs);
    this.depthwise = conv(hidden, hidden, 3, stride, rngs, hidden);
    this.depthwiseNorm = batchNorm(hidden, rngs);
    this.project = conv(hidden, outputs, 1, 1, rngs);
    this.projectNorm = batchNorm(outputs, rngs);
    this.adds = stride === 1 && inputs === outputs;
  }

  override __call__(x: NDArray): NDArray {
    let y = this.expand === null ? x : nnx.relu6(this.expandNorm!(this.expand(x)));
    y = nnx.relu6(this.depthwiseNorm(this.depthwise(y)));
    y = this.projectNorm(this.project(y));
    return this.adds ? x.add(y) : y;
  }
}

/** Pictures [batch, 224, 224, 3] in [0, 1] to probabilities [batch, 5]. */
export class MobileNetV2 extends nnx.Module<[x: NDArray], NDArray> {
  declare readonly stem: nnx.Conv;
  declare readonly stemNorm: nnx.BatchNorm;
  declare readonly blocks: nnx.List<InvertedResidual>;
  declare readonly last: nnx.Conv;
  declare readonly lastNorm: nnx.BatchNorm;
  declare readonly dense: nnx.List<nnx.Linear>;

  constructor(rngs: nnx.Rngs) {
    super();
    const stem = 32;
    this.stem = conv(3, stem, 3, 2, rngs);
    this.stemNorm = batchNorm(stem, rngs);
    this.blocks = new nnx.List(
      BLOCKS.map(([outputs, stride], i) => {
        const inputs = BLOCKS[i - 1]?.[0] ?? stem;
        return new InvertedResidual(inputs, outputs, stride, i === 0 ? 1 : EXPANSION, rngs);
      }),
    );
    this.last = conv(BLOCKS.at(-1)![0], FEATURES, 1, 1, rngs);
    this.lastNorm = batchNorm(FEATURES, rngs);
    const sizes = [FEATURES, 256, 128, CLASSES];
    this.dense = new nnx.List(sizes.slice(1).map((size, i) => new nnx.Linear(sizes[i]!, size, { rngs })));
  }

  /** The backbone: 1,280 features of each picture. */
  features(x: NDArray): NDArray {
    let y = nnx.relu6(this.stemNorm(this.stem(x)));
    for (const block of this.blocks) y = block(y);
    return nnx.relu6(this.lastNorm(this.last(y))).mean([1, 2]);
  }

  override __call__(x: NDArray): NDArray {
    const [first, second, third] = this.dense as unknown as nnx.Linear[];
    return nnx.softmax(third!(nnx.relu(second!(nnx.relu(first!(this.features(x)))))));
  }
}

const STATISTICS = "{gamma|beta|moving_mean|moving_variance}";
const NORM = "{scale|bias|mean|var}";
const PARTS = "{expand|depthwise|project}";
const NORMS = "{expandNorm|depthwiseNorm|projectNorm}";

/** Keras' names; a depthwise kernel (3, 3, C, 1) has the bytes of (3, 3, 1, C). */
const RULES: Rule[] = [
  ["Conv1/kernel", "stem.kernel"],
  [`bn_Conv1/${STATISTICS}`, `stemNorm.${NORM}`],
  ["expanded_conv_project/kernel", "blocks.0.project.kernel"],
  ["expanded_conv_depthwise/depthwise_kernel", "blocks.0.depthwise.kernel", { reshape: [3, 3, 1, -1] }],
  [`expanded_conv_${PARTS}_BN/${STATISTICS}`, `blocks.0.${NORMS}.${NORM}`],
  ["block_{i}_{expand|project}/kernel", "blocks.{i}.{expand|project}.kernel"],
  ["block_{i}_depthwise/depthwise_kernel", "blocks.{i}.depthwise.kernel", { reshape: [3, 3, 1, -1] }],
  [`block_{i}_${PARTS}_BN/${STATISTICS}`, `blocks.{i}.${NORMS}.${NORM}`],
  ["Conv_1/kernel", "last.kernel"],
  [`Conv_1_bn/${STATISTICS}`, `lastNorm.${NORM}`],
  ["dense_1/{kernel|bias}", "dense.0.{kernel|bias}"],
  ["dense_2/{kernel|bias}", "dense.1.{kernel|bias}"],
  ["dense_3/{kernel|bias}", "dense.2.{kernel|bias}"],
];

/** Loads the weights of a layers model of TensorFlow.js. @param shards of the manifest, one behind the other */
export async function loadMobileNetV2(manifest: readonly WeightGroup[], shards: Uint8Array): Promise<MobileNetV2> {
  const model = new MobileNetV2(new nnx.Rngs(0));
  const file = readSafetensors(save(readWeights(manifest[0]!, shards)));
  await loadInto(model, file, { map: RULES });
  model.eval();
  return model;
}

/** How alike two vectors of features are: the cosine of their angle. */
export function similarity(a: NDArray, b: NDArray): number {
  return a
    .matmul(b)
    .div(norm(a).mul(norm(b)))
    .item();
}

function norm(x: NDArray): NDArray {
  return jnp.sqrt(jnp.sum(jnp.square(x)));
}
