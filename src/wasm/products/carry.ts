import * as bytes from "../bytes.ts";
import type { KernelExports, ProductExports } from "../exports.ts";
import { instantiate } from "../loader.ts";
import type { Arena } from "../memory.ts";
import type { Payload } from "../payload.ts";
import type { LinkBeside } from "../sidemodule.ts";
import { SideModule } from "../sidemodule.ts";
import { fusesProducts } from "./selftest.ts";
import type { ProductsPayload } from "./twin.ts";
import { decodeTwin } from "./twin.ts";
import { twins } from "./use.ts";

/** What each instance was found to have. */
const found = /* @__PURE__ */ new WeakMap<Arena, { readonly products: ProductExports | undefined }>();

let side: SideModule<KernelExports> | undefined;

function products(arena: Arena): ProductExports | undefined {
  let known = found.get(arena);
  if (known === undefined) found.set(arena, (known = { products: linked(arena) }));
  return known.products;
}

function linked(arena: Arena): ProductExports | undefined {
  try {
    side ??= twinOf<KernelExports>(bytes, instantiate);
    const { matmulBatchF32, matmulPanelsF32, matvecF32, matvecHalfF32, matvecPanelsF32, outerF32, timesColumnF32 } =
      side.of(arena);
    const own: ProductExports = {
      matmulBatchF32,
      matmulPanelsF32,
      matvecF32,
      matvecHalfF32,
      matvecPanelsF32,
      outerF32,
      timesColumnF32,
    };
    return fusesProducts(arena, own) ? own : undefined;
  } catch {
    // This host has no relaxed SIMD, or does not instantiate the twin on this memory.
    return undefined;
  }
}

function twinOf<Exports extends object>(payload: ProductsPayload, link?: LinkBeside): SideModule<Exports> {
  return new SideModule<Exports>(() => decodeTwin(payload), link);
}

/** Lets the kernels fuse products from now on. What applies `config.products` calls this. */
export function carryProductTwins(): void {
  twins.use ??= {
    products,
    beside: <Exports extends object>(payload: Payload, link?: LinkBeside) =>
      "PRODUCTS" in payload ? twinOf<Exports>(payload as ProductsPayload, link) : undefined,
  };
}
