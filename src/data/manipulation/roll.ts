import type { ArrayData } from "../arraydata.ts";
import { emptyData } from "../arraydata.ts";
import { blocksOf } from "./blocks.ts";
import { wrapIndex } from "./wrapindex.ts";
import { copyRow, rawPair } from "./copying.ts";

/** The elements shifted by `shift` along `axis`, cyclically. */
export function rollData({ shift, axis }: { shift: number; axis: number }, x: ArrayData): ArrayData {
  const out = emptyData(x.shape, x.dtype);
  const { n, after } = blocksOf(x.shape, axis);
  const length = n * after;
  const [from, to] = rawPair(x, out, length);
  const moved = n === 0 ? 0 : wrapIndex(shift, n) * after;
  for (let start = 0; start < to.length; start += length) {
    copyRow(from, start, 1, to, start + moved, length - moved);
    copyRow(from, start + length - moved, 1, to, start, moved);
  }
  return out;
}
