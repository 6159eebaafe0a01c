import type { AttentionKernels } from "../../base/index.ts";
import { exactFma } from "../../base/index.ts";
import { fusedDot } from "../fusedproducts.ts";
import { attend } from "./attention.ts";
import type { AttentionSums } from "./attention.ts";

const SUMS: AttentionSums = {
  dot: fusedDot,
  weigh(row, value, from, stride, out, to, width) {
    out.fill(0, to, to + width);
    for (let s = 0; s < row.length; s++) {
      const v = from + s * stride;
      for (let i = 0; i < width; i++) out[to + i] = exactFma(row[s]!, value[v + i]!, out[to + i]!);
    }
  },
};

/** The attention of `config.products = "fused"`. */
export const coreFusedAttention: AttentionKernels = {
  name: "core",
  attentionF32: (query, key, value, out, sizes, options, fused) =>
    attend(query, key, value, out, sizes, options, fused, SUMS),
};
