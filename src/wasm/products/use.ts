/**
 * Products of which each multiply-add is rounded once, for `config.products`: by the twins of the modules that multiply
 * (twin.ts). Programs that cannot ask for them do not carry what makes twins: see `carryProductTwins`.
 */
import type { ProductExports } from "../exports.ts";
import type { Arena } from "../memory.ts";
import type { Payload } from "../payload.ts";
import type { LinkBeside, SideModule } from "../sidemodule.ts";

/** What makes twins. */
export interface ProductTwins {
  /** The kernels of products of the first module's twin on this memory; undefined where they do not fuse. */
  readonly products: (arena: Arena) => ProductExports | undefined;
  /** The twin of another module; undefined for one without products. */
  readonly beside: <Exports extends object>(payload: Payload, link?: LinkBeside) => SideModule<Exports> | undefined;
}

/** What makes twins here; undefined in programs that cannot ask for them. */
export const twins: { use: ProductTwins | undefined } = { use: undefined };
