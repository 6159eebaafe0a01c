import { config as read } from "../base/index.ts";
import { carryProducts } from "./fusedproducts.ts";

/** The `config` that the library reads, for programs that set it: they carry what it can ask for. */
export const config: typeof read = /* @__PURE__ */ writable();

function writable(): typeof read {
  carryProducts();
  return read;
}
