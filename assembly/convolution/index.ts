/**
 * The kernels of convolutions and pooling: a module of its own, which works on the memory of the other kernels. It has
 * no tables and no scratch memory, for that memory belongs to them.
 */
export { convolveF32, packGroupsF32 } from "./convolve";
export { depthwiseF32 } from "./depthwise";
export { epilogueF32 } from "./epilogue";
export { poolF32 } from "./pool";
