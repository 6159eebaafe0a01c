/** Names of optax.contrib that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"privacy"> = /* @__PURE__ */ absent("optax.contrib", "privacy");
/** @deprecated Not in flaxen: privacy. @internal */
export const dpsgd: ReturnType<typeof because0> = /* @__PURE__ */ because0("dpsgd");

const because1: Because<"Hessians"> = /* @__PURE__ */ absent("optax.contrib", "Hessians");
/** @deprecated Not in flaxen: Hessians. @internal */
export const sophia: ReturnType<typeof because1> = /* @__PURE__ */ because1("sophia");

const because2: Because<"optimizers that few programs use"> = /* @__PURE__ */ absent(
  "optax.contrib",
  "optimizers that few programs use",
);
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const mechanize: ReturnType<typeof because2> = /* @__PURE__ */ because2("mechanize");
