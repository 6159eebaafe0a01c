import { flush } from "../../base/index.ts";
import { plus, times } from "./rounded.ts";

export function layerNormBackF32(
  ct: Float32Array,
  x: Float32Array,
  scale: Float32Array,
  root: Float32Array,
  slope: Float32Array,
  shift: Float32Array,
  out: Float32Array,
): void {
  const n = scale.length;
  for (let at = 0, row = 0; at < out.length; row++) {
    const [share, a, b] = [flush(root[row]!), flush(slope[row]!), flush(shift[row]!)];
    for (let i = 0; i < n; i++, at++) {
      const own = times(flush(ct[at]!), times(share, flush(scale[i]!)));
      out[at] = plus(plus(own, times(a, times(flush(x[at]!), 2))), b);
    }
  }
}
