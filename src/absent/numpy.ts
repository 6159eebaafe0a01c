/** Names of numpy that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"roots and eigenvalues may be complex"> = /* @__PURE__ */ absent(
  "numpy",
  "roots and eigenvalues may be complex",
);
/** @deprecated Not in flaxen: roots and eigenvalues may be complex. @internal */
export const roots: ReturnType<typeof because0> = /* @__PURE__ */ because0("roots");

const because1: Because<"files, buffers and strings"> = /* @__PURE__ */ absent("numpy", "files, buffers and strings");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const frombuffer: ReturnType<typeof because1> = /* @__PURE__ */ because1("frombuffer");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const load: ReturnType<typeof because1> = /* @__PURE__ */ because1("load");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const save: ReturnType<typeof because1> = /* @__PURE__ */ because1("save");
/** @deprecated Not in flaxen: files, buffers and strings. @internal */
export const savez: ReturnType<typeof because1> = /* @__PURE__ */ because1("savez");
