/** Names of jax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"an older name of jacrev">;
const because0 = /* @__PURE__ */ absent("jax", "an older name of jacrev");
/** @deprecated Not in flaxen: an older name of jacrev. @internal */
export const jacobian: Because0 = /* @__PURE__ */ because0("jacobian");

type Because1 = Absent<"jvp is made of two reverse passes and needs no rules of its own">;
const because1 = /* @__PURE__ */ absent("jax", "jvp is made of two reverse passes and needs no rules of its own");
/** @deprecated Not in flaxen: jvp is made of two reverse passes and needs no rules of its own. @internal */
export const customJvp: Because1 = /* @__PURE__ */ because1("customJvp");

type Because2 = Absent<"another spelling of customVjp">;
const because2 = /* @__PURE__ */ absent("jax", "another spelling of customVjp");
/** @deprecated Not in flaxen: another spelling of customVjp. @internal */
export const customGradient: Because2 = /* @__PURE__ */ because2("customGradient");

type Because3 = Absent<"vjp is linear in its cotangent">;
const because3 = /* @__PURE__ */ absent("jax", "vjp is linear in its cotangent");
/** @deprecated Not in flaxen: vjp is linear in its cotangent. @internal */
export const linearize: Because3 = /* @__PURE__ */ because3("linearize");

type Because4 = Absent<"there is no tracer: code runs as it is written">;
const because4 = /* @__PURE__ */ absent("jax", "there is no tracer: code runs as it is written");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const makeJaxpr: Because4 = /* @__PURE__ */ because4("makeJaxpr");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const namedScope: Because4 = /* @__PURE__ */ because4("namedScope");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const pureCallback: Because4 = /* @__PURE__ */ because4("pureCallback");

type Because5 = Absent<"arrays are there when the call returns">;
const because5 = /* @__PURE__ */ absent("jax", "arrays are there when the call returns");
/** @deprecated Not in flaxen: arrays are there when the call returns. @internal */
export const deviceGet: Because5 = /* @__PURE__ */ because5("deviceGet");

type Because6 = Absent<"one device, no sharding">;
const because6 = /* @__PURE__ */ absent("jax", "one device, no sharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const NamedSharding: Because6 = /* @__PURE__ */ because6("NamedSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const P: Because6 = /* @__PURE__ */ because6("P");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const defaultDevice: Because6 = /* @__PURE__ */ because6("defaultDevice");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const deviceCount: Because6 = /* @__PURE__ */ because6("deviceCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devicePut: Because6 = /* @__PURE__ */ because6("devicePut");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devices: Because6 = /* @__PURE__ */ because6("devices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const localDevices: Because6 = /* @__PURE__ */ because6("localDevices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const makeMesh: Because6 = /* @__PURE__ */ because6("makeMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const pmap: Because6 = /* @__PURE__ */ because6("pmap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processCount: Because6 = /* @__PURE__ */ because6("processCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processIndex: Because6 = /* @__PURE__ */ because6("processIndex");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const setMesh: Because6 = /* @__PURE__ */ because6("setMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const shardMap: Because6 = /* @__PURE__ */ because6("shardMap");
