/**
 * The products of `config.products = "fused"` are of the programs that can ask for them, those that import `config`:
 * see `carryProducts`.
 */
import type { BackendName, Kernels } from "../base/index.ts";
import { config } from "../base/index.ts";

/** Who applies `config.products`. */
export interface ProductsMode {
  /** See `withProducts`. */
  readonly products: (kernels: Kernels, large?: (size: number) => Kernels) => Kernels;
  /** See `withFamilyProducts`. */
  readonly family: <K extends { readonly name: BackendName }>(kernels: K, emulated: K, inUse: BackendName) => K;
}

let mode: ProductsMode | undefined;

/** Has `config.products` applied by `given` from now on. */
export function useProductsMode(given: ProductsMode): void {
  mode = given;
}

/**
 * `kernels`, with their products as `config.products` says.
 *
 * @param large where `kernels` choose by size: what they give for large work of a size
 * @throws TypeError if `config.products` is neither "rounded" nor "fused"
 */
export function withProducts(kernels: Kernels, large?: (size: number) => Kernels): Kernels {
  return mode === undefined ? kernels : mode.products(kernels, large);
}

/**
 * `kernels` of a family, or those by emulation where products are to be fused and these do not fuse them.
 *
 * @param emulated the core with each multiply-add rounded once
 * @param inUse the backend of the kernels of all programs
 */
export function withFamilyProducts<K extends { readonly name: BackendName }>(
  kernels: K,
  emulated: K,
  inUse: BackendName,
): K {
  return config.products === "rounded" || mode === undefined ? kernels : mode.family(kernels, emulated, inUse);
}
