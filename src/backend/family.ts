import type { BackendName } from "../base/index.ts";
import { shapesOnly } from "../base/index.ts";
import type { WasmKernels } from "../wasm/index.ts";
import { backendFor, kernels as baseKernels } from "./choose.ts";
import { withFamilyProducts } from "./products.ts";
import { skipEmpty } from "./skipempty.ts";
import { trustedWasm } from "./trusted.ts";
import { messageOf, warnOnce } from "./warn.ts";

/** The kernels that do work of `size`, where WebAssembly repays itself from `from` on. */
export type Choose<K> = (size: number, from: number) => K;

/**
 * A family of kernels with a module of its own on WebAssembly, for programs that import it: gives the kernels in use.
 * The module is compiled at the first work that repays it. Where this host does not compile it, the core does the work
 * and a warning says so.
 *
 * @param what names the family in that warning
 * @param bySize makes kernels that ask for every call who does it: `choose`, or `chooseProduct` for a product
 * @param emulated the core of `config.products = "fused"`, where the family has products
 */
export function kernelFamily<K extends { readonly name: BackendName }>(
  what: string,
  core: K,
  create: (kernels: WasmKernels) => K,
  bySize: (choose: Choose<K>, chooseProduct: Choose<K>) => K,
  emulated: K = core,
): () => K {
  let wasm: K | undefined;
  const compiled = (): K => {
    try {
      return create(trustedWasm());
    } catch (error) {
      warnOnce(`${what} on the TypeScript core, slower with the same bits: ${messageOf(error)}`);
      return core;
    }
  };
  const choose: Choose<K> = (size, from) => (backendFor(size, from) === "core" ? core : (wasm ??= compiled()));
  const kernels = bySize(choose, (size, from) => {
    // Makes WebAssembly round as `config.products` says.
    const { name } = baseKernels();
    return withFamilyProducts(choose(size, from), emulated, name);
  });
  return () => (shapesOnly.on ? skipEmpty(kernels) : kernels);
}
