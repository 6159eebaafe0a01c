import type { Places } from "../../base/index.ts";
import type { ArrayLike, DType, NDArray } from "../../array/index.ts";
import {
  attention,
  attentionToFirst,
  attentionWithWeights,
  formatShape,
  sameShape,
  sqrt,
  viewArray,
} from "../../array/index.ts";
import { inOrder, ShapeError } from "../../base/index.ts";
import type { Key } from "../../random/index.ts";
import { bernoulli } from "../../random/index.ts";
import { Intermediate } from "../variables/kinds.ts";
import { toDropoutRate } from "./dropoutrate.ts";
import { promoteDtype } from "./dtypes.ts";

/** What `dotProductAttention`, or a function that stands in for it, takes besides query, key and value. */
export interface AttentionOptions {
  /** Added to the scaled scores; broadcasts to [..., heads, queries, keys]. */
  readonly bias?: ArrayLike | null | undefined;
  /** Scores are masked out where it is zero; broadcasts to [..., heads, queries, keys]. */
  readonly mask?: ArrayLike | null | undefined;
  /** true (default): one dropout mask [queries, keys] for all batches and heads. */
  readonly broadcastDropout?: boolean;
  readonly dropoutRng?: Key | null | undefined;
  /** The share of weights that dropout takes away, 0 (default) to 1. */
  readonly dropoutRate?: number;
  /** true: no dropout. */
  readonly deterministic?: boolean;
  /** The dtype of the computation: what the arrays promote to where it is not given. */
  readonly dtype?: DType | undefined;
  /** Receives the weights, `sow(nnx.Intermediate, "attention_weights", weights)`. */
  readonly module?: Sower | null | undefined;
  /** Query t sees the keys up to t only. */
  readonly isCausal?: boolean;
}

/** A module, as far as attention needs it. */
export interface Sower {
  sow(kind: typeof Intermediate, name: string, value: NDArray): unknown;
}

/** Masked scores: 0.7 of the lowest float32 on jax.nn's path, the lowest itself on the other. */
const LOWEST = -3.4028234663852886e38;
const MASKED = Math.fround(Math.fround(0.7) * LOWEST);

/**
 * Scaled dot-product attention: for each head the softmax of query times key over sqrt(width), times the values.
 * Heads of the query may share a key and value head (grouped attention): `heads` is a multiple of `kvHeads`.
 *
 * A score is summed over the width ascending, one accumulator, rounded as `config.products` says; the weights' sum is
 * in the order of every float32 sum here (16 partials); an output is summed over the keys ascending. A row has the same
 * bits whatever rows stand beside it. As in Flax there are two paths with different roundings: scores are scaled after
 * their sum, but with a dropout rate or a `module` the query is divided before. Narrower floats are computed with in
 * float32 and the result is rounded once.
 *
 * @param query [..., queries, heads, width]
 * @param key [..., keys, kvHeads, width]
 * @param value [..., keys, kvHeads, valueWidth]; valueWidth is width, as in JAX, unless there is a dropout rate or a
 * `module`
 * @returns [..., queries, heads, valueWidth]
 * @throws ShapeError if the shapes do not fit one another, or the bias or the mask does not broadcast
 * @throws RangeError if `dropoutRate` is not in 0 to 1; TypeError if dropout is to happen without `dropoutRng`
 *
 * Source: Flax 0.12.8 `flax/nnx/nn/attention.py` (`dot_product_attention`), JAX 0.10.2 `jax/_src/nn/functions.py`.
 * @example
 * const x = jnp.ones([5, 2, 4]);
 * nnx.dotProductAttention(x, x, x, { isCausal: true }).shape // => [5, 2, 4]
 */
export function dotProductAttention(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  ...places: Places<[bias: ArrayLike | null, mask: ArrayLike | null], AttentionOptions>
): NDArray;
export function dotProductAttention(): NDArray {
  return inOrder(
    dotProductAttentionOf,
    arguments,
    3,
    "nnx.dotProductAttention query key value | bias:x mask:x broadcastDropout:b dropoutRng:x dropoutRate " +
      "deterministic:b dtype:d precision:p module:x promoteDtype:f isCausal:b",
  );
}

