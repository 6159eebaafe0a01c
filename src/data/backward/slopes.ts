import { flush } from "../../base/index.ts";
import type { ArrayData } from "../arraydata.ts";
import { castData, emptyData, floatsOf } from "../arraydata.ts";

const { fround } = Math;

/** A cotangent times a derivative that the function's own value gives. */
export type SlopeName = "logistic" | "tanh";

/**
 * `ct` times the derivative of a function that gave `y`, element by element, of one shape: ct * (y * (1 - y)) for
 * logistic, ct * (1 - y) * (1 + y) for tanh. Every operation is rounded to float32; subnormals count as zeros.
 */
export function slopeData(name: SlopeName, ct: ArrayData, y: ArrayData): ArrayData {
  const [from, values] = [floatsOf(ct), floatsOf(y)];
  const out = emptyData(ct.shape, "float32");
  const to = out.storage.data;
  if (name === "logistic")
    for (let i = 0; i < to.length; i++) {
      const v = flush(values[i]!);
      to[i] = flush(fround(flush(from[i]!) * flush(fround(v * fround(1 - v)))));
    }
  else
    for (let i = 0; i < to.length; i++) {
      const v = flush(values[i]!);
      to[i] = flush(fround(flush(fround(flush(from[i]!) * fround(1 - v))) * fround(1 + v)));
    }
  return castData(out, ct.dtype);
}
