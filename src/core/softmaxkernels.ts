import type { SoftmaxKernels } from "../base/index.ts";
import { logSumExpF32 } from "./logsumexp.ts";
import { softmaxF32 } from "./softmax.ts";
import { softmaxColumnsF32 } from "./softmaxcolumns.ts";

/** The kernels of softmax in plain TypeScript. */
export const coreSoftmax: SoftmaxKernels = { name: "core", softmaxF32, softmaxColumnsF32, logSumExpF32 };
