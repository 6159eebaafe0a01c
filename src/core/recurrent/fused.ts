import type { RecurrentKernels } from "../../base/index.ts";
import { coreFusedProducts } from "../fusedproducts.ts";
import { cellF32 } from "./cell.ts";
import { stepsBy } from "./steps.ts";

/** The recurrent cells of `config.products = "fused"`. */
export const coreFusedRecurrent: RecurrentKernels = {
  name: "core",
  cellF32,
  stepsF32: /* @__PURE__ */ stepsBy(coreFusedProducts.matmulF32),
};
