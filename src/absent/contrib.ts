/** Names of optax.contrib that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"privacy">;
const because0 = /* @__PURE__ */ absent("optax.contrib", "privacy");
/** @deprecated Not in flaxen: privacy. @internal */
export const dpsgd: Because0 = /* @__PURE__ */ because0("dpsgd");

type Because1 = Absent<"Hessians">;
const because1 = /* @__PURE__ */ absent("optax.contrib", "Hessians");
/** @deprecated Not in flaxen: Hessians. @internal */
export const sophia: Because1 = /* @__PURE__ */ because1("sophia");

type Because2 = Absent<"optimizers that few programs use">;
const because2 = /* @__PURE__ */ absent("optax.contrib", "optimizers that few programs use");
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const mechanize: Because2 = /* @__PURE__ */ because2("mechanize");
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const reduceOnPlateau: Because2 = /* @__PURE__ */ because2("reduceOnPlateau");
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const sam: Because2 = /* @__PURE__ */ because2("sam");
