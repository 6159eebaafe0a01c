import type { Epilogue } from "../../base/index.ts";
import { activateF32 } from "../activate.ts";
import { reluF32 } from "../relu.ts";
import { standardizeF32 } from "../standardize.ts";

/** Does `epilogue`, if there is one, to the rows [m] of `out`, in place. */
export function applyEpilogue(out: Float32Array, m: number, epilogue: Epilogue | undefined): void {
  if (epilogue === undefined) return;
  const { norm, activation } = epilogue;
  if (norm !== undefined) {
    const { mean, variance, scale, bias, epsilon } = norm;
    standardizeF32(out, mean, variance, scale, bias, out, out.length / m, m, 1, epsilon);
  }
  if (activation === "relu") reluF32(out, out);
  else if (activation !== undefined) activateF32(activation, out, 1, 1, out, true);
}
