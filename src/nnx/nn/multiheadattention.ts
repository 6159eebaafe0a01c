import type { ArrayLike, DType, NDArray, Shape } from "../../array/index.ts";
import { asarray, formatShape, isDType, sameShape, toDense, toShape, withRow, zeros } from "../../array/index.ts";
import { describe, hasBrand, int, ShapeError, toSize } from "../../base/index.ts";
import { Module } from "../module.ts";
import type { Rngs } from "../rngs.ts";
import type { RngStream } from "../rngstream.ts";
import type { Metadata } from "../variable.ts";
import { Cache } from "../variables.ts";
import type { AttentionOptions, Sower } from "./attention.ts";
import { attendToFirst, dotProductAttention } from "./attention.ts";
import { combineMasks } from "./attentionmasks.ts";
import { LayerNorm } from "./layernorm.ts";
import { LinearGeneral } from "./lineargeneral.ts";
import type { LayerOptions, PromoteDtype, WeightInitializer } from "./options.ts";
import { defaultBiasInit, defaultKernelInit, rngsOf } from "./options.ts";

/** `dotProductAttention`, or a function that stands in for it. */
export type AttentionFn = (query: NDArray, key: NDArray, value: NDArray, options: AttentionOptions) => NDArray;

/** Options of `MultiHeadAttention`. */
export interface MultiHeadAttentionOptions extends Omit<LayerOptions, "promoteDtype"> {
  /** The width of all heads of the query together; default `inFeatures`. */
  readonly qkvFeatures?: number | undefined;
  /** Default `inFeatures`. */
  readonly outFeatures?: number | undefined;
  /** Heads of key and value; default `numHeads`. Fewer, and several heads of the query share one. */
  readonly numKvHeads?: number | undefined;
  /** The width of the inputs of key and value; default `inFeatures`. */
  readonly inKvFeatures?: number | undefined;
  /** The share of weights that dropout takes away, default 0. */
  readonly dropoutRate?: number;
  /** true (default): one dropout mask for all batches and heads. */
  readonly broadcastDropout?: boolean;
  /** true: no dropout. To be said here or at the call where there is a dropout rate. */
  readonly deterministic?: boolean | undefined;
  /** Whether to attend to a cache, one token a call. To be said here or at the call. */
  readonly decode?: boolean | undefined;
  /** Whether the projections have biases, default true. */
  readonly useBias?: boolean;
  /** Whether query and key are normalised before they meet, by a LayerNorm without bias each. */
  readonly normalizeQk?: boolean;
  readonly kernelInit?: WeightInitializer | undefined;
  readonly biasInit?: WeightInitializer | undefined;
  /** Default `kernelInit`. */
  readonly outKernelInit?: WeightInitializer | undefined;
  /** Default `biasInit`. */
  readonly outBiasInit?: WeightInitializer | undefined;
  readonly attentionFn?: AttentionFn;
  /** Whether the layer has a dropout stream of its own, forked from the Rngs, if there is a dropout rate; default true. */
  readonly keepRngs?: boolean;
  readonly qkvPromoteDtype?: PromoteDtype | undefined;
  readonly outPromoteDtype?: PromoteDtype | undefined;
  readonly kernelMetadata?: Metadata | undefined;
  readonly biasMetadata?: Metadata | undefined;
  readonly outKernelMetadata?: Metadata | undefined;
  readonly outBiasMetadata?: Metadata | undefined;
  readonly queryLnScaleMetadata?: Metadata | undefined;
  readonly keyLnScaleMetadata?: Metadata | undefined;
}

/** What a call of a `MultiHeadAttention` takes beside its inputs. */
export interface MultiHeadAttentionCall {
  /** Broadcasts to [..., heads, queries, keys]; weights are masked out where it is zero. */
  readonly mask?: ArrayLike | null | undefined;
  readonly deterministic?: boolean | undefined;
  /** Where dropout draws, in place of the layer's own stream. */
  readonly rngs?: Rngs | RngStream | undefined;
  /** Whether to sow the weights as the Intermediate `attention_weights`. */
  readonly sowWeights?: boolean;
  readonly decode?: boolean | undefined;
  /** Query t sees the keys up to t only. While decoding that is so anyway. */
  readonly isCausal?: boolean;
}

