/** The kernels of `config.products = "fused"`: products whose multiply-adds are rounded once. */
import type { BackendName, Kernels } from "../base/index.ts";
import { config, describe } from "../base/index.ts";
import { carryFused } from "../wasm/index.ts";
import { core, coreFusedProducts } from "../core/index.ts";
import { dispatchBySize } from "./dispatch.ts";
import type { FamilyProducts } from "./products.ts";
import { useProductsMode } from "./products.ts";
import { existingWasm } from "./trusted.ts";
import { warnOnce } from "./warn.ts";

let coreFused: Kernels | undefined;
let bySize: Kernels | undefined;

/** What the kernels in use do at present. */
let applied: "rounded" | "fused" = "rounded";
/** For each kernels that round product and sum, those that do not. */
const fused = new WeakMap<Kernels, Kernels>();

function products(kernels: Kernels, large?: (size: number) => Kernels): Kernels {
  if (config.products === applied && applied === "rounded") return kernels;
  if (config.products !== applied) apply();
  if (config.products === "rounded") return kernels;
  if (large === undefined) return fusedOf(kernels);
  return (bySize ??= dispatchBySize((coreFused ??= { ...core, ...coreFusedProducts }), (size) => {
    const chosen = large(size);
    return chosen === core ? coreFused! : fusedOf(chosen);
  }));
}

const BY_EMULATION = 'config.products = "fused" by emulation, slower with the same bits';

/** The products that WebAssembly has with fused multiply-adds. */
const NATIVE = new Set(["matvecF32", "matmulF32", "matmulHalfF32"]);

function apply(): void {
  const { products: asked } = config;
  if (asked !== "rounded" && asked !== "fused")
    throw new TypeError(`config.products: expected "rounded" or "fused", got ${describe(asked)}`);
  if (asked === "rounded") existingWasm()?.fuseProducts(false);
  applied = asked;
}

/** Whether products of WebAssembly are fused now, because the engine fuses. */
function isNative(): boolean {
  return existingWasm()?.fuseProducts(true) === true;
}

/** `kernels`, with their products by emulation where they do not fuse, which the first one says. */
function fusedOf(kernels: Kernels): Kernels {
  const native = kernels !== core && isNative();
  const known = fused.get(kernels);
  if (known !== undefined) return known;
  const made: Record<string, unknown> = { name: kernels.name };
  for (const name of Object.keys(core) as (keyof Kernels)[]) {
    const emulated = native && NATIVE.has(name) ? undefined : Reflect.get(coreFusedProducts, name);
    const own = emulated ?? kernels[name];
    if (typeof own !== "function") continue;
    made[name] = emulated
      ? (...args: unknown[]): void => {
          warnOnce(BY_EMULATION);
          own(...args);
        }
      : own.bind(kernels);
  }
  fused.set(kernels, made as unknown as Kernels);
  return made as unknown as Kernels;
}

function family<K extends { readonly name: BackendName }>(kernels: K, { emulated, native }: FamilyProducts<K>): K {
  if (native && kernels.name !== "core" && isNative()) return kernels;
  if (!native) warnOnce(BY_EMULATION);
  return emulated;
}

/** Has `config.products` heeded from now on. A program that calls this carries the kernels of fused products. */
export function carryProducts(): void {
  carryFused();
  useProductsMode({ products, family });
}
