import * as bytes from "./bytes.ts";
import type { Link } from "./kernels.ts";
import { WasmKernels } from "./kernels.ts";
import { compileKernels, damaged, decode, fnv1a, instantiate } from "./loader.ts";
import type { Payload } from "./payload.ts";

/**
 * Compiles the kernels and makes an instance of them.
 *
 * @param source other bytes than the ones shipped: a module, or a payload whose checksum is to be tested
 * @param link makes an instance of the module: a test may wrap what is exported
 * @param emulated elements of functions that are computed before the module of fused multiply-adds is compiled
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host cannot run them
 */
export function createWasmKernels(
  source: Payload | Uint8Array<ArrayBuffer> = bytes,
  link: Link = instantiate,
  emulated?: number,
): WasmKernels {
  if (source instanceof Uint8Array) return new WasmKernels(compileKernels(source), link, emulated);
  const decoded = decode(source);
  try {
    const kernels = new WasmKernels(compileKernels(decoded), link, emulated);
    if (kernels.checksum(decoded) === source.FNV1A) return kernels;
  } catch (error) {
    // Damaged bytes may be the reason why the host does not compile; sound ones are refused for another reason.
    throw fnv1a(decoded) === source.FNV1A ? error : damaged(error);
  }
  throw damaged();
}
