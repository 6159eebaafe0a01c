import type { AttentionKernels, AttentionOptions, AttentionSizes } from "../../base/index.ts";
import { openFamily } from "../family.ts";
import { carryFused } from "../fused/carry.ts";
import type { WasmKernels } from "../kernels.ts";
import type { LinkBeside } from "../sidemodule.ts";
import { attention } from "./attention.ts";
import * as bytes from "./bytes.ts";
import { FEW_ROWS } from "./layout.ts";
import type { AttentionExports } from "../exports.ts";

/** From so many terms on threads share attention: 0.3 ms. */
const SHARED_ATTENTION_FROM = 2 ** 22;

/**
 * The terms that threads may share. Keys and values for a few queries would take longer to copy. Weights that are
 * wanted before a multiplier changes them are made by one thread.
 */
function sharedTerms(query: Float32Array, out: Float32Array, sizes: AttentionSizes, options: AttentionOptions): number {
  const terms = (query.length + out.length) * sizes.keys;
  const isAlone = sizes.queries < FEW_ROWS || (options.weights && options.multiplier);
  return terms < SHARED_ATTENTION_FROM || isAlone ? 0 : terms;
}

/**
 * The kernels of attention on WebAssembly SIMD, beside `kernels` and in their memory.
 *
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host does not compile them
 */
export function createWasmAttention(kernels: WasmKernels, link?: LinkBeside): AttentionKernels {
  carryFused();
  const run = openFamily<AttentionExports>(kernels, bytes, link);
  return {
    name: "wasm",
    attentionF32: (query, key, value, out, sizes, options, fused) =>
      run("attentionF32", sharedTerms(query, out, sizes, options), (instance, exports) =>
        attention(instance, exports, query, key, value, out, sizes, options, fused),
      ),
  };
}
