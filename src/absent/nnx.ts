/** Names of nnx that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"one device, no sharding">;
const because0 = /* @__PURE__ */ absent("nnx", "one device, no sharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const pmap: Because0 = /* @__PURE__ */ because0("pmap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const shardMap: Because0 = /* @__PURE__ */ because0("shardMap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const StateSharding: Because0 = /* @__PURE__ */ because0("StateSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const getNamedSharding: Because0 = /* @__PURE__ */ because0("getNamedSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const getPartitionSpec: Because0 = /* @__PURE__ */ because0("getPartitionSpec");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const logicalAxisRules: Because0 = /* @__PURE__ */ because0("logicalAxisRules");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const useEagerSharding: Because0 = /* @__PURE__ */ because0("useEagerSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const withPartitioning: Because0 = /* @__PURE__ */ because0("withPartitioning");

type Because1 = Absent<"there is no tracer: code runs as it is written">;
const because1 = /* @__PURE__ */ absent("nnx", "there is no tracer: code runs as it is written");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const makeJaxpr: Because1 = /* @__PURE__ */ because1("makeJaxpr");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const checkify: Because1 = /* @__PURE__ */ because1("checkify");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const jitPartial: Because1 = /* @__PURE__ */ because1("jitPartial");

type Because2 = Absent<"plumbing of Flax's own transforms">;
const because2 = /* @__PURE__ */ absent("nnx", "plumbing of Flax's own transforms");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const flatten: Because2 = /* @__PURE__ */ because2("flatten");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const unflatten: Because2 = /* @__PURE__ */ because2("unflatten");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const toTree: Because2 = /* @__PURE__ */ because2("toTree");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const fromTree: Because2 = /* @__PURE__ */ because2("fromTree");

type Because3 = Absent<"deprecated upstream">;
const because3 = /* @__PURE__ */ absent("nnx", "deprecated upstream");
/** @deprecated Not in flaxen: deprecated upstream. @internal */
export const pure: Because3 = /* @__PURE__ */ because3("pure");
/** @deprecated Not in flaxen: deprecated upstream. @internal */
export const withMetadata: Because3 = /* @__PURE__ */ because3("withMetadata");

type Because4 = Absent<"JAX's mutable references">;
const because4 = /* @__PURE__ */ absent("nnx", "JAX's mutable references");
/** @deprecated Not in flaxen: JAX's mutable references. @internal */
export const varDefaults: Because4 = /* @__PURE__ */ because4("varDefaults");
/** @deprecated Not in flaxen: JAX's mutable references. @internal */
export const withVars: Because4 = /* @__PURE__ */ because4("withVars");

type Because5 = Absent<"a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same">;
const because5 = /* @__PURE__ */ absent(
  "nnx",
  "a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same",
);
/**
 * @deprecated Not in flaxen: a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same.
 * @internal
 */
export const call: Because5 = /* @__PURE__ */ because5("call");

type Because6 = Absent<"a Module is the only tracked object">;
const because6 = /* @__PURE__ */ absent("nnx", "a Module is the only tracked object");
/** @deprecated Not in flaxen: a Module is the only tracked object. @internal */
const Object_: Because6 = /* @__PURE__ */ because6("Object");
export { Object_ as Object };
/** @deprecated Not in flaxen: a Module is the only tracked object. @internal */
export const Pytree: Because6 = /* @__PURE__ */ because6("Pytree");
