export { heapBase } from "./layout";
export { matmulPanelsF32 } from "./matmul";
export { matvecF32, matvecPanelsF32, packPanelsF32 } from "./matvec";
export { normalF32, normalFromBitsF32 } from "./normal";
export { powF32 } from "./pow";
export { bits16, bits32, bits64, bits8, pairsOriginal, threefry2x32 } from "./threefry";
export { splitNormalFromBitsF32, unaryF32 } from "./unary";
export { uniformF32, uniformFromBitsF32 } from "./uniform";
