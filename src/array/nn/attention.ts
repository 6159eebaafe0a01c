import type { ArrayLike, AttentionInputs, AttentionParameters } from "../../data/index.ts";
import { attentionData, attentionWeightsData } from "../../data/index.ts";
import type { Operation } from "../apply.ts";
import { apply } from "../apply.ts";
import type { NDArray } from "../ndarray.ts";
import { dataOf, optionalDataOf } from "./inputs.ts";
import { readData, writesOf } from "./rowstore.ts";

/** Arrays for each score of an attention: they broadcast to [..., heads, queries, keys]. */
export interface Overlays {
  /** Added to the scores. */
  readonly bias?: ArrayLike | undefined;
  /** Scores are kept where it is not zero. */
  readonly mask?: ArrayLike | undefined;
  /** The weights are multiplied by it before they are by the values. */
  readonly multiplier?: ArrayLike | undefined;
}

/** What `attention` computes. */
export const ATTENTION: Operation<AttentionParameters, AttentionInputs> = { name: "attention", forward: attentionData };

/** The weights that `attention` uses. */
export const ATTENTION_WEIGHTS: Operation<AttentionParameters, AttentionInputs> = {
  name: "attentionWeights",
  forward: attentionWeightsData,
};

/**
 * For each head the softmax of query times key, times the values. All float32, and shapes fit.
 *
 * @param query [..., queries, heads, width]
 * @param key [..., keys, kvHeads, width]
 * @param value [..., keys, kvHeads, valueWidth]
 * @returns [..., queries, heads, valueWidth]
 * @throws ShapeError if an overlay does not broadcast
 */
export function attention(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  overlays: Overlays,
  parameters: AttentionParameters,
): NDArray {
  const { bias, mask, multiplier } = overlays;
  return apply(
    ATTENTION,
    parameters,
    dataOf(query),
    dataOf(key),
    dataOf(value),
    optionalDataOf(bias),
    optionalDataOf(mask),
    optionalDataOf(multiplier),
  );
}

/** Like `attention`, with the weights, [..., heads, queries, keys]: both are made by one call of the kernel. */
export function attentionWithWeights(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  overlays: Overlays,
  parameters: AttentionParameters,
): [result: NDArray, weights: NDArray] {
  const { bias, mask, multiplier } = overlays;
  const arrays = [optionalDataOf(bias), optionalDataOf(mask), optionalDataOf(multiplier)] as const;
  const inputs = [dataOf(query), dataOf(key), dataOf(value), ...arrays] as const;
  const keeping: AttentionParameters = { ...parameters, made: { weights: undefined } };
  const result = apply(ATTENTION, keeping, ...inputs);
  return [result, apply(ATTENTION_WEIGHTS, keeping, ...inputs)];
}

/**
 * Like `attention`, to the first `keys` of a cache that has room for more, which `withRow` writes: what a mask over the
 * rest would give, without looking at it.
 */
export function attentionToFirst(
  keys: number,
  query: ArrayLike,
  key: NDArray,
  value: NDArray,
  parameters: AttentionParameters,
): NDArray {
  const { scale, masked } = parameters;
  const reading = { scale, masked, keys, keyWrites: writesOf(key), valueWrites: writesOf(value) };
  return apply(ATTENTION, reading, dataOf(query), readData(key), readData(value), undefined, undefined, undefined);
}
