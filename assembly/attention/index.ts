/**
 * The kernels of attention: a module of its own, which works on the memory of the other kernels. Its tables lie behind
 * theirs.
 */
export { outputsF32, overlayF32, packKeysF32, packValuesF32, scoresF32, weightsF32 } from "./attention";
export { setScratch } from "../sum";
