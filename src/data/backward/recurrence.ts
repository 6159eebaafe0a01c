import { flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";
import { sizeOf } from "../shape.ts";

const { fround } = Math;

/**
 * Along `axis`, ascending: `y[i] = b[i] + a[i] * y[i - 1]`, and `y[0] = b[0]`. Product and sum are rounded each, in
 * float32. `a` and `b` have one shape and dtype.
 */
export function recurrenceData(axis: number, a: ArrayData, b: ArrayData): ArrayData {
  const [factors, terms] = [floatsOf(a), floatsOf(b)];
  const out = emptyData(b.shape, "float32");
  const to = out.storage.data;
  const inner = sizeOf(b.shape.slice(axis + 1));
  const n = b.shape[axis]!;
  for (let i = 0; i < to.length; i++) {
    const isFirst = Math.floor(i / inner) % n === 0;
    to[i] = isFirst ? terms[i]! : flush(fround(terms[i]! + flush(fround(factors[i]! * to[i - inner]!))));
  }
  return castData(out, b.dtype);
}
