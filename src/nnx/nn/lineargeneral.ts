import { KERNEL, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, DType, NDArray, Shape } from "../../array/index.ts";
import { contract, formatShape, sizeOf, viewArray } from "../../array/index.ts";
import { describe, int, refuseSurplus, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { Param } from "../variables/kinds.ts";
import { biasOf } from "./bias.ts";
import { promoteDtype } from "./dtypes.ts";
import type { KernelOptions, PromoteDtype, WeightInitializer } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, newParam, rngsOf } from "./options.ts";

/** What `LinearGeneral` takes besides the sizes. */
export interface LinearGeneralOptions extends KernelOptions {
  /** The axes of the input that are summed. Default the last. */
  readonly axis?: number | readonly number[] | undefined;
  /** Axes of the input with a kernel of their own at each index, and their sizes: `{ 0: 2 }`. They lead, from 0 on. */
  readonly batchAxis?: Readonly<Record<number, number>> | undefined;
}

/**
 * A linear map between any axes: `kernel` [...batch, ...inFeatures, ...outFeatures], `bias` [...batch, ...outFeatures].
 * The sum runs over the summed axes in the order of the input, the last of them fastest; the bias is added after it.
 *
 * The kernel is drawn as a matrix [batch * in, out] and reshaped, which decides its scale. Two keys of the stream
 * `params`: kernel, bias.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`LinearGeneral`).
 * @example
 * const layer = new nnx.LinearGeneral([2, 3], [4, 5], { axis: [1, -1], rngs: new nnx.Rngs(0) });
 * layer(jnp.ones([16, 2, 3])).shape // => [16, 4, 5]
 */
export class LinearGeneral extends Module<[x: ArrayLike], NDArray> {
  declare readonly kernel: Param;
  declare readonly bias: Param | null;
  declare readonly inFeatures: readonly number[];
  declare readonly outFeatures: readonly number[];
  declare readonly axis: readonly number[];
  declare readonly batchAxis: Readonly<Record<number, number>>;
  declare readonly useBias: boolean;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @throws TypeError if `rngs` is missing or a size or axis is not a number
   * @throws RangeError if a size is negative, there are not as many axes as input sizes, or the batch axes do not lead
   */
  constructor(
    options: LinearGeneralOptions & {
      readonly inFeatures: number | readonly number[];
      readonly outFeatures: number | readonly number[];
    },
  );
  constructor(
    inFeatures: number | readonly number[],
    options: LinearGeneralOptions & { readonly outFeatures: number | readonly number[] },
  );
  constructor(
    inFeatures: number | readonly number[],
    outFeatures: number | readonly number[],
    options: LinearGeneralOptions,
  );
  constructor(...args: readonly unknown[]) {
    const [inFeatures, outFeatures, options] = layerArguments<
      [number | readonly number[], number | readonly number[], LinearGeneralOptions]
    >(args, 2, "nnx.LinearGeneral inFeatures outFeatures * axis batchAxis " + KERNEL);
    super();
    const rngs = rngsOf(options, "LinearGeneral");
    const {
      axis = -1,
      batchAxis = {},
      useBias = true,
      dtype,
      paramDtype = "float32",
      kernelInit = defaultKernelInit,
      biasInit = defaultBiasInit,
    } = options;
    this.inFeatures = sizes(inFeatures, "inFeatures");
    this.outFeatures = sizes(outFeatures, "outFeatures");
    this.axis = list(axis).map((a) => int(a, 'nnx.LinearGeneral: "axis"'));
    this.batchAxis = batchAxis;
    if (this.axis.length !== this.inFeatures.length) throw axisCountError(this.inFeatures, this.axis);
    const batch = batchSizes(batchAxis);
    const flat = flattened(kernelInit, sizeOf(batch) * sizeOf(this.inFeatures), sizeOf(this.outFeatures));
    this.kernel = newParam(
      rngs,
      flat,
      [...batch, ...this.inFeatures, ...this.outFeatures],
      paramDtype,
      options.kernelMetadata,
    );
    this.bias = useBias
      ? newParam(
          rngs,
          flattened(biasInit, sizeOf(batch) * sizeOf(this.outFeatures)),
          [...batch, ...this.outFeatures],
          paramDtype,
          options.biasMetadata,
        )
      : null;
    this.useBias = useBias;
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /**
   * @param x an array with inFeatures at the axes `axis`
   * @returns [...batch, ...other axes, ...outFeatures]
   * @throws ShapeError naming both shapes if sizes differ or an axis is not there
   */
  override __call__(x: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.LinearGeneral", "inputs", arguments, false);
    const given = [viewArray(x, 'nnx.LinearGeneral: "x"'), this.kernel.get(), this.bias?.get()] as const;
    const [inputs, kernel, bias] = this.promoteDtype(given, this.dtype);
    const { shape } = inputs;
    const axes = this.axis.map((axis) => inRange(axis, shape)).sort((a, b) => a - b);
    const batch = Object.keys(this.batchAxis).map((_, axis) => inRange(axis, shape));
    const added = bias === undefined || batch.length === 0 ? bias : biasOf(bias, this.biasShape(shape, axes, batch));
    return contract(inputs, kernel, added, {
      fn: "nnx.LinearGeneral",
      sum: { a: axes, b: axes.map((_, i) => batch.length + i) },
      batch: { a: batch, b: batch },
    });
  }

  /** [...batch, 1 for each other axis, ...outFeatures] */
  private biasShape(shape: Shape, axes: Shape, batch: Shape): Shape {
    const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
    return [...kept.map((axis) => (batch.includes(axis) ? shape[axis]! : 1)), ...this.outFeatures];
  }
}

function list(x: number | readonly number[]): readonly number[] {
  return Array.isArray(x) ? x : [x as number];
}

function sizes(x: number | readonly number[], name: string): number[] {
  return list(x).map((size) => toSize(size, `nnx.LinearGeneral: "${name}"`));
}

function batchSizes(batchAxis: Readonly<Record<number, number>>): number[] {
  const axes = Object.keys(batchAxis);
  if (axes.some((axis, i) => axis !== String(i)))
    throw new RangeError(
      `nnx.LinearGeneral: "batchAxis" expected axes from 0 on without a gap, got ${axes.join(", ")}`,
    );
  return axes.map((axis) => toSize(batchAxis[Number(axis)], `nnx.LinearGeneral: "batchAxis"[${axis}]`));
}

/** An initializer that draws in the flat shape and reshapes to the one it is asked for. */
function flattened(init: WeightInitializer, ...flat: readonly number[]): WeightInitializer {
  return (key, shape, dtype) => init(key, flat, dtype).reshape(shape);
}

function inRange(axis: number, shape: Shape): number {
  if (axis < -shape.length || axis >= shape.length)
    throw new ShapeError(`nnx.LinearGeneral: "x" expected an axis ${describe(axis)}, got shape ${formatShape(shape)}`);
  return axis < 0 ? axis + shape.length : axis;
}

function axisCountError({ length }: Shape, axis: Shape): RangeError {
  return new RangeError(
    `nnx.LinearGeneral: "axis" expected as many axes as "inFeatures" has sizes, ${length}, got ${axis.length}`,
  );
}
