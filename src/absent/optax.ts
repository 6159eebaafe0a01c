/** Names of optax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"second-order methods and line searches: they evaluate the loss several times a step"> =
  /* @__PURE__ */ absent(
    "optax",
    "second-order methods and line searches: they evaluate the loss several times a step",
  );
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const lbfgs: ReturnType<typeof because0> = /* @__PURE__ */ because0("lbfgs");
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const scaleByLbfgs: ReturnType<typeof because0> = /* @__PURE__ */ because0("scaleByLbfgs");
/**
 * @deprecated Not in flaxen: second-order methods and line searches: they evaluate the loss several times a step.
 * @internal
 */
export const valueAndGradFromState: ReturnType<typeof because0> = /* @__PURE__ */ because0("valueAndGradFromState");

const because1: Because<"noise and privacy"> = /* @__PURE__ */ absent("optax", "noise and privacy");
/** @deprecated Not in flaxen: noise and privacy. @internal */
export const noisySgd: ReturnType<typeof because1> = /* @__PURE__ */ because1("noisySgd");

const because2: Because<"optax.tree.map over the state does it"> = /* @__PURE__ */ absent(
  "optax",
  "optax.tree.map over the state does it",
);
/** @deprecated Not in flaxen: optax.tree.map over the state does it. @internal */
export const treeMapParams: ReturnType<typeof because2> = /* @__PURE__ */ because2("treeMapParams");

const because3: Because<"every transformation takes extra arguments here"> = /* @__PURE__ */ absent(
  "optax",
  "every transformation takes extra arguments here",
);
/** @deprecated Not in flaxen: every transformation takes extra arguments here. @internal */
export const withExtraArgsSupport: ReturnType<typeof because3> = /* @__PURE__ */ because3("withExtraArgsSupport");
