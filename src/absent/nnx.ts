/** Names of nnx that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"one device, no sharding"> = /* @__PURE__ */ absent("nnx", "one device, no sharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const pmap: ReturnType<typeof because0> = /* @__PURE__ */ because0("pmap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const shardMap: ReturnType<typeof because0> = /* @__PURE__ */ because0("shardMap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const StateSharding: ReturnType<typeof because0> = /* @__PURE__ */ because0("StateSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const getNamedSharding: ReturnType<typeof because0> = /* @__PURE__ */ because0("getNamedSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const getPartitionSpec: ReturnType<typeof because0> = /* @__PURE__ */ because0("getPartitionSpec");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const logicalAxisRules: ReturnType<typeof because0> = /* @__PURE__ */ because0("logicalAxisRules");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const useEagerSharding: ReturnType<typeof because0> = /* @__PURE__ */ because0("useEagerSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const withPartitioning: ReturnType<typeof because0> = /* @__PURE__ */ because0("withPartitioning");

const because1: Because<"there is no tracer: code runs as it is written"> = /* @__PURE__ */ absent(
  "nnx",
  "there is no tracer: code runs as it is written",
);
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const makeJaxpr: ReturnType<typeof because1> = /* @__PURE__ */ because1("makeJaxpr");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const checkify: ReturnType<typeof because1> = /* @__PURE__ */ because1("checkify");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const jitPartial: ReturnType<typeof because1> = /* @__PURE__ */ because1("jitPartial");

const because2: Because<"plumbing of Flax's own transforms"> = /* @__PURE__ */ absent(
  "nnx",
  "plumbing of Flax's own transforms",
);
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const flatten: ReturnType<typeof because2> = /* @__PURE__ */ because2("flatten");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const unflatten: ReturnType<typeof because2> = /* @__PURE__ */ because2("unflatten");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const toTree: ReturnType<typeof because2> = /* @__PURE__ */ because2("toTree");
/** @deprecated Not in flaxen: plumbing of Flax's own transforms. @internal */
export const fromTree: ReturnType<typeof because2> = /* @__PURE__ */ because2("fromTree");

const because3: Because<"deprecated upstream"> = /* @__PURE__ */ absent("nnx", "deprecated upstream");
/** @deprecated Not in flaxen: deprecated upstream. @internal */
export const pure: ReturnType<typeof because3> = /* @__PURE__ */ because3("pure");
/** @deprecated Not in flaxen: deprecated upstream. @internal */
export const withMetadata: ReturnType<typeof because3> = /* @__PURE__ */ because3("withMetadata");

const because4: Because<"JAX's mutable references"> = /* @__PURE__ */ absent("nnx", "JAX's mutable references");
/** @deprecated Not in flaxen: JAX's mutable references. @internal */
export const varDefaults: ReturnType<typeof because4> = /* @__PURE__ */ because4("varDefaults");
/** @deprecated Not in flaxen: JAX's mutable references. @internal */
export const withVars: ReturnType<typeof because4> = /* @__PURE__ */ because4("withVars");

const because5: Because<"a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same"> =
  /* @__PURE__ */ absent("nnx", "a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same");
/**
 * @deprecated Not in flaxen: a proxy for pure functions under jit: nnx.merge, a call and nnx.split say the same.
 * @internal
 */
export const call: ReturnType<typeof because5> = /* @__PURE__ */ because5("call");

const because6: Because<"a Module is the only tracked object"> = /* @__PURE__ */ absent(
  "nnx",
  "a Module is the only tracked object",
);
/** @deprecated Not in flaxen: a Module is the only tracked object. @internal */
const Object_: ReturnType<typeof because6> = /* @__PURE__ */ because6("Object");
export { Object_ as Object };
/** @deprecated Not in flaxen: a Module is the only tracked object. @internal */
export const Pytree: ReturnType<typeof because6> = /* @__PURE__ */ because6("Pytree");
