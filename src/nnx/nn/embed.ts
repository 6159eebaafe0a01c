import { WEIGHTS, layerArguments } from "./layerarguments.ts";
import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import { asarray, contract, embedding, formatShape, viewArray } from "../../array/index.ts";
import { refuseSurplus, ShapeError, toSize } from "../../base/index.ts";
import { varianceScaling } from "../initializers/index.ts";
import { Module } from "../modules/module.ts";
import type { Metadata } from "../variables/variable.ts";
import type { Param } from "../variables/kinds.ts";
import { promoteDtype } from "./dtypes.ts";
import type { LayerOptions, PromoteDtype, WeightInitializer } from "./options.ts";
import { newParam, rngsOf } from "./options.ts";

/** What `Embed` takes besides the sizes. */
export interface EmbedOptions extends LayerOptions {
  /** Default `varianceScaling(1, "fan_in", "normal", { outAxis: 0 })`: a standard deviation of 1 / sqrt(features). */
  readonly embeddingInit?: WeightInitializer | undefined;
  readonly embeddingMetadata?: Metadata | undefined;
}

const defaultEmbedInit: WeightInitializer = varianceScaling(1, "fan_in", "normal", { outAxis: 0 });

/**
 * A table of vectors, `embedding` [numEmbeddings, features], looked up by integers. An index below 0 counts from the
 * end; one that is outside all the same gives NaN. A table of one row gives that row for any index.
 *
 * One key of the stream `params`.
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/linear.py` (`Embed`).
 * @example
 * const embed = new nnx.Embed(5, 3, { rngs: new nnx.Rngs(0) });
 * embed(Int32Array.of(0, -1)).shape // => [2, 3]
 */
export class Embed extends Module<[indices: ArrayLike], NDArray> {
  declare readonly embedding: Param;
  declare readonly numEmbeddings: number;
  declare readonly features: number;
  declare readonly dtype: DType;
  declare readonly paramDtype: DType;
  declare readonly promoteDtype: PromoteDtype;

  /**
   * @throws TypeError if `rngs` is missing or a size is not a number; RangeError if a size is negative or not finite
   * @throws ShapeError from the default initializer if a size is 0
   */
  constructor(options: EmbedOptions & { readonly numEmbeddings: number; readonly features: number });
  constructor(numEmbeddings: number, options: EmbedOptions & { readonly features: number });
  constructor(numEmbeddings: number, features: number, options: EmbedOptions);
  constructor(...args: readonly unknown[]) {
    const [numEmbeddings, features, options] = layerArguments<[number, number, EmbedOptions]>(
      args,
      2,
      "nnx.Embed numEmbeddings features * embeddingInit:f embeddingMetadata " + WEIGHTS,
    );
    super();
    const rngs = rngsOf(options, "Embed");
    const { dtype, paramDtype = "float32", embeddingInit = defaultEmbedInit } = options;
    this.numEmbeddings = toSize(numEmbeddings, 'nnx.Embed: "numEmbeddings"');
    this.features = toSize(features, 'nnx.Embed: "features"');
    this.embedding = newParam(
      rngs,
      embeddingInit,
      [this.numEmbeddings, this.features],
      paramDtype,
      options.embeddingMetadata,
    );
    this.dtype = dtype ?? this.embedding.dtype;
    this.paramDtype = paramDtype;
    this.promoteDtype = options.promoteDtype ?? promoteDtype;
  }

  /**
   * @param indices [...] of an integer dtype
   * @returns [..., features]
   * @throws TypeError if the dtype is not an integer: JavaScript numbers are floats
   */
  override __call__(indices: ArrayLike): NDArray {
    if (arguments.length > 1) refuseSurplus("nnx.Embed", "inputs", arguments, false);
    const at = viewArray(indices, 'nnx.Embed: "indices"');
    if (at.dtype === "float32" || at.dtype === "bool") throw indexError(at);
    return embedding(this.embedding.get().astype(this.dtype), at);
  }

  /**
   * `query` times the transposed table: the inner product with every row, for logits from tied weights.
   *
   * @param query [..., features]
   * @returns [..., numEmbeddings], summed over features ascending
   * @throws ShapeError naming both shapes if the last size of `query` is not `features`
   */
  attend(query: ArrayLike): NDArray {
    const [x, table] = this.promoteDtype([asarray(query), this.embedding.get()], this.dtype);
    if (x.shape[x.ndim - 1] !== this.features) throw widthError(x, table, this.features);
    return contract(x, table, undefined, { fn: "nnx.Embed.attend", sum: { a: [x.ndim - 1], b: [1] } });
  }
}

function indexError({ dtype }: NDArray): TypeError {
  return new TypeError(
    `nnx.Embed: "indices" expected an integer dtype, got ${dtype}. ` +
      `jnp.array([1, 2], "int32") makes integers of numbers`,
  );
}

function widthError(x: NDArray, table: NDArray, features: number): ShapeError {
  return new ShapeError(
    `nnx.Embed.attend: "query" expected shape [..., ${features}] for a table ${formatShape(table.shape)}, ` +
      `got ${formatShape(x.shape)}`,
  );
}
