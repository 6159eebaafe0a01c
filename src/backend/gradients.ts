import type { GradientKernels } from "../base/index.ts";
import { coreFusedGradients, coreGradients } from "../core/index.ts";
import { createWasmGradients } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

const { arithmetic, batches, products, rows, unary, windowed } = WASM_FROM;

/** The kernels of gradients and optimizers, each by the size of its work. */
export function gradientsBySize(
  choose: Choose<GradientKernels>,
  chooseProduct: Choose<GradientKernels>,
): GradientKernels {
  return {
    name: "wasm",
    outerF32: (x, y, out, k, descent) => chooseProduct(k * out.length, batches).outerF32(x, y, out, k, descent),
    matmulTransposedF32: (x, w, out, n) => chooseProduct(n * w.length, batches).matmulTransposedF32(x, w, out, n),
    convolveKernelF32: (x, ct, out, windows) =>
      chooseProduct(windows.lines.length * windows.places * out.length, batches).convolveKernelF32(x, ct, out, windows),
    extremesBackF32: (op, x, ct, out, windows) =>
      choose(ct.length * windows.runs.length, windowed).extremesBackF32(op, x, ct, out, windows),
    poolSumBackF32: (ct, out, windows) =>
      choose(ct.length * (windows.views[0]?.length ?? 0), windowed).poolSumBackF32(ct, out, windows),
    reluBackF32: (ct, x, out) => choose(out.length, arithmetic).reluBackF32(ct, x, out),
    geluBackF32: (ct, x, out, fused) => choose(out.length, unary).geluBackF32(ct, x, out, fused),
    softmaxBackF32: (ct, y, out, n) => choose(out.length, rows).softmaxBackF32(ct, y, out, n),
    attentionBackF32: (ct, query, key, value, out, sizes, options, fused) =>
      chooseProduct(query.length * sizes.keys, products).attentionBackF32(
        ct,
        query,
        key,
        value,
        out,
        sizes,
        options,
        fused,
      ),
    crossEntropyBackF32: (ct, x, labels, out, fused) =>
      choose(out.length, unary).crossEntropyBackF32(ct, x, labels, out, fused),
    layerNormSumsF32: (ct, x, scale, mean, root, out) =>
      choose(ct.length, rows).layerNormSumsF32(ct, x, scale, mean, root, out),
    layerNormBackF32: (ct, x, scale, root, slope, shift, out) =>
      choose(ct.length, arithmetic).layerNormBackF32(ct, x, scale, root, slope, shift, out),
    batchNormTermsF32: (ct, x, mean, out) => choose(ct.length, arithmetic).batchNormTermsF32(ct, x, mean, out),
    batchNormBackF32: (ct, x, factor, slope, shift, out) =>
      choose(ct.length, arithmetic).batchNormBackF32(ct, x, factor, slope, shift, out),
    cellBackF32: (op, ct, inputs, out) => choose(ct.length, arithmetic).cellBackF32(op, ct, inputs, out),
    sgdF32: (p, g, out, rate) => choose(out.length, arithmetic).sgdF32(p, g, out, rate),
    momentumF32: (p, g, t, out, tOut, rate, decay, nesterov) =>
      choose(out.length, arithmetic).momentumF32(p, g, t, out, tOut, rate, decay, nesterov),
    adamF32: (p, g, m, v, out, mOut, vOut, numbers) =>
      choose(out.length, arithmetic).adamF32(p, g, m, v, out, mOut, vOut, numbers),
  };
}

/** The kernels of gradients and optimizers. */
export const gradientKernels: () => GradientKernels = /* @__PURE__ */ kernelFamily(
  "gradients",
  coreGradients,
  createWasmGradients,
  gradientsBySize,
  coreFusedGradients,
);
