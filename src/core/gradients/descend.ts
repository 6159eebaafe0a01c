import type { Descent } from "../../base/index.ts";
import { adamF32 } from "./adam.ts";
import { sgdF32 } from "./sgd.ts";

/** Makes a step with the gradient that is in `out`, and leaves the parameters after it there. */
export function descend(out: Float32Array, descent: Descent): void {
  const { p } = descent;
  if (descent.kind === "sgd") sgdF32(p, out, out, descent.rate);
  else adamF32(p, out, descent.m, descent.v, out, descent.mOut, descent.vOut, descent.numbers);
}
