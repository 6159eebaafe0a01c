import type { GradientKernels } from "../../base/index.ts";
import { adamF32 } from "./adam.ts";
import { attentionBackF32 } from "./attentionback.ts";
import { batchNormBackF32 } from "./batchnormback.ts";
import { batchNormTermsF32 } from "./batchnormterms.ts";
import { cellBackF32 } from "./cellback.ts";
import { convolveKernelF32 } from "./convolvekernel.ts";
import { crossEntropyBackF32 } from "./crossentropyback.ts";
import { extremesBackF32 } from "./extremesback.ts";
import { geluBackF32 } from "./geluback.ts";
import { layerNormBackF32 } from "./layernormback.ts";
import { layerNormSumsF32 } from "./layernormsums.ts";
import { matmulTransposedF32 } from "./matmultransposed.ts";
import { momentumF32 } from "./momentum.ts";
import { outerF32 } from "./outer.ts";
import { poolSumBackF32 } from "./poolsumback.ts";
import { reluBackF32 } from "./reluback.ts";
import { sgdF32 } from "./sgd.ts";
import { softmaxBackF32 } from "./softmaxback.ts";

/** The kernels of gradients and optimizers in plain TypeScript. */
export const coreGradients: GradientKernels = {
  name: "core",
  outerF32,
  matmulTransposedF32,
  convolveKernelF32,
  extremesBackF32,
  poolSumBackF32,
  reluBackF32,
  geluBackF32,
  softmaxBackF32,
  attentionBackF32,
  crossEntropyBackF32,
  layerNormSumsF32,
  layerNormBackF32,
  batchNormTermsF32,
  batchNormBackF32,
  cellBackF32,
  sgdF32,
  momentumF32,
  adamF32,
};
