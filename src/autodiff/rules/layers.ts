/** Rules of what layers compute in one: attention, embeddings, dropout. */
import type { AttentionParameters, NDArray } from "../../array/index.ts";
import {
  apply,
  ATTENTION,
  ATTENTION_WEIGHTS,
  COLUMNS,
  DATA,
  DROPOUT,
  dropout,
  einsum,
  EMBEDDING,
  ones,
  pad,
  repeat,
  SCATTER_ADD,
  softmax,
  tril,
  where,
  zeros,
  zerosLike,
} from "../../array/index.ts";
import { planIndex } from "../../data/index.ts";
import type { RuleEntry } from "../rule.ts";
import { expression, pullbacks } from "../rule.ts";

type Optional = NDArray | undefined;

/** The rules of this file. */
export function layerRules(): readonly RuleEntry[] {
  return [
    pullbacks(DROPOUT, (ct, { inputs: [, mask], parameters: keep }) => dropout(ct, mask, keep)),
    pullbacks(COLUMNS, (ct, { inputs: [x], parameters: { start, count } }) => {
      const behind = x.shape[x.ndim - 1]! - start - count;
      return pad(ct, [...x.shape.slice(1).map((): [number, number] => [0, 0]), [start, behind]]);
    }),
    pullbacks(EMBEDDING, (ct, { inputs: [table, indices] }) => {
      const rows = table.shape[0] === 1 ? zerosLike(indices) : indices;
      const plan = planIndex([rows], table.shape, "embedding", false);
      return apply(SCATTER_ADD, plan, zeros(table.shape, table.dtype)[DATA], ct[DATA]);
    }),
    expression(ATTENTION, ({ parameters }, query, key, value, bias: Optional, mask: Optional, multiplier: Optional) => {
      const weights = weightsOf(parameters, query, key, bias, mask);
      const shares = multiplier === undefined ? weights : weights.mul(multiplier);
      return einsum("...hqk,...khd->...qhd", shares, forHeads(value, query, parameters));
    }),
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
  const { scale, masked, causal = false } = parameters;
  const products = einsum("...qhd,...khd->...hqk", query.mul(scale), forHeads(key, query, parameters));
  const scores = bias === undefined ? products : products.add(bias);
  const seen = mask === undefined ? scores : where(mask, scores, masked);
  const visible = causal ? where(tril(ones(seen.shape.slice(-2), "bool")), seen, masked) : seen;
  return softmax(visible, [visible.ndim - 1]);
}

/** Keys or values [..., keys, kvHeads, width] with a head for each of the query's, those that are attended to. */
function forHeads(x: NDArray, query: NDArray, { keys }: AttentionParameters): NDArray {
  const [heads, kvHeads] = [query.shape.at(-2)!, x.shape.at(-2)!];
  const read = keys === undefined || keys === x.shape.at(-3) ? x : x.slice("...", `:${keys}`, ":", ":");
  return heads === kvHeads ? read : repeat(read, heads / kvHeads, x.ndim - 2);
}
