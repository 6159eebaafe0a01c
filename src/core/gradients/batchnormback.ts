import { flush } from "../../base/index.ts";
import { plus, times } from "./rounded.ts";

export function batchNormBackF32(
  ct: Float32Array,
  x: Float32Array,
  factor: Float32Array,
  slope: Float32Array,
  shift: Float32Array,
  out: Float32Array,
): void {
  const n = factor.length;
  for (let at = 0; at < out.length; at += n)
    for (let j = 0, i = at; j < n; j++, i++) {
      const own = times(flush(ct[i]!), flush(factor[j]!));
      out[i] = plus(plus(own, times(flush(slope[j]!), times(flush(x[i]!), 2))), flush(shift[j]!));
    }
}
