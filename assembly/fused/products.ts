/**
 * The kernels of matrix products, with one rounding for each multiply-add. Their sources are those of assembly/: the
 * build compiles them here with `fma` in the place of each product that is added to a sum (scripts/fuseproducts.ts).
 */
export { matmulPanelsF32 } from "../matmul";
export { matvecHalfF32 } from "../matmulhalf";
export { timesColumnF32 } from "../thinproducts";
export { matvecF32, matvecPanelsF32 } from "../matvec";
