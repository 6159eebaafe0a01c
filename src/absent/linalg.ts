/** Names of linalg that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Absent } from "./absent.ts";
import { absent } from "./absent.ts";

type Because0 = Absent<"eigenvalues and singular values: no kernel has them">;
const because0 = /* @__PURE__ */ absent("linalg", "eigenvalues and singular values: no kernel has them");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eig: Because0 = /* @__PURE__ */ because0("eig");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eigh: Because0 = /* @__PURE__ */ because0("eigh");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eigvalsh: Because0 = /* @__PURE__ */ because0("eigvalsh");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const lstsq: Because0 = /* @__PURE__ */ because0("lstsq");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const matrixRank: Because0 = /* @__PURE__ */ because0("matrixRank");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const pinv: Because0 = /* @__PURE__ */ because0("pinv");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const svd: Because0 = /* @__PURE__ */ because0("svd");

type Because1 = Absent<"linalg.norm does it">;
const because1 = /* @__PURE__ */ absent("linalg", "linalg.norm does it");
/** @deprecated Not in flaxen: linalg.norm does it. @internal */
export const matrixNorm: Because1 = /* @__PURE__ */ because1("matrixNorm");
/** @deprecated Not in flaxen: linalg.norm does it. @internal */
export const vectorNorm: Because1 = /* @__PURE__ */ because1("vectorNorm");
