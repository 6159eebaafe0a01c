/** MobileNetV2 of flaxen's layers, under `nnx.jit`. */
import type * as Flaxen from "../../../../src/index.ts";
import { flaxen } from "../../libraries.ts";
import type { Runner } from "../model.ts";
import type { Block, MobileNet, Unit } from "./model.ts";
import { EPSILON, fold, IMAGE } from "./model.ts";

const { nnx, numpy } = flaxen as typeof Flaxen;
type NDArray = Flaxen.NDArray;

const rngs = new nnx.Rngs(0);

class UnitModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly conv: Flaxen.nnx.Conv;
  readonly norm: Flaxen.nnx.BatchNorm | undefined;
  readonly relu6: boolean;

  constructor(unit: Unit, folded: boolean) {
    super();
    const { from, to, size, stride, depthwise } = unit;
    const { kernel, bias } = folded ? fold(unit) : { kernel: unit.kernel, bias: undefined };
    const options = { strides: stride, featureGroupCount: depthwise ? from : 1, useBias: folded, rngs };
    this.conv = new nnx.Conv(from, to, [size, size], options);
    load(this.conv.kernel, kernel);
    if (bias) load(this.conv.bias, bias);
    this.norm = folded ? undefined : norm(unit);
    this.relu6 = unit.relu6;
  }

  override __call__(x: NDArray): NDArray {
    const y = this.conv(x);
    const normed = this.norm ? this.norm(y) : y;
    return this.relu6 ? nnx.relu6(normed) : normed;
  }
}

class BlockModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly units: Flaxen.nnx.List<UnitModel>;
  readonly residual: boolean;

  constructor({ units, residual }: Block, folded: boolean) {
    super();
    this.units = new nnx.List(units.map((unit) => new UnitModel(unit, folded)));
    this.residual = residual;
  }

  override __call__(x: NDArray): NDArray {
    let y = x;
    for (const unit of this.units) y = unit(y);
    return this.residual ? x.add(y) : y;
  }
}

class MobileNetModel extends nnx.Module<[x: NDArray], NDArray> {
  readonly blocks: Flaxen.nnx.List<BlockModel>;
  readonly dense: Flaxen.nnx.Linear;

  constructor({ blocks, dense, folded }: MobileNet) {
    super();
    this.blocks = new nnx.List(blocks.map((block) => new BlockModel(block, folded)));
    this.dense = new nnx.Linear(dense.n, dense.m, { rngs });
    load(this.dense.kernel, dense.kernel);
    load(this.dense.bias, dense.bias);
  }

  override __call__(image: NDArray): NDArray {
    let x = image;
    for (const block of this.blocks) x = block(x);
    return this.dense(x.mean([1, 2]));
  }
}

export function mobilenet(weights: MobileNet): Runner<Float32Array> {
  const model = new MobileNetModel(weights);
  const forward = nnx.jit((module: MobileNetModel, image: NDArray): NDArray => module(image));
  const run = (input: Float32Array): Float32Array =>
    forward(model, numpy.asarray(input).reshape([1, IMAGE, IMAGE, 3])).data as Float32Array;
  return { run };
}

function norm({ to, norm: { scale, bias, mean, variance } }: Unit): Flaxen.nnx.BatchNorm {
  const layer = new nnx.BatchNorm(to, { epsilon: EPSILON, useRunningAverage: true, rngs });
  load(layer.scale, scale);
  load(layer.bias, bias);
  load(layer.mean, mean);
  load(layer.var, variance);
  return layer;
}

function load(variable: Flaxen.nnx.Variable | null | undefined, elements: Float32Array): void {
  variable!.set(numpy.array(elements).reshape([...variable!.shape]));
}
