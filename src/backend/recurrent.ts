import type { RecurrentKernels } from "../base/index.ts";
import { coreFusedRecurrent, coreRecurrent } from "../core/index.ts";
import { createWasmRecurrent } from "../wasm/index.ts";
import type { Choose } from "./family.ts";
import { kernelFamily } from "./family.ts";
import { WASM_FROM } from "./thresholds.ts";

/** The kernels of recurrent cells, by the size of their work. */
export function recurrentBySize(
  choose: Choose<RecurrentKernels>,
  chooseProduct: Choose<RecurrentKernels>,
): RecurrentKernels {
  return {
    name: "wasm",
    cellF32: (op, x, h, state, out, hidden, n, fused) =>
      choose(out.length, WASM_FROM.cells).cellF32(op, x, h, state, out, hidden, n, fused),
    stepsF32: (op, x, w, bias, hidden, state, out, n, immutable, fused) =>
      chooseProduct(out.length, WASM_FROM.cells).stepsF32(op, x, w, bias, hidden, state, out, n, immutable, fused),
  };
}

/** The kernels of recurrent cells. */
export const recurrentKernels: () => RecurrentKernels = /* @__PURE__ */ kernelFamily(
  "recurrent cells",
  coreRecurrent,
  createWasmRecurrent,
  recurrentBySize,
  coreFusedRecurrent,
);
