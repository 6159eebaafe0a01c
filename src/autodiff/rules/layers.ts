/** Rules of what layers compute in one: embeddings, dropout. */
import {
  apply,
  COLUMNS,
  DATA,
  DROPOUT,
  dropout,
  EMBEDDING,
  SCATTER_ADD,
  surround,
  zeros,
  zerosLike,
} from "../../array/index.ts";
import { planIndex } from "../../data/index.ts";
import type { RuleEntry } from "../rule.ts";
import { pullbacks } from "../rule.ts";

/** The rules of this file. */
export function layerRules(): readonly RuleEntry[] {
  return [
    pullbacks(DROPOUT, (ct, { inputs: [, mask], parameters: keep }) => dropout(ct, mask, keep)),
    pullbacks(COLUMNS, (ct, { inputs: [x], parameters: { start, count } }) => {
      const behind = x.shape[x.ndim - 1]! - start - count;
      const widths = x.shape.map((_, axis) => (axis === x.ndim - 1 ? ([start, behind] as const) : ([0, 0] as const)));
      return surround(ct, widths, 0);
    }),
    pullbacks(EMBEDDING, (ct, { inputs: [table, indices] }) => {
      const rows = table.shape[0] === 1 ? zerosLike(indices) : indices;
      const plan = planIndex([rows], table.shape, "embedding", false);
      return apply(SCATTER_ADD, plan, zeros(table.shape, table.dtype)[DATA], ct[DATA]);
    }),
  ];
}
