import type { NormKernels } from "../base/index.ts";
import { normalizeF32 } from "./normalize.ts";
import { standardizeF32 } from "./standardize.ts";

/** The kernels of normalisation in plain TypeScript. */
export const coreNorms: NormKernels = { name: "core", normalizeF32, standardizeF32 };
