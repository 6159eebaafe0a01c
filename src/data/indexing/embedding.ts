import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import { sizeOf } from "../shape.ts";

/**
 * The rows of `table` [n, ...features] at `indices`, of an integer dtype: [...indices, ...features]. A negative index
 * counts from the end; one outside the table gives NaN. A table of one row gives that row for any index.
 */
export function embeddingData(table: ArrayData, indices: ArrayData): ArrayData {
  const [n, ...features] = table.shape as [number, ...number[]];
  const width = sizeOf(features);
  const result = emptyData([...indices.shape, ...features], table.dtype);
  const from = table.storage.data;
  const out = result.storage.data;
  indices.storage.data.forEach((given, i) => {
    const index = n === 1 ? 0 : given < 0 ? given + n : given;
    const to = i * width;
    if (index < 0 || index >= n) out.fill(NaN, to, to + width);
    else if (out.length > 0) out.set(from.subarray(index * width, (index + 1) * width), to);
  });
  return result;
}
