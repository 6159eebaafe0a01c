import { KERNEL, layerArguments } from "./layerarguments.ts";
import type { DType, NDArray } from "../../array/index.ts";
import { formatShape, isDType, toShape, zeros } from "../../array/index.ts";
import { describe, int, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../modules/module.ts";
import type { RngStream } from "../streams/rngstream.ts";
import { Cache } from "../variables/kinds.ts";
import type { AttentionOptions } from "./attention.ts";
import { assertFit, attendToFirst, dotProductAttention } from "./attention.ts";
import { appendToken, filledPlaces } from "./attentioncache.ts";
import { combineMasks } from "./attentionmasks.ts";
import type {
  AttentionFn,
  Inputs,
  MultiHeadAttentionCall,
  MultiHeadAttentionOptions,
  MultiHeadAttentionView,
} from "./attentionoptions.ts";
import { parseInputs, streamOf } from "./attentionoptions.ts";
import { toDropoutRate } from "./dropoutrate.ts";
import { fastDecode } from "./fastdecode.ts";
import { LayerNorm } from "./layernorm.ts";
import { LinearGeneral } from "./lineargeneral.ts";
import { defaultBiasInit, defaultKernelInit, rngsOf } from "./options.ts";

const VIEW_FLAGS = ["deterministic", "decode", "batchSize", "maxLength", "rngs"] as const;

/**
 * Multi-head attention: inputs are projected to the heads of query, key and value, each head attends, and what the
 * heads give is projected back. `layer(x)` attends to `x` itself, `layer(x, y)` to `y`.
 *
 * Parameters: `query`, `key`, `value` with `kernel` [in, heads, width] and `bias` [heads, width]; `out` with `kernel`
 * [heads, width, out] and `bias` [out]; with `normalizeQk` `query_ln` and `key_ln` with `scale` [width]. Keys of the
 * stream `params` in that order of layers, kernel before bias, `query_ln` and `key_ln` before `out`; then with a
 * dropout rate one of the stream `dropout`, for the layer's own.
 *
 * Decoding: after `initCache`, `decode: true` takes one token a call, appends its key and value to `cached_key` and
 * `cached_value` at `cache_index` and attends to all that are there. Each output has the bits of that row of a causal
 * call on the whole sequence. Two things are not Flax's, which does both by oversight: `isCausal` leaves decoding as it
 * is (there it hides all but the first token), and a full cache is an error (there the last place is overwritten).
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/attention.py` (`MultiHeadAttention`).
 * @example
 * const layer = new nnx.MultiHeadAttention(2, 8, { decode: false, rngs: new nnx.Rngs(0) });
 * layer(jnp.ones([3, 5, 8]), { isCausal: true }).shape // => [3, 5, 8]
 */
export class MultiHeadAttention extends Module<Inputs, NDArray> {
  declare readonly numHeads: number;
  declare readonly inFeatures: number;
  declare readonly qkvFeatures: number;
  declare readonly outFeatures: number;
  declare readonly inKvFeatures: number;
  declare readonly numKvHeads: number;
  declare readonly headDim: number;
  declare readonly dtype: DType | undefined;
  declare readonly paramDtype: DType;
  declare readonly useBias: boolean;
  declare readonly normalizeQk: boolean;
  declare readonly query: LinearGeneral;
  declare readonly key: LinearGeneral;
  declare readonly value: LinearGeneral;
  declare readonly query_ln: LayerNorm | null;
  declare readonly key_ln: LayerNorm | null;
  declare readonly out: LinearGeneral;
  declare dropoutRate: number;
  declare broadcastDropout: boolean;
  declare deterministic: boolean | undefined;
  declare decode: boolean | undefined;
  declare attentionFn: AttentionFn;
  declare rngs: RngStream | null;
  /** [...batch, maxLength, kvHeads, width] float32; null before there is a cache. */
  declare cached_key: Cache | null;
  declare cached_value: Cache | null;
  /** [] int32: how many tokens there are. */
  declare cache_index: Cache | null;

  /**
   * @throws TypeError if `rngs` is missing or a size is not a number
   * @throws RangeError if a size is negative, or `numKvHeads` does not divide `numHeads`, or `numHeads` the width
   */
  constructor(options: MultiHeadAttentionOptions & { readonly numHeads: number; readonly inFeatures: number });
  constructor(numHeads: number, options: MultiHeadAttentionOptions & { readonly inFeatures: number });
  constructor(
    numHeads: number,
    inFeatures: number,
    qkvFeatures: number | null | undefined,
    ...rest: readonly (number | null | undefined | MultiHeadAttentionOptions)[]
  );
  constructor(numHeads: number, inFeatures: number, options: MultiHeadAttentionOptions);
  constructor(...args: readonly unknown[]) {
    const [numHeads, inFeatures, options] = layerArguments<[number, number, MultiHeadAttentionOptions]>(
      args,
      2,
      "nnx.MultiHeadAttention numHeads inFeatures | qkvFeatures outFeatures numKvHeads inKvFeatures * " +
        "broadcastDropout:b dropoutRate deterministic:b decode:b normalizeQk:b outKernelInit:f outBiasInit:f " +
        "attentionFn:f keepRngs:b qkvPromoteDtype:f outPromoteDtype:f outKernelMetadata outBiasMetadata " +
        "queryLnScaleMetadata keyLnScaleMetadata " +
        KERNEL,
    );
    super();
    const rngs = rngsOf(options, "MultiHeadAttention");
    const { dtype, paramDtype = "float32", useBias = true, normalizeQk = false } = options;
    const { dropoutRate = 0, keepRngs = true } = options;
    const { kernelInit = defaultKernelInit, biasInit = defaultBiasInit, kernelMetadata, biasMetadata } = options;
    Object.assign(this, sizesOf(numHeads, inFeatures, options));
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.useBias = useBias;
    this.normalizeQk = normalizeQk;
    this.dropoutRate = toDropoutRate(dropoutRate, 'nnx.MultiHeadAttention: "dropoutRate"');
    this.broadcastDropout = options.broadcastDropout ?? true;
    this.deterministic = options.deterministic;
    this.decode = options.decode;
    this.attentionFn = options.attentionFn ?? dotProductAttention;

    const weights = { dtype, paramDtype, useBias, kernelInit, biasInit, kernelMetadata, biasMetadata, rngs };
    const projection = { ...weights, promoteDtype: options.qkvPromoteDtype };
    this.query = new LinearGeneral(this.inFeatures, [this.numHeads, this.headDim], projection);
    this.key = new LinearGeneral(this.inKvFeatures, [this.numKvHeads, this.headDim], projection);
    this.value = new LinearGeneral(this.inKvFeatures, [this.numKvHeads, this.headDim], projection);
    const { queryLnScaleMetadata = {}, keyLnScaleMetadata = {} } = options;
    const norm = { useBias: false, dtype, paramDtype, rngs };
    this.query_ln = normalizeQk ? new LayerNorm(this.headDim, { ...norm, scaleMetadata: queryLnScaleMetadata }) : null;
    this.key_ln = normalizeQk ? new LayerNorm(this.headDim, { ...norm, scaleMetadata: keyLnScaleMetadata }) : null;
    this.out = new LinearGeneral([this.numHeads, this.headDim], this.outFeatures, {
      ...weights,
      axis: [-2, -1],
      kernelInit: options.outKernelInit ?? kernelInit,
      biasInit: options.outBiasInit ?? biasInit,
      kernelMetadata: options.outKernelMetadata ?? kernelMetadata,
      biasMetadata: options.outBiasMetadata ?? biasMetadata,
      promoteDtype: options.outPromoteDtype,
    });
    this.rngs = keepRngs && this.dropoutRate > 0 ? rngs.dropout.fork() : null;
    this.cached_key = null;
    this.cached_value = null;
    this.cache_index = null;
  }

  /** A Sequential passes `{ rngs }` on to it. */
  get acceptsRngs(): boolean {
    return true;
  }

  /**
   * @param inputs `inputsQ` [..., queries, inFeatures]; `inputsK` [..., keys, inKvFeatures], default `inputsQ`;
   * `inputsV` [..., keys, inKvFeatures], default `inputsK`; then the options of the call
   * @returns [..., queries, outFeatures]
   * @throws ShapeError naming both shapes if widths differ, or decoding if it is not one token a call
   * @throws TypeError if `decode` was not said, or with a dropout rate `deterministic` or where to draw; if there is no
   * cache to decode with; RangeError if the cache is full
   */
  override __call__(...inputs: Inputs): NDArray {
    const { inputsQ, inputsK, inputsV, call } = parseInputs(inputs);
    if (inputsQ.shape.at(-1) !== this.inFeatures) throw widthError(inputsQ, this.inFeatures);
    const decode = call.decode ?? this.decode;
    if (decode === undefined) throw noDecodeError();
    const dropout = dropoutOf(this, call);
    const isSelfAttention = inputsK === inputsQ && inputsV === inputsQ;
    if (decode && isSelfAttention && isPlainCall(this, call)) {
      const result = fastDecode(this, inputsQ);
      if (result !== undefined) return result;
    }
    const query = normalized(this.query(inputsQ), this.query_ln);
    const key = normalized(this.key(inputsK), this.key_ln);
    const value = this.value(inputsV);
    return this.out(
      decode
        ? attendToCache(this, query, key, value, call, dropout)
        : this.attentionFn(query, key, value, optionsOf(this, call, dropout)),
    );
  }

  /**
   * Makes an empty cache for decoding, in place of one there may be.
   *
   * @param inputShape of the whole input, [...batch, maxLength, features]
   * @throws TypeError if `dtype` is not float32, the only one there is for a cache
   * @example
   * const layer = new nnx.MultiHeadAttention(2, 8, { decode: true, rngs: new nnx.Rngs(0) });
   * layer.initCache([3, 10, 8]);
   * layer(jnp.ones([3, 1, 8])).shape // => [3, 1, 8]
   * layer.cache_index.get().item() // => 1
   */
  initCache(inputShape: readonly number[], dtype: DType = "float32"): void {
    if (!isDType(dtype) || dtype !== "float32")
      throw new TypeError(`nnx.MultiHeadAttention.initCache: "dtype" expected float32, got ${describe(dtype)}`);
    const shape = toShape(inputShape, 'nnx.MultiHeadAttention.initCache: "inputShape"');
    if (shape.length < 2)
      throw new ShapeError(
        'nnx.MultiHeadAttention.initCache: "inputShape" expected [...batch, maxLength, features], got ' +
          `${formatShape(shape)}`,
      );
    const cache = [...shape.slice(0, -1), this.numKvHeads, this.headDim];
    this.cached_key = new Cache(zeros(cache));
    this.cached_value = new Cache(zeros(cache));
    this.cache_index = new Cache(zeros([], "int32"));
  }

  /**
   * What `nnx.view` calls: takes over the flags it knows. `decode: true` with `batchSize` and `maxLength` makes the
   * cache where there is none (Flax means to, but never does).
   *
   * @returns the names it took
   * @throws TypeError if only one of `batchSize` and `maxLength` is given where the cache is to be made
   */
  setView(options: MultiHeadAttentionView): readonly string[] {
    const { deterministic, decode, batchSize, maxLength, rngs } = options;
    if (deterministic !== undefined) this.deterministic = deterministic;
    if (decode !== undefined) this.decode = decode;
    if (rngs !== undefined) this.rngs = streamOf(rngs).fork();
    const isCacheWanted = batchSize !== undefined || maxLength !== undefined;
    if (decode === true && this.cached_key === null && isCacheWanted)
      this.initCache(cacheShape(batchSize, maxLength, this.inFeatures));
    return VIEW_FLAGS.filter((name) => options[name] !== undefined);
  }
}

type Sizes = Pick<
  MultiHeadAttention,
  "numHeads" | "inFeatures" | "qkvFeatures" | "outFeatures" | "inKvFeatures" | "numKvHeads" | "headDim"
>;

/** @throws TypeError, RangeError as the constructor */
function sizesOf(heads: number, width: number, options: MultiHeadAttentionOptions): Sizes {
  const numHeads = count(heads, "numHeads");
  const inFeatures = size(width, "inFeatures");
  const qkvFeatures = size(options.qkvFeatures ?? inFeatures, "qkvFeatures");
  const outFeatures = size(options.outFeatures ?? inFeatures, "outFeatures");
  const inKvFeatures = size(options.inKvFeatures ?? inFeatures, "inKvFeatures");
  const numKvHeads = count(options.numKvHeads ?? numHeads, "numKvHeads");
  if (numHeads % numKvHeads !== 0)
    throw new RangeError(
      `nnx.MultiHeadAttention: "numKvHeads" expected a divisor of numHeads, ${numHeads}, got ${numKvHeads}`,
    );
  if (qkvFeatures % numHeads !== 0)
    throw new RangeError(
      `nnx.MultiHeadAttention: "qkvFeatures" expected a multiple of numHeads, ${numHeads}, got ${qkvFeatures}`,
    );
  const headDim = qkvFeatures / numHeads;
  return { numHeads, inFeatures, qkvFeatures, outFeatures, inKvFeatures, numKvHeads, headDim };
}

function size(x: unknown, name: string): number {
  return toSize(x, `nnx.MultiHeadAttention: "${name}"`);
}

function count(x: unknown, name: string): number {
  const n = int(x, `nnx.MultiHeadAttention: "${name}"`);
  if (n < 1) throw new RangeError(`nnx.MultiHeadAttention: "${name}" expected at least 1, got ${describe(x)}`);
  return n;
}

/** The shape of the whole input, for `initCache`. */
function cacheShape(
  batchSize: MultiHeadAttentionView["batchSize"],
  maxLength: number | undefined,
  inFeatures: number,
): readonly number[] {
  if (batchSize === undefined || maxLength === undefined)
    throw new TypeError(
      `nnx.MultiHeadAttention.setView: "${batchSize === undefined ? "batchSize" : "maxLength"}" expected a ` +
        "size, since the cache is to be made, got undefined",
    );
  return [...(typeof batchSize === "number" ? [batchSize] : batchSize), maxLength, inFeatures];
}

/** Whether a call is no more than attention: there is no mask, dropout, sowing or other `attentionFn`. */
function isPlainCall(layer: MultiHeadAttention, { mask, sowWeights = false }: MultiHeadAttentionCall): boolean {
  return (
    layer.attentionFn === dotProductAttention &&
    layer.dropoutRate === 0 &&
    !sowWeights &&
    (mask === undefined || mask === null)
  );
}

function normalized(x: NDArray, norm: LayerNorm | null): NDArray {
  return norm === null ? x : norm(x);
}

function widthError({ shape }: NDArray, inFeatures: number): ShapeError {
  return new ShapeError(
    `nnx.MultiHeadAttention: "inputsQ" expected shape [..., length, ${inFeatures}], got ${formatShape(shape)}`,
  );
}

function noDecodeError(): TypeError {
  return new TypeError(
    'nnx.MultiHeadAttention: "decode" expected true or false, here or in the constructor, got undefined.\n' +
      "  right: new nnx.MultiHeadAttention(heads, features, { decode: false, rngs })",
  );
}

/** Appends a token's key and value to the cache, and attends to all that it has then. */
function attendToCache(
  layer: MultiHeadAttention,
  query: NDArray,
  key: NDArray,
  value: NDArray,
  call: MultiHeadAttentionCall,
  dropout: DropoutOfCall,
): NDArray {
  const isPlain = isPlainCall(layer, call);
  // What attention would refuse is refused before the cache has a token more.
  if (isPlain) assertFit(query, key, value);
  const tokens = appendToken(layer, key, value);
  const [keys, values] = [layer.cached_key!.get(), layer.cached_value!.get()];
  if (isPlain && query.dtype === "float32") return attendToFirst(tokens, query, keys, values);
  const options = optionsOf(layer, call, dropout);
  const mask = combineMasks(call.mask, filledPlaces(keys.shape, tokens));
  return layer.attentionFn(query, keys, values, { ...options, isCausal: false, mask });
}

/** What `attentionFn` is called with, besides the arrays. */
function optionsOf(
  layer: MultiHeadAttention,
  { mask, sowWeights = false, isCausal = false }: MultiHeadAttentionCall,
  dropout: DropoutOfCall,
): AttentionOptions {
  return {
    mask,
    dropoutRng: dropout.stream?.(),
    dropoutRate: layer.dropoutRate,
    broadcastDropout: layer.broadcastDropout,
    deterministic: dropout.deterministic,
    dtype: layer.dtype,
    module: sowWeights ? layer : undefined,
    isCausal,
  };
}

/** Whether there is dropout, and the stream it draws from. */
interface DropoutOfCall {
  readonly deterministic: boolean;
  readonly stream?: RngStream;
}

function dropoutOf(layer: MultiHeadAttention, call: MultiHeadAttentionCall): DropoutOfCall {
  if (layer.dropoutRate === 0) return { deterministic: true };
  const deterministic = call.deterministic ?? layer.deterministic;
  if (deterministic === undefined)
    throw new TypeError(
      'nnx.MultiHeadAttention: "deterministic" expected true or false, here or in the constructor, since there is ' +
        "a dropout rate, got undefined. model.train() and model.eval() set it",
    );
  if (deterministic) return { deterministic };
  const stream = call.rngs === undefined ? layer.rngs : streamOf(call.rngs);
  if (stream === null)
    throw new TypeError(
      'nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs at the call, since the layer keeps none (keepRngs: ' +
        "false), got undefined",
    );
  return { deterministic, stream };
}
