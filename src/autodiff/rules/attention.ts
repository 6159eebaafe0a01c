/** The rules of attention: by a kernel, whose own derivatives and that towards the multiplier go by its steps. */
import type { AttentionParameters, NDArray } from "../../array/index.ts";
import {
  ATTENTION,
  ATTENTION_WEIGHTS,
  concatenate,
  einsum,
  ones,
  repeat,
  reshape,
  softmax,
  sum,
  tril,
  where,
  zeros,
} from "../../array/index.ts";
import type { AttentionArrays } from "../operations/attentionback.ts";
import { ATTENTION_BACK, attentionBack } from "../operations/attentionback.ts";
import type { Rule, RuleEntry } from "../rule.ts";
import { expression, rule } from "../rule.ts";
import { unbroadcast } from "./broadcast.ts";

type Optional = NDArray | undefined;

/** The rules of this file. */
export function attentionRules(): readonly RuleEntry[] {
  const byParts = expression(
    ATTENTION,
    ({ parameters }, query, key, value, bias: Optional, mask: Optional, multiplier: Optional) => {
      const weights = weightsOf(parameters, query, key, bias, mask);
      const shares = multiplier === undefined ? weights : weights.mul(multiplier);
      return einsum("...hqk,...khd->...qhd", shares, forHeads(value, query, parameters));
    },
  );
  return [
    rule(ATTENTION, (ct, application, wanted, trace) => {
      const { parameters } = application;
      const arrays = application.inputs as unknown as AttentionArrays;
      const [toQuery, toKey, toValue, toBias, , toMultiplier] = wanted;
      if (toMultiplier === true) return (byParts[1] as unknown as Rule)(ct, application as never, wanted, trace);
      const back = attentionBack(parameters, ct, arrays, toBias === true);
      return [
        toQuery === true ? back("query") : undefined,
        toKey === true ? back("key") : undefined,
        toValue === true ? back("value") : undefined,
        toBias === true ? unbroadcast(back("scores"), arrays[3]!.shape) : undefined,
        undefined,
        undefined,
      ];
    }),
    expression(
      ATTENTION_BACK,
      ({ parameters }, ct, query, key, value, bias: Optional, mask: Optional, multiplier: Optional) => {
        const { attention, towards } = parameters;
        const weights = weightsOf(attention, query, key, bias, mask);
        const shares = multiplier === undefined ? weights : weights.mul(multiplier);
        if (towards === "value") return forKeys(einsum("...hqk,...qhd->...khd", shares, ct), value);
        const toShares = einsum("...qhd,...khd->...hqk", ct, forHeads(value, query, attention));
        const toWeights = multiplier === undefined ? toShares : toShares.mul(multiplier);
        const mean = sum(toWeights.mul(weights), -1, { keepdims: true });
        const toScores = visible(attention, weights.mul(toWeights.sub(mean)), mask, 0);
        if (towards === "scores") return toScores;
        const scaled = toScores.mul(attention.scale);
        return towards === "query"
          ? einsum("...hqk,...khd->...qhd", scaled, forHeads(key, query, attention))
          : forKeys(einsum("...hqk,...qhd->...khd", scaled, query), key);
      },
    ),
    expression(ATTENTION_WEIGHTS, ({ parameters }, query, key, _, bias: Optional, mask: Optional) =>
      weightsOf(parameters, query, key, bias, mask),
    ),
  ];
}

/** The softmax of the scores of each head. */
function weightsOf(
  parameters: AttentionParameters,
  query: NDArray,
  key: NDArray,
  bias: Optional,
  mask: Optional,
): NDArray {
  const { scale, masked } = parameters;
  const products = einsum("...qhd,...khd->...hqk", query.mul(scale), forHeads(key, query, parameters));
  const scores = bias === undefined ? products : products.add(bias);
  return softmax(visible(parameters, scores, mask, masked), [scores.ndim - 1]);
}

/** `x`, of the shape of the scores, with `masked` in place of those that are hidden. */
function visible({ causal = false }: AttentionParameters, x: NDArray, mask: Optional, masked: number): NDArray {
  const seen = mask === undefined ? x : where(mask, x, masked);
  return causal ? where(tril(ones(seen.shape.slice(-2), "bool")), seen, masked) : seen;
}

/** Keys or values [..., keys, kvHeads, width] with a head for each of the query's, those that are attended to. */
function forHeads(x: NDArray, query: NDArray, { keys }: AttentionParameters): NDArray {
  const [heads, kvHeads] = [query.shape.at(-2)!, x.shape.at(-2)!];
  const read = keys === undefined || keys === x.shape.at(-3) ? x : x.slice("...", `:${keys}`, ":", ":");
  return heads === kvHeads ? read : repeat(read, heads / kvHeads, x.ndim - 2);
}

/** Cotangents [..., keys, heads, width] as those of `x` [..., capacity, kvHeads, width]. */
function forKeys(ct: NDArray, x: NDArray): NDArray {
  const lead = ct.shape.slice(0, -2);
  const [capacity, kvHeads, width] = x.shape.slice(-3) as [number, number, number];
  const group = ct.shape.at(-2)! / kvHeads;
  const own = group === 1 ? ct : sum(reshape(ct, [...lead, kvHeads, group, width]), lead.length + 1);
  const missing = capacity - lead.at(-1)!;
  return missing === 0
    ? own
    : concatenate([own, zeros([...lead.slice(0, -1), missing, kvHeads, width])], lead.length - 1);
}
