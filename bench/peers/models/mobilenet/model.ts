/** MobileNetV2 of width 1 for images of 224 x 224, with weights of a seed. */
import type { nnx as Nnx, random as Random } from "../../../../src/index.ts";
import { flaxen } from "../../libraries.ts";
import type { Dense } from "../model.ts";

export const IMAGE = 224;
export const EPSILON = 1e-3;

/** A convolution, padding "SAME", that batch normalisation by running averages and perhaps relu6 follow. */
export interface Unit {
  readonly from: number;
  readonly to: number;
  readonly size: 1 | 3;
  readonly stride: 1 | 2;
  /** One feature a group; `from` is `to`. */
  readonly depthwise: boolean;
  readonly relu6: boolean;
  /** [size, size, depthwise ? 1 : from, to]. */
  readonly kernel: Float32Array;
  readonly norm: BatchNorm;
}

/** [features] each. */
export interface BatchNorm {
  readonly scale: Float32Array;
  readonly bias: Float32Array;
  readonly mean: Float32Array;
  readonly variance: Float32Array;
}

/** Units one after the other; with `residual` what they were given is added to what they give. */
export interface Block {
  readonly units: readonly Unit[];
  readonly residual: boolean;
}

/** Blocks, the mean over rows and columns, a dense layer. Input [224, 224, 3], output [1000]. */
export interface MobileNet {
  readonly blocks: readonly Block[];
  readonly dense: Dense;
  /** Whether the norms are part of the kernels, as converters write a trained model. */
  readonly folded: boolean;
}

/** [expansion, features, blocks, stride of the first]. Source: Sandler et al., "MobileNetV2" (2018), table 2. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

export function drawMobileNet(folded: boolean): MobileNet {
  const { nnx, random } = flaxen as { nnx: typeof Nnx; random: typeof Random };
  const rngs = new nnx.Rngs(5);
  const normals = (size: number, scale: number, mean = 0): Float32Array =>
    (random.normal(rngs.params(), [size]).data as Float32Array).map((value) => mean + value * scale);

  const unit = (from: number, to: number, size: 1 | 3, stride: 1 | 2, depthwise: boolean, relu6: boolean): Unit => {
    const inputs = size * size * (depthwise ? 1 : from);
    const kernel = normals(inputs * to, Math.sqrt(2 / inputs));
    const norm = {
      scale: normals(to, 0.1, 1),
      bias: normals(to, 0.1),
      mean: normals(to, 0.1),
      variance: normals(to, 0.1, 1).map(Math.abs),
    };
    return { from, to, size, stride, depthwise, relu6, kernel, norm };
  };

  const inverted = (from: number, to: number, expansion: number, stride: 1 | 2): Block => {
    const wide = from * expansion;
    const units = [unit(wide, wide, 3, stride, true, true), unit(wide, to, 1, 1, false, false)];
    if (expansion > 1) units.unshift(unit(from, wide, 1, 1, false, true));
    return { units, residual: stride === 1 && from === to };
  };

  const blocks: Block[] = [{ units: [unit(3, 32, 3, 2, false, true)], residual: false }];
  let from = 32;
  for (const [expansion, to, count, stride] of STAGES) {
    for (let i = 0; i < count; i++) {
      blocks.push(inverted(from, to, expansion, i === 0 ? stride : 1));
      from = to;
    }
  }
  blocks.push({ units: [unit(from, 1280, 1, 1, false, true)], residual: false });
  const dense = { n: 1280, m: 1000, kernel: normals(1280 * 1000, 1 / Math.sqrt(1280)), bias: normals(1000, 0.1) };
  return { blocks, dense, folded };
}

/** A unit's norm in its kernel and a bias. */
export function fold({ kernel, norm, to }: Unit): { readonly kernel: Float32Array; readonly bias: Float32Array } {
  const factors = norm.scale.map((scale, i) => scale / Math.sqrt(norm.variance[i]! + EPSILON));
  return {
    kernel: kernel.map((value, i) => value * factors[i % to]!),
    bias: norm.bias.map((bias, i) => bias - norm.mean[i]! * factors[i]!),
  };
}