function dotProductAttentionOf(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  options: AttentionOptions = {},
): NDArray {
  const { isCausal: causal = false, module, dtype } = options;
  const given = [
    viewArray(query, named("query")),
    viewArray(key, named("key")),
    viewArray(value, named("value")),
  ] as const;
  const promoted = promoteDtype(given, dtype);
  const [q, k, v] = promoted.map((x) => x.astype("float32")) as [NDArray, NDArray, NDArray];
  const [{ dtype: outDtype }] = promoted;
  const rate = toDropoutRate(options.dropoutRate ?? 0, named("dropoutRate"));
  assertFit(q, k, v);
  const overlays = { bias: overlay(options.bias, "bias"), mask: overlay(options.mask, "mask") };
  const width = q.shape.at(-1)!;
  const isPlain = rate === 0 && (module === undefined || module === null);
  if (isPlain) {
    if (v.shape.at(-1) !== width) throw mismatchError(WIDTHS, q, k, v);
    const { scale, masked } = plainScores(width);
    return attention(q, k, v, overlays, { scale, masked, causal }).astype(outDtype);
  }
  const multiplier = dropoutMultiplier(options, rate, q, k);
  const divided = q.div(sqrt(width));
  const parameters = { scale: 1, masked: LOWEST, causal };
  if (module === undefined || module === null)
    return attention(divided, k, v, { ...overlays, multiplier }, parameters).astype(outDtype);
  const [out, weights] = attentionWithWeights(divided, k, v, { ...overlays, multiplier }, parameters);
  module.sow(Intermediate, "attention_weights", weights.astype(outDtype));
  return out.astype(outDtype);
}

/**
 * Attention of one query to the first `keys` of a cache that has room for more: what a mask over the rest would give,
 * without looking at it. `query` [..., 1, heads, width], `key` and `value` [..., capacity, kvHeads, width], float32.
 */
export function attendToFirst(keys: number, query: NDArray, key: NDArray, value: NDArray): NDArray {
  return attentionToFirst(keys, query, key, value, plainScores(query.shape.at(-1)!));
}

/** How scores become weights on jax.nn's path. */
export function plainScores(width: number): { readonly scale: number; readonly masked: number } {
  return { scale: Math.fround(1 / Math.sqrt(width)), masked: MASKED };
}

const WIDTHS = "the width of value to be that of query and key (a dropout rate or a module lifts that)";

function named(argument: string): string {
  return `nnx.dotProductAttention: "${argument}"`;
}

/** [..., heads, queries, keys]: 0 where dropout takes a weight away, 1 / keep elsewhere. */
function dropoutMultiplier(
  { deterministic = false, broadcastDropout = true, dropoutRng }: AttentionOptions,
  rate: number,
  query: NDArray,
  key: NDArray,
): NDArray | undefined {
  if (deterministic || rate === 0) return undefined;
  if (dropoutRng === undefined || dropoutRng === null) throw noDropoutRngError();
  const keep = 1 - rate;
  const batch = query.shape.slice(0, -3);
  const [queries, heads] = query.shape.slice(-3) as [number, number];
  const lead = broadcastDropout ? [...batch, heads].map(() => 1) : [...batch, heads];
  const shape = [...lead, queries, key.shape.at(-3)!];
  return bernoulli(dropoutRng, keep, shape).astype("float32").div(keep);
}

function noDropoutRngError(): TypeError {
  return new TypeError(
    'nnx.dotProductAttention: "dropoutRng" expected a key, since "dropoutRate" is above 0 and "deterministic" is not ' +
      "true. Pass random.key(seed), or deterministic: true",
  );
}

function overlay(x: ArrayLike | null | undefined, name: string): NDArray | undefined {
  return x === undefined || x === null ? undefined : viewArray(x, named(name));
}

/** @throws ShapeError if the shapes do not fit one another */
export function assertFit(query: NDArray, key: NDArray, value: NDArray): void {
  const rank = query.ndim;
  if (rank < 3 || key.ndim !== rank || value.ndim !== rank)
    throw mismatchError("one rank of at least 3, [..., length, heads, width]", query, key, value);
  const batch = query.shape.slice(0, -3);
  if (!sameShape(key.shape.slice(0, -3), batch) || !sameShape(value.shape.slice(0, -3), batch))
    throw mismatchError("the same batch axes", query, key, value);
  if (query.shape[rank - 1] !== key.shape[rank - 1])
    throw mismatchError("query and key of one width", query, key, value);
  if (key.shape[rank - 3] !== value.shape[rank - 3]) throw mismatchError("as many values as keys", query, key, value);
  const heads = query.shape[rank - 2]!;
  const kvHeads = key.shape[rank - 2]!;
  if (value.shape[rank - 2] !== kvHeads || (heads !== kvHeads && (kvHeads === 0 || heads % kvHeads !== 0))) {
    throw mismatchError("as many heads of value as of key, and a multiple of them of query", query, key, value);
  }
}

function mismatchError(expected: string, query: NDArray, key: NDArray, value: NDArray): ShapeError {
  return new ShapeError(
    `nnx.dotProductAttention: expected ${expected}, got query ${formatShape(query.shape)}, ` +
      `key ${formatShape(key.shape)}, value ${formatShape(value.shape)}`,
  );
}
