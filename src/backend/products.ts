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
  readonly family: <K extends { readonly name: BackendName }>(kernels: K, products: FamilyProducts<K>) => K;
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

/** The products of a family in `config.products = "fused"`. */
export interface FamilyProducts<K> {
  /** The core with each multiply-add rounded once. */
  readonly emulated: K;
  /** Whether WebAssembly has these products where the engine fuses. */
  readonly native: boolean;
}

/** `kernels` of a family, or others where those would do this work with each product rounded. */
export function withFamilyProducts<K extends { readonly name: BackendName }>(
  kernels: K,
  products: FamilyProducts<K>,
): K {
  return config.products === "rounded" || mode === undefined ? kernels : mode.family(kernels, products);
}
