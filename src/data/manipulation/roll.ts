import type { ArrayData } from "../arraydata.ts";
import { zerosData } from "../arraydata.ts";
import { blocksOf } from "./blocks.ts";
import { wrapPlace } from "./places.ts";
import { copyRow, rawPair } from "./strided.ts";

/** The elements moved on by `shift` places along `axis`, those that leave the end coming in at the start. */
export function rollData({ shift, axis }: { shift: number; axis: number }, x: ArrayData): ArrayData {
  const out = zerosData(x.shape, x.dtype);
  const { n, after } = blocksOf(x.shape, axis);
  const length = n * after;
  const [from, to] = rawPair(x, out, length);
  const moved = n === 0 ? 0 : wrapPlace(shift, n) * after;
  for (let start = 0; start < to.length; start += length) {
    copyRow(from, start, 1, to, start + moved, length - moved);
    copyRow(from, start + length - moved, 1, to, start, moved);
  }
  return out;
}
