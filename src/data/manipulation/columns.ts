import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";

/** Some neighbouring columns of an array: elements of its last axis. */
export interface ColumnsParameters {
  readonly start: number;
  readonly count: number;
}

/** `count` columns of `x` [..., width] from column `start` on: [..., count]. */
export function columnsData({ start, count }: ColumnsParameters, x: ArrayData): ArrayData {
  const last = x.shape.length - 1;
  const width = x.shape[last]!;
  const shape = x.shape.slice();
  shape[last] = count;
  const out = emptyData(shape, x.dtype);
  const from = x.storage.data;
  const to = out.storage.data;
  // Gates are short: a loop copies them in less time than the views of `set` take to make (Node 20, 2026-12).
  for (let at = 0, row = start; at < to.length; row += width) for (let j = 0; j < count; j++) to[at++] = from[row + j]!;
  return out;
}
