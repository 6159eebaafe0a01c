/** Names of jax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

const because0 = /* @__PURE__ */ absent("jax", "an older name of jacrev");
/** @deprecated Not in flaxen: an older name of jacrev. @internal */
export const jacobian: Absent<"an older name of jacrev"> = /* @__PURE__ */ because0("jacobian");

const because1 = /* @__PURE__ */ absent("jax", "jvp is made of two reverse passes and needs no rules of its own");
/** @deprecated Not in flaxen: jvp is made of two reverse passes and needs no rules of its own. @internal */
export const customJvp: Absent<"jvp is made of two reverse passes and needs no rules of its own"> =
  /* @__PURE__ */ because1("customJvp");

const because2 = /* @__PURE__ */ absent("jax", "another spelling of customVjp");
/** @deprecated Not in flaxen: another spelling of customVjp. @internal */
export const customGradient: Absent<"another spelling of customVjp"> = /* @__PURE__ */ because2("customGradient");

const because3 = /* @__PURE__ */ absent("jax", "vjp is linear in its cotangent");
/** @deprecated Not in flaxen: vjp is linear in its cotangent. @internal */
export const linearize: Absent<"vjp is linear in its cotangent"> = /* @__PURE__ */ because3("linearize");

const because4 = /* @__PURE__ */ absent("jax", "there is no tracer: code runs as it is written");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const makeJaxpr: Absent<"there is no tracer: code runs as it is written"> =
  /* @__PURE__ */ because4("makeJaxpr");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const namedScope: Absent<"there is no tracer: code runs as it is written"> =
  /* @__PURE__ */ because4("namedScope");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const pureCallback: Absent<"there is no tracer: code runs as it is written"> =
  /* @__PURE__ */ because4("pureCallback");

const because5 = /* @__PURE__ */ absent("jax", "arrays are there when the call returns");
/** @deprecated Not in flaxen: arrays are there when the call returns. @internal */
export const deviceGet: Absent<"arrays are there when the call returns"> = /* @__PURE__ */ because5("deviceGet");

const because6 = /* @__PURE__ */ absent("jax", "one device, no sharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const NamedSharding: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("NamedSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const P: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("P");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const defaultDevice: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("defaultDevice");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const deviceCount: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("deviceCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devicePut: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("devicePut");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devices: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("devices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const localDevices: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("localDevices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const makeMesh: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("makeMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const pmap: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("pmap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processCount: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("processCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processIndex: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("processIndex");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const setMesh: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("setMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const shardMap: Absent<"one device, no sharding"> = /* @__PURE__ */ because6("shardMap");
