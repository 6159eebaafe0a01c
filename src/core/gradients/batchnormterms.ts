import { flush } from "../../base/index.ts";
import { times } from "./rounded.ts";

const { fround } = Math;

export function batchNormTermsF32(ct: Float32Array, x: Float32Array, mean: Float32Array, out: Float32Array): void {
  for (let at = 0; at < out.length; at += mean.length)
    for (let j = 0, i = at; j < mean.length; j++, i++)
      out[i] = times(flush(ct[i]!), flush(fround(flush(x[i]!) - flush(mean[j]!))));
}
