/** Names of optax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

const because0 = /* @__PURE__ */ absent(
  "optax",
  "second-order methods and line searches: they evaluate the loss several times a step",
);
/** @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step. @internal */
export const lbfgs: Absent<"second-order methods and line searches: they evaluate the loss several times a step"> =
  /* @__PURE__ */ because0("lbfgs");
/** @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step. @internal */
export const scaleByLbfgs: Absent<"second-order methods and line searches: they evaluate the loss several times a step"> =
  /* @__PURE__ */ because0("scaleByLbfgs");
/** @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step. @internal */
export const valueAndGradFromState: Absent<"second-order methods and line searches: they evaluate the loss several times a step"> =
  /* @__PURE__ */ because0("valueAndGradFromState");

const because1 = /* @__PURE__ */ absent("optax", "noise and privacy");
/** @deprecated Not in flaxen: noise and privacy. @internal */
export const noisySgd: Absent<"noise and privacy"> = /* @__PURE__ */ because1("noisySgd");

const because2 = /* @__PURE__ */ absent("optax", "optimizers that few programs use");
/** @deprecated Not in flaxen: optimizers that few programs use. @internal */
export const lookahead: Absent<"optimizers that few programs use"> = /* @__PURE__ */ because2("lookahead");

const because3 = /* @__PURE__ */ absent("optax", "optax.tree.map over the state does it");
/** @deprecated Not in flaxen: optax.tree.map over the state does it. @internal */
export const treeMapParams: Absent<"optax.tree.map over the state does it"> = /* @__PURE__ */ because3("treeMapParams");

const because4 = /* @__PURE__ */ absent("optax", "every transformation takes extra arguments here");
/** @deprecated Not in flaxen: every transformation takes extra arguments here. @internal */
export const withExtraArgsSupport: Absent<"every transformation takes extra arguments here"> =
  /* @__PURE__ */ because4("withExtraArgsSupport");
