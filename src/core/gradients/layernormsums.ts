import { flush } from "../../base/index.ts";
import { sumTerms } from "../sum.ts";
import { times } from "./rounded.ts";

const { fround } = Math;

export function layerNormSumsF32(
  ct: Float32Array,
  x: Float32Array,
  scale: Float32Array,
  mean: Float32Array,
  root: Float32Array,
  out: Float32Array,
): void {
  const n = scale.length;
  const rows = root.length;
  const products = new Float32Array(n);
  const negatives = new Float32Array(n);
  for (let row = 0; row < rows; row++) {
    const [centre, share] = [flush(mean[row]!), flush(root[row]!)];
    for (let i = 0, at = row * n; i < n; i++, at++) {
      const [cti, si] = [flush(ct[at]!), flush(scale[i]!)];
      products[i] = times(times(cti, flush(fround(flush(x[at]!) - centre))), si);
      negatives[i] = -times(cti, times(share, si));
    }
    out[row] = sumTerms(products, 0, 1, n, n);
    out[rows + row] = sumTerms(negatives, 0, 1, n, n);
  }
}
