/** Functions with the names and semantics of `jax.lax`: `import { lax } from "flaxen"`. */
export { stopGradient } from "./autodiff/index.ts";
export { erf, erfInv, logistic, topK } from "./array/index.ts";