/** What `nnx.view` may change of a `MultiHeadAttention`. */
export interface MultiHeadAttentionView {
  readonly deterministic?: boolean | undefined;
  readonly decode?: boolean | undefined;
  /** With `maxLength`: makes the cache that decoding needs, where there is none. */
  readonly batchSize?: number | readonly number[] | undefined;
  readonly maxLength?: number | undefined;
  /** Gives the layer a dropout stream of its own, forked from these. */
  readonly rngs?: Rngs | RngStream | undefined;
}

type Input = ArrayLike | null | undefined;
type Inputs = [inputsQ: ArrayLike, call?: MultiHeadAttentionCall] | [inputsQ: ArrayLike, inputsK: Input, call?: MultiHeadAttentionCall] | [inputsQ: ArrayLike, inputsK: Input, inputsV: Input, call?: MultiHeadAttentionCall];

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
   * @throws TypeError if `rngs` is missing or a size is no number
   * @throws RangeError if a size is negative, or `numKvHeads` does not divide `numHeads`, or `numHeads` the width
   */
  constructor(numHeads: number, inFeatures: number, options: MultiHeadAttentionOptions) {
    super();
    const rngs = rngsOf(options, "MultiHeadAttention");
    const { dtype, paramDtype = "float32", useBias = true, normalizeQk = false, dropoutRate = 0, keepRngs = true } = options;
    const { kernelInit = defaultKernelInit, biasInit = defaultBiasInit, kernelMetadata, biasMetadata } = options;
    this.numHeads = count(numHeads, "numHeads");
    this.inFeatures = size(inFeatures, "inFeatures");
    this.qkvFeatures = size(options.qkvFeatures ?? this.inFeatures, "qkvFeatures");
    this.outFeatures = size(options.outFeatures ?? this.inFeatures, "outFeatures");
    this.inKvFeatures = size(options.inKvFeatures ?? this.inFeatures, "inKvFeatures");
    this.numKvHeads = count(options.numKvHeads ?? this.numHeads, "numKvHeads");
    if (this.numHeads % this.numKvHeads !== 0) throw new RangeError(`nnx.MultiHeadAttention: "numKvHeads" expected a divisor of numHeads, ${this.numHeads}, got ${this.numKvHeads}`);
    if (this.qkvFeatures % this.numHeads !== 0) throw new RangeError(`nnx.MultiHeadAttention: "qkvFeatures" expected a multiple of numHeads, ${this.numHeads}, got ${this.qkvFeatures}`);
    this.headDim = this.qkvFeatures / this.numHeads;
    this.dtype = dtype;
    this.paramDtype = paramDtype;
    this.useBias = useBias;
    this.normalizeQk = normalizeQk;
    this.dropoutRate = rate(dropoutRate);
    this.broadcastDropout = options.broadcastDropout ?? true;
    this.deterministic = options.deterministic;
    this.decode = options.decode;
    this.attentionFn = options.attentionFn ?? dotProductAttention;

    const projection = { dtype, paramDtype, useBias, kernelInit, biasInit, kernelMetadata, biasMetadata, rngs, promoteDtype: options.qkvPromoteDtype };
    this.query = new LinearGeneral(this.inFeatures, [this.numHeads, this.headDim], projection);
    this.key = new LinearGeneral(this.inKvFeatures, [this.numKvHeads, this.headDim], projection);
    this.value = new LinearGeneral(this.inKvFeatures, [this.numKvHeads, this.headDim], projection);
    const { queryLnScaleMetadata = {}, keyLnScaleMetadata = {} } = options;
    const norm = { useBias: false, dtype, paramDtype, rngs };
    this.query_ln = normalizeQk ? new LayerNorm(this.headDim, { ...norm, scaleMetadata: queryLnScaleMetadata }) : null;
    this.key_ln = normalizeQk ? new LayerNorm(this.headDim, { ...norm, scaleMetadata: keyLnScaleMetadata }) : null;
    this.out = new LinearGeneral([this.numHeads, this.headDim], this.outFeatures, {
      ...projection,
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

  /**
   * @param inputs `inputsQ` [..., queries, inFeatures]; `inputsK` [..., keys, inKvFeatures], default `inputsQ`;
   * `inputsV`, likewise, default `inputsK`; then the options of the call
   * @returns [..., queries, outFeatures]
   * @throws ShapeError naming both shapes if widths differ, or decoding if it is not one token a call
   * @throws TypeError if `decode` was not said, or with a dropout rate `deterministic` or where to draw; if there is no
   * cache to decode with; RangeError if the cache is full
   */
  override __call__(...inputs: Inputs): NDArray {
    const { inputsQ, inputsK, inputsV, call } = parse(inputs);
    const width = inputsQ.shape.at(-1);
    if (width !== this.inFeatures) throw new ShapeError(`nnx.MultiHeadAttention: "inputsQ" expected shape [..., length, ${this.inFeatures}], got ${formatShape(inputsQ.shape)}`);
    const decode = call.decode ?? this.decode;
    if (decode === undefined) throw new TypeError("nnx.MultiHeadAttention: \"decode\" expected true or false, here or in the constructor, got undefined.\n  right: new nnx.MultiHeadAttention(heads, features, { decode: false, rngs })");
    const dropout = this.#dropout(call);
    let query = this.query(inputsQ);
    let key = this.key(inputsK);
    let value = this.value(inputsV);
    if (this.query_ln !== null && this.key_ln !== null) {
      query = this.query_ln(query);
      key = this.key_ln(key);
    }
    const tokens = decode ? this.#append(key, value) : undefined;
    const { mask, sowWeights = false, isCausal = false } = call;
    const options: AttentionOptions = {
      mask,
      dropoutRng: dropout.stream?.(),
      dropoutRate: this.dropoutRate,
      broadcastDropout: this.broadcastDropout,
      deterministic: dropout.deterministic,
      dtype: this.dtype,
      module: sowWeights ? (this as unknown as Sower) : undefined,
      isCausal,
    };
    if (tokens === undefined) return this.out(this.attentionFn(query, key, value, options));

    key = this.cached_key!.get();
    value = this.cached_value!.get();
    const plain = this.attentionFn === dotProductAttention && this.dropoutRate === 0 && !sowWeights && (mask === undefined || mask === null);
    if (plain && query.dtype === "float32") return this.out(attendToFirst(tokens, query, key, value));
    return this.out(this.attentionFn(query, key, value, { ...options, isCausal: false, mask: combineMasks(mask, filled(key.shape, tokens)) }));
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
    if (!isDType(dtype) || dtype !== "float32") throw new TypeError(`nnx.MultiHeadAttention.initCache: "dtype" expected float32, got ${describe(dtype)}`);
    const shape = toShape(inputShape, 'nnx.MultiHeadAttention.initCache: "inputShape"');
    if (shape.length < 2) throw new ShapeError(`nnx.MultiHeadAttention.initCache: "inputShape" expected [...batch, maxLength, features], got ${formatShape(shape)}`);
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
    if (decode === true && this.cached_key === null && (batchSize !== undefined || maxLength !== undefined)) {
      if (batchSize === undefined || maxLength === undefined) {
        throw new TypeError(`nnx.MultiHeadAttention.setView: "${batchSize === undefined ? "batchSize" : "maxLength"}" expected a size, since the cache is to be made, got undefined`);
      }
      this.initCache([...(typeof batchSize === "number" ? [batchSize] : batchSize), maxLength, this.inFeatures]);
    }
    return VIEW_FLAGS.filter((name) => options[name] !== undefined);
  }

  /** Whether there is dropout, and the stream it draws from. */
  #dropout(call: MultiHeadAttentionCall): { readonly deterministic: boolean; readonly stream?: RngStream } {
    if (this.dropoutRate === 0) return { deterministic: true };
    const deterministic = call.deterministic ?? this.deterministic;
    if (deterministic === undefined) throw new TypeError('nnx.MultiHeadAttention: "deterministic" expected true or false, here or in the constructor, since there is a dropout rate, got undefined. model.train() and model.eval() set it');
    if (deterministic) return { deterministic };
    const stream = call.rngs === undefined ? this.rngs : streamOf(call.rngs);
    if (stream === null) throw new TypeError('nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs at the call, since the layer keeps none (keepRngs: false), got undefined');
    return { deterministic, stream };
  }

  /** Puts the key and value of one token into the cache; how many there are then. */
  #append(key: NDArray, value: NDArray): number {
    const { cached_key, cached_value, cache_index } = this;
    if (cached_key === null || cached_value === null || cache_index === null) throw new TypeError("nnx.MultiHeadAttention: decoding expected a cache, got none. Call initCache(inputShape) first");
    const cache = cached_key.get();
    const expected = [...cache.shape.slice(0, -3), 1, ...cache.shape.slice(-2)];
    if (!sameShape(key.shape, expected) || !sameShape(value.shape, expected)) throw new ShapeError(`nnx.MultiHeadAttention: decoding expected one token with the cache's batch, keys ${formatShape(expected)}, got ${formatShape(key.shape)}`);
    const index = cache_index.get().item();
    const capacity = cache.shape.at(-3)!;
    if (index < 0 || index >= capacity) throw new RangeError(`nnx.MultiHeadAttention: decoding expected room in the cache, got token ${index + 1} for ${capacity} places. initCache makes a new one`);
    cached_key.setValue(withRow(cache, index, elements(key)));
    cached_value.setValue(withRow(cached_value.get(), index, elements(value)));
    cache_index.setValue(asarray(Int32Array.of(index + 1)).reshape([]));
    return index + 1;
  }
}

