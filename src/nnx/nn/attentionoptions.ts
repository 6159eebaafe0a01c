import type { ArrayLike, NDArray } from "../../array/index.ts";
import { asarray } from "../../array/index.ts";
import { describe, hasBrand, ordered } from "../../base/index.ts";
import type { Rngs } from "../streams/rngs.ts";
import type { RngStream } from "../streams/rngstream.ts";
import type { Metadata } from "../variables/variable.ts";
import type { AttentionOptions } from "./attention.ts";
import type { KernelOptions, PromoteDtype, WeightInitializer } from "./options.ts";

/** `dotProductAttention`, or a function that stands in for it. */
export type AttentionFn = (query: NDArray, key: NDArray, value: NDArray, options: AttentionOptions) => NDArray;

/** What `MultiHeadAttention` takes besides heads and width; kernel and bias are those of query, key and value. */
export interface MultiHeadAttentionOptions
  extends Omit<KernelOptions, "promoteDtype">, Pick<AttentionOptions, "broadcastDropout" | "dropoutRate"> {
  /** The width of all heads of the query together. Default `inFeatures`. */
  readonly qkvFeatures?: number | undefined;
  /** Default `inFeatures`. */
  readonly outFeatures?: number | undefined;
  /** Heads of key and value. Default `numHeads`. Fewer, and several heads of the query share one. */
  readonly numKvHeads?: number | undefined;
  /** The width of the inputs of key and value. Default `inFeatures`. */
  readonly inKvFeatures?: number | undefined;
  /** true: no dropout. Needed here or at the call where there is a dropout rate. */
  readonly deterministic?: boolean | undefined;
  /** Whether to attend to a cache, one token a call. Needed here or at the call. */
  readonly decode?: boolean | undefined;
  /** Whether query and key are normalised before they meet, by a LayerNorm without bias each. Default false. */
  readonly normalizeQk?: boolean;
  /** Default `kernelInit`. */
  readonly outKernelInit?: WeightInitializer | undefined;
  /** Default `biasInit`. */
  readonly outBiasInit?: WeightInitializer | undefined;
  readonly attentionFn?: AttentionFn;
  /** Whether a layer with a dropout rate has a stream of its own, forked from the Rngs. Default true. */
  readonly keepRngs?: boolean;
  readonly qkvPromoteDtype?: PromoteDtype | undefined;
  readonly outPromoteDtype?: PromoteDtype | undefined;
  /** Default `kernelMetadata`. */
  readonly outKernelMetadata?: Metadata | undefined;
  /** Default `biasMetadata`. */
  readonly outBiasMetadata?: Metadata | undefined;
  readonly queryLnScaleMetadata?: Metadata | undefined;
  readonly keyLnScaleMetadata?: Metadata | undefined;
}

/** What a MultiHeadAttention's call takes besides the inputs. */
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
/** What a `MultiHeadAttention` is called with: up to three arrays, then options. */
export type Inputs =
  | [inputsQ: ArrayLike, call?: MultiHeadAttentionCall]
  | [inputsQ: ArrayLike, inputsK: Input, call?: MultiHeadAttentionCall]
  | [inputsQ: ArrayLike, inputsK: Input, inputsV: Input, call?: MultiHeadAttentionCall];

export interface ParsedInputs {
  readonly inputsQ: NDArray;
  readonly inputsK: NDArray;
  readonly inputsV: NDArray;
  readonly call: MultiHeadAttentionCall;
}

/** Up to three arrays, then options. */
export function parseInputs(inputs: Inputs): ParsedInputs {
  // Self-attention with options is in order, because decoding makes that call for every token.
  const args = ordered<(...inputs: ParsedCall) => void>(inputs as never, 1, CALL) ?? (inputs as unknown as ParsedCall);
  const [q, call = {}] = args;
  const { inputsK: k, inputsV: v } = call;
  if ((k === undefined || k === null) && v !== undefined && v !== null) {
    throw new TypeError(
      'nnx.MultiHeadAttention: "inputsK" expected an array, since "inputsV" is given, got none. For keys and ' +
        'values of one input pass it as "inputsK" alone',
    );
  }
  const inputsQ = asarray(q);
  const inputsK = k === undefined || k === null ? inputsQ : asarray(k);
  return { inputsQ, inputsK, inputsV: v === undefined || v === null ? inputsK : asarray(v), call };
}

type ParsedCall = [
  inputsQ: ArrayLike,
  call?: MultiHeadAttentionCall & { readonly inputsK?: Input; readonly inputsV?: Input },
];

const CALL =
  "nnx.MultiHeadAttention inputsQ | inputsK inputsV * mask deterministic:b rngs sowWeights:b decode:b isCausal:b";

/** The stream that dropout draws from. */
export function streamOf(rngs: Rngs | RngStream): RngStream {
  if (hasBrand(rngs, "Rngs")) return (rngs as Rngs).dropout;
  if (hasBrand(rngs, "RngStream")) return rngs as RngStream;
  throw new TypeError(`nnx.MultiHeadAttention: "rngs" expected an nnx.Rngs or a stream, got ${describe(rngs)}`);
}
