/** The kernels of `config.products = "fused"`: products whose multiply-adds are rounded once. */
import type { BackendName, Kernels } from "../base/index.ts";
import { config, describe } from "../base/index.ts";
import { core, coreFusedProducts } from "../core/index.ts";
import { dispatchBySize } from "./dispatch.ts";
import { existingWasm } from "./trusted.ts";
import { warnOnce } from "./warn.ts";

const coreFused: Kernels = { ...core, ...coreFusedProducts };

/** What the kernels in use do at present. */
let applied: "rounded" | "fused" = "rounded";
/** For each kernels that round product and sum, those that do not. */
const fused = new WeakMap<Kernels, Kernels>();

/**
 * `kernels`, with their products as `config.products` says.
 *
 * @param large where `kernels` choose by size: what they give for large work of a size
 * @throws TypeError if `config.products` is neither "rounded" nor "fused"
 */
export function withProducts(kernels: Kernels, large?: (size: number) => Kernels): Kernels {
  if (config.products === applied && applied === "rounded") return kernels;
  if (config.products !== applied) apply();
  if (config.products === "rounded") return kernels;
  if (large === undefined) return fusedOf(kernels);
  return (bySize ??= dispatchBySize(coreFused, (size) => {
    const chosen = large(size);
    return chosen === core ? coreFused : fusedOf(chosen);
  }));
}

let bySize: Kernels | undefined;

function apply(): void {
  const { products } = config;
  if (products !== "rounded" && products !== "fused")
    throw new TypeError(`config.products: expected "rounded" or "fused", got ${describe(products)}`);
  if (products === "rounded") existingWasm()?.fuseProducts(false);
  applied = products;
}

/** Whether products of WebAssembly are fused now, because the engine fuses. */
function isNative(): boolean {
  return existingWasm()?.fuseProducts(true) === true;
}

function fusedOf(kernels: Kernels): Kernels {
  if (kernels !== core && isNative()) return kernels;
  const why = kernels === core ? "the TypeScript core" : "this engine does not fuse multiply-adds";
  warnOnce(`products as config.products = "fused" says by emulation, many times slower with the same bits: ${why}`);
  if (kernels === core) return coreFused;
  const known = fused.get(kernels);
  if (known !== undefined) return known;
  const made = new Proxy(kernels, {
    get(target, name) {
      const own: unknown = Reflect.get(coreFusedProducts, name) ?? Reflect.get(target, name);
      return typeof own === "function" ? own.bind(target) : own;
    },
  });
  fused.set(kernels, made);
  return made;
}

/** `kernels` of a family, or `fused` where those would do this work with each product rounded. */
export function withFamilyProducts<K extends { readonly name: BackendName }>(kernels: K, fused: K): K {
  return config.products === "rounded" || (kernels.name !== "core" && isNative()) ? kernels : fused;
}
