import type { FusedExports } from "../exports.ts";
import { decodeSound } from "../loader.ts";
import { SideModule } from "../sidemodule.ts";
import * as bytes from "./bytes.ts";
import type { FusedModule } from "./link.ts";
import { useFused } from "./link.ts";
import { selfTestFused } from "./selftest.ts";

const fusedModule: FusedModule = {
  side: /* @__PURE__ */ new SideModule<FusedExports>(() => decodeSound(bytes)),
  passes: selfTestFused,
};

/**
 * Has the kernels use the module of fused multiply-adds from now on. What gains from it calls this, so that programs
 * without such a function do not carry the module.
 */
export function carryFused(): void {
  useFused(fusedModule);
}
