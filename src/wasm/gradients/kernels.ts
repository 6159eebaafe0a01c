import type { AttentionCotangents, AttentionSizes, GradientKernels, Windows } from "../../base/index.ts";
import { openFamily } from "../family.ts";
import type { WasmKernels } from "../kernels.ts";
import type { LinkBeside } from "../sidemodule.ts";
import { adam } from "./adam.ts";
import { attentionBack } from "./attentionback.ts";
import { batchNormBack } from "./batchnormback.ts";
import { batchNormTerms } from "./batchnormterms.ts";
import * as bytes from "./bytes.ts";
import { cellBack } from "./cellback.ts";
import { convolveKernel } from "./convolvekernel.ts";
import { crossEntropyBack } from "./crossentropyback.ts";
import type { GradientExports } from "./exports.ts";
import { extremesBack } from "./extremesback.ts";
import { geluBack } from "./geluback.ts";
import { layerNormBack } from "./layernormback.ts";
import { layerNormSums } from "./layernormsums.ts";
import { matmulTransposed } from "./matmultransposed.ts";
import { momentum } from "./momentum.ts";
import { outer } from "./outer.ts";
import { poolSumBack } from "./poolsumback.ts";
import { reluBack } from "./reluback.ts";
import { sgd } from "./sgd.ts";
import { softmaxBack } from "./softmaxback.ts";

/** From so many terms on threads share attention's gradient: 1 ms. */
const SHARED_ATTENTION_FROM = 2 ** 22;

/** The terms of attention's gradient where threads share them: by heads of keys and values. */
function attentionBackTerms(query: Float32Array, out: AttentionCotangents, sizes: AttentionSizes): number {
  const terms = query.length * sizes.keys;
  return terms >= SHARED_ATTENTION_FROM && out.scores === undefined && sizes.kvHeads > 1 ? terms : 0;
}

/** Threads share the gradient of a convolution's kernel that has so many elements, 288 by 4 or 72 by 16. */
const SHARED_KERNEL_FROM = 2 ** 10;

/** The terms of such a gradient by which threads share it or not: from 2^19 on. */
function convolveKernelTerms(out: Float32Array, { lines, places }: Windows): number {
  return out.length >= SHARED_KERNEL_FROM ? (lines.length * places * out.length) / 2 : 0;
}

/**
 * The kernels of gradients on WebAssembly SIMD, beside `kernels` and in their memory.
 *
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host does not compile them
 */
export function createWasmGradients(kernels: WasmKernels, link?: LinkBeside): GradientKernels {
  const run = openFamily<GradientExports>(kernels, bytes, link);
  return {
    name: "wasm",
    outerF32: (x, y, out, rows, descent) =>
      run("outerF32", rows * out.length, (instance, exports) => outer(instance, exports, x, y, out, rows, descent)),
    matmulTransposedF32: (x, w, out, rows) =>
      run("matmulTransposedF32", rows * w.length, (instance, exports) =>
        matmulTransposed(instance, exports, x, w, out, rows),
      ),
    convolveKernelF32: (x, ct, out, windows) =>
      run("convolveKernelF32", convolveKernelTerms(out, windows), (instance, exports) =>
        convolveKernel(instance, exports, x, ct, out, windows),
      ),
    extremesBackF32: (op, x, ct, out, windows) =>
      run("extremesBackF32", 0, (instance, exports) => extremesBack(instance, exports, op, x, ct, out, windows)),
    poolSumBackF32: (ct, out, windows) =>
      run("poolSumBackF32", 0, (instance, exports) => poolSumBack(instance, exports, ct, out, windows)),
    reluBackF32: (ct, x, out) => run("reluBackF32", 0, (instance, exports) => reluBack(instance, exports, ct, x, out)),
    geluBackF32: (ct, x, out, fused) =>
      run("geluBackF32", 0, (instance, exports) => geluBack(instance, exports, ct, x, out, fused)),
    softmaxBackF32: (ct, y, out, n) =>
      run("softmaxBackF32", 0, (instance, exports) => softmaxBack(instance, exports, ct, y, out, n)),
    attentionBackF32: (ct, query, key, value, out, sizes, options, fused) =>
      run("attentionBackF32", attentionBackTerms(query, out, sizes), (instance, exports) =>
        attentionBack(instance, exports, ct, query, key, value, out, sizes, options, fused),
      ),
    crossEntropyBackF32: (ct, x, labels, out, fused) =>
      run("crossEntropyBackF32", 0, (instance, exports) =>
        crossEntropyBack(instance, exports, ct, x, labels, out, fused),
      ),
    layerNormSumsF32: (ct, x, scale, mean, root, out) =>
      run("layerNormSumsF32", 0, (instance, exports) =>
        layerNormSums(instance, exports, ct, x, scale, mean, root, out),
      ),
    layerNormBackF32: (ct, x, scale, root, slope, shift, out) =>
      run("layerNormBackF32", 0, (instance, exports) =>
        layerNormBack(instance, exports, ct, x, scale, root, slope, shift, out),
      ),
    batchNormTermsF32: (ct, x, mean, out) =>
      run("batchNormTermsF32", 0, (instance, exports) => batchNormTerms(instance, exports, ct, x, mean, out)),
    batchNormBackF32: (ct, x, factor, slope, shift, out) =>
      run("batchNormBackF32", 0, (instance, exports) =>
        batchNormBack(instance, exports, ct, x, factor, slope, shift, out),
      ),
    cellBackF32: (op, ct, inputs, out) =>
      run("cellBackF32", 0, (instance, exports) => cellBack(instance, exports, op, ct, inputs, out)),
    sgdF32: (p, g, out, rate) => run("sgdF32", 0, (instance, exports) => sgd(instance, exports, p, g, out, rate)),
    momentumF32: (p, g, t, out, tOut, rate, decay, nesterov) =>
      run("momentumF32", 0, (instance, exports) =>
        momentum(instance, exports, p, g, t, out, tOut, rate, decay, nesterov),
      ),
    adamF32: (p, g, m, v, out, mOut, vOut, numbers) =>
      run("adamF32", 0, (instance, exports) => adam(instance, exports, p, g, m, v, out, mOut, vOut, numbers)),
  };
}
