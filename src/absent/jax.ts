/** Names of jax that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"an older name of jacrev"> = /* @__PURE__ */ absent("jax", "an older name of jacrev");
/** @deprecated Not in flaxen: an older name of jacrev. @internal */
export const jacobian: ReturnType<typeof because0> = /* @__PURE__ */ because0("jacobian");

const because1: Because<"jvp is made of two reverse passes and needs no rules of its own"> = /* @__PURE__ */ absent(
  "jax",
  "jvp is made of two reverse passes and needs no rules of its own",
);
/** @deprecated Not in flaxen: jvp is made of two reverse passes and needs no rules of its own. @internal */
export const customJvp: ReturnType<typeof because1> = /* @__PURE__ */ because1("customJvp");

const because2: Because<"another spelling of customVjp"> = /* @__PURE__ */ absent(
  "jax",
  "another spelling of customVjp",
);
/** @deprecated Not in flaxen: another spelling of customVjp. @internal */
export const customGradient: ReturnType<typeof because2> = /* @__PURE__ */ because2("customGradient");

const because3: Because<"vjp is linear in its cotangent"> = /* @__PURE__ */ absent(
  "jax",
  "vjp is linear in its cotangent",
);
/** @deprecated Not in flaxen: vjp is linear in its cotangent. @internal */
export const linearize: ReturnType<typeof because3> = /* @__PURE__ */ because3("linearize");

const because4: Because<"there is no tracer: code runs as it is written"> = /* @__PURE__ */ absent(
  "jax",
  "there is no tracer: code runs as it is written",
);
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const makeJaxpr: ReturnType<typeof because4> = /* @__PURE__ */ because4("makeJaxpr");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const namedScope: ReturnType<typeof because4> = /* @__PURE__ */ because4("namedScope");
/** @deprecated Not in flaxen: there is no tracer: code runs as it is written. @internal */
export const pureCallback: ReturnType<typeof because4> = /* @__PURE__ */ because4("pureCallback");

const because5: Because<"arrays are there when the call returns"> = /* @__PURE__ */ absent(
  "jax",
  "arrays are there when the call returns",
);
/** @deprecated Not in flaxen: arrays are there when the call returns. @internal */
export const deviceGet: ReturnType<typeof because5> = /* @__PURE__ */ because5("deviceGet");

const because6: Because<"one device, no sharding"> = /* @__PURE__ */ absent("jax", "one device, no sharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const NamedSharding: ReturnType<typeof because6> = /* @__PURE__ */ because6("NamedSharding");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const P: ReturnType<typeof because6> = /* @__PURE__ */ because6("P");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const defaultDevice: ReturnType<typeof because6> = /* @__PURE__ */ because6("defaultDevice");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const deviceCount: ReturnType<typeof because6> = /* @__PURE__ */ because6("deviceCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devicePut: ReturnType<typeof because6> = /* @__PURE__ */ because6("devicePut");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const devices: ReturnType<typeof because6> = /* @__PURE__ */ because6("devices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const localDevices: ReturnType<typeof because6> = /* @__PURE__ */ because6("localDevices");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const makeMesh: ReturnType<typeof because6> = /* @__PURE__ */ because6("makeMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const pmap: ReturnType<typeof because6> = /* @__PURE__ */ because6("pmap");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processCount: ReturnType<typeof because6> = /* @__PURE__ */ because6("processCount");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const processIndex: ReturnType<typeof because6> = /* @__PURE__ */ because6("processIndex");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const setMesh: ReturnType<typeof because6> = /* @__PURE__ */ because6("setMesh");
/** @deprecated Not in flaxen: one device, no sharding. @internal */
export const shardMap: ReturnType<typeof because6> = /* @__PURE__ */ because6("shardMap");
