import { flush } from "../../base/index.ts";
import { exp } from "../exp.ts";
import { sumTerms } from "../sum.ts";
import { over, plus, times } from "./rounded.ts";

const { fround } = Math;

export function crossEntropyBackF32(
  ct: Float32Array,
  x: Float32Array,
  labels: Int32Array,
  out: Float32Array,
  fused: boolean,
): void {
  const n = x.length / ct.length;
  const powers = new Float32Array(n);
  for (let row = 0; row < ct.length; row++) {
    const from = row * n;
    let top = -Infinity;
    for (let i = from; i < from + n; i++) if (x[i]! > top) top = x[i]!;
    top = Number.isFinite(top) ? flush(top) : 0;
    for (let i = 0; i < n; i++) powers[i] = flush(exp(flush(fround(flush(x[from + i]!) - top)), fused));
    const own = flush(ct[row]!);
    const share = over(own, flush(sumTerms(powers, 0, 1, n, n)));
    for (let i = 0; i < n; i++) out[from + i] = plus(times(powers[i]!, share), i === labels[row] ? plus(0, -own) : 0);
  }
}
