import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import { flush } from "../../base/index.ts";
import { sizeOf } from "../shape.ts";

/**
 * For each element along `axis` the product of all others: of those before it, ascending, times that of those after it,
 * descending. Computed in double precision and rounded once; nothing is divided, so that zeros do no harm.
 */
export function productOfOthersData(axis: number, x: ArrayData): ArrayData {
  const from = floatsOf(x);
  const out = emptyData(x.shape, "float32");
  const to = out.storage.data;
  const n = x.shape[axis]!;
  const inner = sizeOf(x.shape.slice(axis + 1));
  const before = new Float64Array(n);
  for (let first = 0; first < to.length; first += first % inner === inner - 1 ? inner * (n - 1) + 1 : 1) {
    let product = 1;
    for (let i = 0; i < n; i++) {
      before[i] = product;
      product *= flush(from[first + i * inner]!);
    }
    product = 1;
    for (let i = n - 1; i >= 0; i--) {
      to[first + i * inner] = flush(Math.fround(before[i]! * product));
      product *= flush(from[first + i * inner]!);
    }
  }
  return castData(out, x.dtype);
}
