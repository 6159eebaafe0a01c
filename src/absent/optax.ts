/** Names of optax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"second-order methods and line searches: they evaluate the loss several times a step">;
const because0 = /* @__PURE__ */ absent(
  "optax",
  "second-order methods and line searches: they evaluate the loss several times a step",
);
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const lbfgs: Because0 = /* @__PURE__ */ because0("lbfgs");
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const scaleByLbfgs: Because0 = /* @__PURE__ */ because0("scaleByLbfgs");
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const valueAndGradFromState: Because0 = /* @__PURE__ */ because0("valueAndGradFromState");

type Because1 = Absent<"noise and privacy">;
const because1 = /* @__PURE__ */ absent("optax", "noise and privacy");
/** @deprecated Not in flaxen: noise and privacy. @internal */
export const noisySgd: Because1 = /* @__PURE__ */ because1("noisySgd");

type Because2 = Absent<"optimizers that few programs use">;
const because2 = /* @__PURE__ */ absent("optax", "optimizers that few programs use");
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const lookahead: Because2 = /* @__PURE__ */ because2("lookahead");

type Because3 = Absent<"optax.tree.map over the state does it">;
const because3 = /* @__PURE__ */ absent("optax", "optax.tree.map over the state does it");
/** @deprecated Not in flaxen: optax.tree.map over the state does it. @internal */
export const treeMapParams: Because3 = /* @__PURE__ */ because3("treeMapParams");

type Because4 = Absent<"every transformation takes extra arguments here">;
const because4 = /* @__PURE__ */ absent("optax", "every transformation takes extra arguments here");
/** @deprecated Not in flaxen: every transformation takes extra arguments here. @internal */
export const withExtraArgsSupport: Because4 = /* @__PURE__ */ because4("withExtraArgsSupport");
