import * as bytes from "./bytes.ts";
import type { Link, WasmOptions } from "./kernels.ts";
import { WasmKernels } from "./kernels.ts";
import { compileKernels, damaged, decode, fnv1a, instantiate } from "./loader.ts";
import type { Payload } from "./payload.ts";

/**
 * Compiles the kernels and makes an instance of them.
 *
 * @param source other bytes than the ones shipped: a module, or a payload whose checksum is to be tested
 * @param link makes an instance of the module: a test may wrap what is exported
 * @throws EnvError `BackendUnavailable` if the bytes are damaged or this host cannot run them
 */
export function createWasmKernels(
  source: Payload | Uint8Array<ArrayBuffer> = bytes,
  link: Link = instantiate,
  options: WasmOptions = {},
): WasmKernels {
  if (source instanceof Uint8Array) return new WasmKernels(compileKernels(source), link, options);
  const decoded = decode(source);
  try {
    const kernels = new WasmKernels(compileKernels(decoded), link, options);
    if (kernels.checksum(decoded) === source.FNV1A) return kernels;
  } catch (error) {
    // Damaged bytes may be the reason why the host does not compile; sound ones are refused for another reason.
    throw fnv1a(decoded) === source.FNV1A ? error : damaged(error);
  }
  throw damaged();
}
