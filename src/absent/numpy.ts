/** Names of numpy that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"roots and eigenvalues may be complex">;
const because0 = /* @__PURE__ */ absent("numpy", "roots and eigenvalues may be complex");
/** @deprecated Not in flaxen: roots and eigenvalues may be complex. @internal */
export const roots: Because0 = /* @__PURE__ */ because0("roots");

type Because1 = Absent<"files, buffers and strings">;
const because1 = /* @__PURE__ */ absent("numpy", "files, buffers and strings");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const frombuffer: Because1 = /* @__PURE__ */ because1("frombuffer");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const load: Because1 = /* @__PURE__ */ because1("load");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const save: Because1 = /* @__PURE__ */ because1("save");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const savez: Because1 = /* @__PURE__ */ because1("savez");
