/** Names of lax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"one device: nothing to send or to gather">;
const because0 = /* @__PURE__ */ absent("lax", "one device: nothing to send or to gather");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const allGather: Because0 = /* @__PURE__ */ because0("allGather");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const axisIndex: Because0 = /* @__PURE__ */ because0("axisIndex");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmax: Because0 = /* @__PURE__ */ because0("pmax");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmean: Because0 = /* @__PURE__ */ because0("pmean");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const pmin: Because0 = /* @__PURE__ */ because0("pmin");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const ppermute: Because0 = /* @__PURE__ */ because0("ppermute");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const psum: Because0 = /* @__PURE__ */ because0("psum");
/** @deprecated Not in flaxen: one device: nothing to send or to gather. @internal */
export const withShardingConstraint: Because0 = /* @__PURE__ */ because0("withShardingConstraint");

type Because1 = Absent<"convGeneralDilated or nnx.ConvTranspose does it">;
const because1 = /* @__PURE__ */ absent("lax", "convGeneralDilated or nnx.ConvTranspose does it");
/** @deprecated Not in flaxen: convGeneralDilated or nnx.ConvTranspose does it. @internal */
export const convTranspose: Because1 = /* @__PURE__ */ because1("convTranspose");

type Because2 = Absent<"x.slice, x.at and jnp.take read and write">;
const because2 = /* @__PURE__ */ absent("lax", "x.slice, x.at and jnp.take read and write");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const gather: Because2 = /* @__PURE__ */ because2("gather");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatter: Because2 = /* @__PURE__ */ because2("scatter");
/** @deprecated Not in flaxen: x.slice, x.at and jnp.take read and write. @internal */
export const scatterAdd: Because2 = /* @__PURE__ */ because2("scatterAdd");

type Because3 = Absent<"numpy's functions of these names, or logicalAnd and its like, do it">;
const because3 = /* @__PURE__ */ absent("lax", "numpy's functions of these names, or logicalAnd and its like, do it");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const selectN: Because3 = /* @__PURE__ */ because3("selectN");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const sort: Because3 = /* @__PURE__ */ because3("sort");
/** @deprecated Not in flaxen: numpy's functions of these names, or logicalAnd and its like, do it. @internal */
export const split: Because3 = /* @__PURE__ */ because3("split");

type Because4 = Absent<"no kernel has it: special functions of few programs">;
const because4 = /* @__PURE__ */ absent("lax", "no kernel has it: special functions of few programs");
/** @deprecated Not in flaxen: no kernel has it: special functions of few programs. @internal */
export const lgamma: Because4 = /* @__PURE__ */ because4("lgamma");