/** 1 for the places of a cache that hold a token: [...1, 1, 1, capacity]. */
function filled(cache: Shape, tokens: number): NDArray {
  const capacity = cache.at(-3)!;
  const places = asarray(Uint8Array.from({ length: capacity }, (_, i) => (i < tokens ? 1 : 0)));
  return places.reshape([...cache.slice(0, -3).map(() => 1), 1, 1, capacity]);
}

function elements(x: NDArray): Float32Array {
  return toDense(x.astype("float32"), "cache").storage.data as Float32Array;
}

function streamOf(rngs: Rngs | RngStream): RngStream {
  if (hasBrand(rngs, "Rngs")) return (rngs as Rngs).dropout;
  if (hasBrand(rngs, "RngStream")) return rngs as RngStream;
  throw new TypeError(`nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs or a stream, got ${describe(rngs)}`);
}

interface ParsedInputs {
  readonly inputsQ: NDArray;
  readonly inputsK: NDArray;
  readonly inputsV: NDArray;
  readonly call: MultiHeadAttentionCall;
}

/** Up to three arrays, then options if the last is a plain object. */
function parse(inputs: Inputs): ParsedInputs {
  const last = inputs.at(-1);
  const call = isCall(last) ? last : {};
  const [q, k, v] = (isCall(last) ? inputs.slice(0, -1) : inputs) as unknown as readonly [ArrayLike, Input?, Input?];
  if ((k === undefined || k === null) && v !== undefined && v !== null) {
    throw new TypeError('nnx.MultiHeadAttention: "inputsK" expected an array, since "inputsV" is given, got none. For keys and values of one input pass it as "inputsK" alone');
  }
  const inputsQ = asarray(q);
  const inputsK = k === undefined || k === null ? inputsQ : asarray(k);
  return { inputsQ, inputsK, inputsV: v === undefined || v === null ? inputsK : asarray(v), call };
}

function isCall(x: unknown): x is MultiHeadAttentionCall {
  return typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype;
}

function size(x: unknown, name: string): number {
  return toSize(x, `nnx.MultiHeadAttention: "${name}"`);
}

function count(x: unknown, name: string): number {
  const n = int(x, `nnx.MultiHeadAttention: "${name}"`);
  if (n < 1) throw new RangeError(`nnx.MultiHeadAttention: "${name}" expected at least 1, got ${describe(x)}`);
  return n;
}

function rate(x: unknown): number {
  if (typeof x !== "number") throw new TypeError(`nnx.MultiHeadAttention: "dropoutRate" expected a number, got ${describe(x)}`);
  if (!(x >= 0 && x <= 1)) throw new RangeError(`nnx.MultiHeadAttention: "dropoutRate" expected a number from 0 to 1, got ${x}`);
  return x;
}
