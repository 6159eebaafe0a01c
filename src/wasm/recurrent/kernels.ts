import type { RecurrentKernels } from "../../base/index.ts";
import { openFamily } from "../family.ts";
import { carryFused } from "../fused/carry.ts";
import type { WasmKernels } from "../kernels.ts";
import type { LinkBeside } from "../sidemodule.ts";
import * as bytes from "./bytes.ts";
import { cell } from "./cell.ts";
import type { RecurrentExports } from "./exports.ts";
import { steps } from "./steps.ts";

/**
 * The kernels of recurrent cells on WebAssembly SIMD, beside `kernels` and in their memory.
 *
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host does not compile them
 */
export function createWasmRecurrent(kernels: WasmKernels, link?: LinkBeside): RecurrentKernels {
  carryFused();
  const run = openFamily<RecurrentExports>(kernels, bytes, link);
  return {
    name: "wasm",
    cellF32: (op, x, h, state, out, hidden, n, fused) =>
      run("cellF32", 0, (instance, exports) => cell(instance, exports, op, x, h, state, out, hidden, n, fused)),
    stepsF32: (op, x, w, bias, hidden, state, out, n, immutable, fused) =>
      run("stepsF32", 0, (instance, exports) =>
        steps(instance, exports, op, x, w, bias, hidden, state, out, n, immutable, fused),
      ),
  };
}
