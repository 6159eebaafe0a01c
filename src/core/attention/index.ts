import type { AttentionKernels } from "../../base/index.ts";
import { attentionF32 } from "./attention.ts";

export { coreFusedAttention } from "./fused.ts";

/** The kernels of attention in plain TypeScript. */
export const coreAttention: AttentionKernels = { name: "core", attentionF32 };
