import type { Kernels } from "../base/index.ts";
import { carryFused } from "../wasm/index.ts";
import { kernels } from "./choose.ts";

/** The kernels in use, for elementary functions: a program that calls this carries the module of fused multiply-adds. */
export function elementaryKernels(): Kernels {
  carryFused();
  return kernels();
}
