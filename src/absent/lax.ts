/** Names of lax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"one device: nothing to send or to gather"> = /* @__PURE__ */ absent(
  "lax",
  "one device: nothing to send or to gather",
);
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const allGather: ReturnType<typeof because0> = /* @__PURE__ */ because0("allGather");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const axisIndex: ReturnType<typeof because0> = /* @__PURE__ */ because0("axisIndex");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmax: ReturnType<typeof because0> = /* @__PURE__ */ because0("pmax");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmean: ReturnType<typeof because0> = /* @__PURE__ */ because0("pmean");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmin: ReturnType<typeof because0> = /* @__PURE__ */ because0("pmin");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const ppermute: ReturnType<typeof because0> = /* @__PURE__ */ because0("ppermute");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const psum: ReturnType<typeof because0> = /* @__PURE__ */ because0("psum");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const withShardingConstraint: ReturnType<typeof because0> = /* @__PURE__ */ because0("withShardingConstraint");

const because1: Because<"convGeneralDilated or nnx.ConvTranspose does it"> = /* @__PURE__ */ absent(
  "lax",
  "convGeneralDilated or nnx.ConvTranspose does it",
);
/** @deprecated Not in flaxen: convGeneralDilated or nnx.ConvTranspose does it. @internal */
export const convTranspose: ReturnType<typeof because1> = /* @__PURE__ */ because1("convTranspose");

const because2: Because<"x.slice, x.at and jnp.take read and write"> = /* @__PURE__ */ absent(
  "lax",
  "x.slice, x.at and jnp.take read and write",
);
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const gather: ReturnType<typeof because2> = /* @__PURE__ */ because2("gather");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatter: ReturnType<typeof because2> = /* @__PURE__ */ because2("scatter");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatterAdd: ReturnType<typeof because2> = /* @__PURE__ */ because2("scatterAdd");

const because3: Because<"numpy's functions of these names, or logicalAnd and its like, do it"> = /* @__PURE__ */ absent(
  "lax",
  "numpy's functions of these names, or logicalAnd and its like, do it",
);
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const selectN: ReturnType<typeof because3> = /* @__PURE__ */ because3("selectN");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const sort: ReturnType<typeof because3> = /* @__PURE__ */ because3("sort");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const split: ReturnType<typeof because3> = /* @__PURE__ */ because3("split");

const because4: Because<"no kernel has it: special functions of few programs"> = /* @__PURE__ */ absent(
  "lax",
  "no kernel has it: special functions of few programs",
);
/** @deprecated Not in flaxen: no kernel has it: special functions of few programs. @internal */
export const lgamma: ReturnType<typeof because4> = /* @__PURE__ */ because4("lgamma");
