/**
 * The kernels of products, with one rounding for each multiply-add. Their sources are those of assembly/: the build
 * compiles them here with `fma` in the place of each product that is added to a sum (scripts/fuseproducts.ts).
 */
export { attentionF32 } from "../attention/attention";
export { convolveF32 } from "../convolve";
export { depthwiseF32 } from "../depthwise";
export { matmulPanelsF32 } from "../matmul";
export { matvecF32, matvecPanelsF32 } from "../matvec";
