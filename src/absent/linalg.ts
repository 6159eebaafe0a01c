/** Names of linalg that are not in flaxen, by `npm run surface` from scripts/surface/absentnames.ts. */
import type { Because } from "./absent.ts";
import { absent } from "./absent.ts";

const because0: Because<"eigenvalues and singular values: no kernel has them"> = /* @__PURE__ */ absent(
  "linalg",
  "eigenvalues and singular values: no kernel has them",
);
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eig: ReturnType<typeof because0> = /* @__PURE__ */ because0("eig");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eigh: ReturnType<typeof because0> = /* @__PURE__ */ because0("eigh");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const eigvalsh: ReturnType<typeof because0> = /* @__PURE__ */ because0("eigvalsh");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const lstsq: ReturnType<typeof because0> = /* @__PURE__ */ because0("lstsq");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const matrixRank: ReturnType<typeof because0> = /* @__PURE__ */ because0("matrixRank");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const pinv: ReturnType<typeof because0> = /* @__PURE__ */ because0("pinv");
/** @deprecated Not in flaxen: eigenvalues and singular values: no kernel has them. @internal */
export const svd: ReturnType<typeof because0> = /* @__PURE__ */ because0("svd");

const because1: Because<"linalg.norm does it"> = /* @__PURE__ */ absent("linalg", "linalg.norm does it");
/** @deprecated Not in flaxen: linalg.norm does it. @internal */
export const matrixNorm: ReturnType<typeof because1> = /* @__PURE__ */ because1("matrixNorm");
/** @deprecated Not in flaxen: linalg.norm does it. @internal */
export const vectorNorm: ReturnType<typeof because1> = /* @__PURE__ */ because1("vectorNorm");
