/** Functions with the names and semantics of `jax.image`: `import { image } from "flaxen"`. */
export { resize } from "./resize.ts";
export { scaleAndTranslate } from "./scale.ts";
export type { ResizeMethod, ScaleMethod } from "./kernels.ts";
