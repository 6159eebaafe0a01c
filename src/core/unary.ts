import type { UnaryName } from "../base/index.ts";
import { flush } from "../base/index.ts";
import { erf } from "./erf.ts";
import { erfInvF32 } from "./erfinv.ts";
import { exp, logistic } from "./exp.ts";
import { log, log1p } from "./log.ts";
import { expm1, tanh } from "./tanh.ts";
import { cos, sin, tan } from "./trigonometry.ts";

/** Each function of a float32 value; its result may be subnormal. */
const FUNCTIONS: Record<Exclude<UnaryName, "erfInv">, (x: number, fused: boolean) => number> = {
  exp,
  expm1,
  log,
  log1p,
  tanh,
  erf,
  logistic,
  sqrt: (x) => Math.fround(Math.sqrt(x)),
  sin,
  cos,
  tan,
};

export function unaryF32(op: UnaryName, x: Float32Array, out: Float32Array, fused: boolean): void {
  if (op === "erfInv") {
    erfInvF32(x, out, fused);
    return;
  }
  const f = FUNCTIONS[op];
  if (op === "tanh" || op === "expm1") {
    // Near 0 these give x itself, subnormals too, as XLA's select does. No other result is subnormal.
    for (let i = 0; i < out.length; i++) out[i] = f(x[i]!, fused);
    return;
  }
  for (let i = 0; i < out.length; i++) out[i] = flush(f(flush(x[i]!), fused));
}
