/** Names of lax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

const because0 = /* @__PURE__ */ absent("lax", "one device: nothing to send or to gather");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const allGather: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("allGather");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const axisIndex: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("axisIndex");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmax: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("pmax");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmean: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("pmean");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmin: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("pmin");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const ppermute: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("ppermute");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const psum: Absent<"one device: nothing to send or to gather"> = /* @__PURE__ */ because0("psum");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const withShardingConstraint: Absent<"one device: nothing to send or to gather"> =
  /* @__PURE__ */ because0("withShardingConstraint");

const because1 = /* @__PURE__ */ absent("lax", "convGeneralDilated or nnx.ConvTranspose does it");
/** @deprecated Not in flaxen: convGeneralDilated or nnx.ConvTranspose does it. @internal */
export const convTranspose: Absent<"convGeneralDilated or nnx.ConvTranspose does it"> =
  /* @__PURE__ */ because1("convTranspose");

const because2 = /* @__PURE__ */ absent("lax", "x.slice, x.at and jnp.take read and write");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const gather: Absent<"x.slice, x.at and jnp.take read and write"> = /* @__PURE__ */ because2("gather");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatter: Absent<"x.slice, x.at and jnp.take read and write"> = /* @__PURE__ */ because2("scatter");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatterAdd: Absent<"x.slice, x.at and jnp.take read and write"> = /* @__PURE__ */ because2("scatterAdd");

const because3 = /* @__PURE__ */ absent("lax", "numpy's functions of these names, or logicalAnd and its like, do it");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const selectN: Absent<"numpy's functions of these names, or logicalAnd and its like, do it"> =
  /* @__PURE__ */ because3("selectN");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const sort: Absent<"numpy's functions of these names, or logicalAnd and its like, do it"> =
  /* @__PURE__ */ because3("sort");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const split: Absent<"numpy's functions of these names, or logicalAnd and its like, do it"> =
  /* @__PURE__ */ because3("split");

const because4 = /* @__PURE__ */ absent("lax", "no kernel has it: special functions of few programs");
/** @deprecated Not in flaxen: no kernel has it: special functions of few programs. @internal */
export const lgamma: Absent<"no kernel has it: special functions of few programs"> = /* @__PURE__ */ because4("lgamma");
